/** Prepares every test file. Connections are refused, except to loopback, so that no test reaches a network. */
import net from 'node:net';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
  const [first] = args.flat() as [unknown];
  const { host, path } = (typeof first === 'object' ? first : { host: args[1] }) as {
    host?: string;
    path?: string;
  };
  if (path === undefined && host !== undefined && !LOOPBACK.test(host)) {
    throw new Error(`This test tried to reach ${host}; only loopback is allowed`);
  }
  return Reflect.apply(connect, this, args) as net.Socket;
};

/**
 * A pool makes two RSA keys when it first issues tokens, which takes about 0.3 s and was most of the suite's time. Here
 * every worker makes the two keys once. Each pool still has key ids of its own.
 */
const { subtle } = globalThis.crypto;
// All test files of a worker share this object, so the first file puts the keys there
if (!Object.hasOwn(subtle, 'generateKey')) {
  const generateKey = subtle.generateKey.bind(subtle) as (...args: unknown[]) => Promise<unknown>;
  const pairs: Promise<unknown>[] = [];
  let turn = 0;
  Object.defineProperty(subtle, 'generateKey', {
    value: (algorithm: { name?: string }, ...rest: unknown[]) => {
      if (algorithm.name !== 'RSASSA-PKCS1-v1_5') return generateKey(algorithm, ...rest);
      turn += 1;
      pairs[turn % 2] ??= generateKey(algorithm, ...rest);
      return pairs[turn % 2];
    },
  });
}

/** The AWS SDK warns about Node 20 in each process, and this variable is its own way to turn that off. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
