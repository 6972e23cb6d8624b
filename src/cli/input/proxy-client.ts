/** The part of undici that knows proxies. The build makes a file of its own of it, which is read only if there is a proxy. */
export { Agent, fetch, ProxyAgent } from 'undici';
