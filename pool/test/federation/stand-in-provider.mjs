/**
 * The stand-in identity provider: oidc-provider on a free port of loopback, in a thread of its own. Its page asks whom to sign in as.
 * `workerData` has the redirect URIs; messages replace the claims of its accounts.
 */
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const { redirectUris, clientId, clientSecret } = workerData;
let accounts = workerData.accounts;

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: 'stand-in', use: 'sig', alg: 'RS256' };

const server = createServer((request, response) => answer(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: redirectUris,
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ['only for tests'] },
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'given_name', 'locale', 'groups', 'tier'],
  },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, sub) =>
    accounts[sub] && { accountId: sub, claims: () => ({ sub, ...accounts[sub] }) },
  // Nobody is asked for a consent
  loadExistingGrant: async ({ oidc }) => {
    const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});
const callback = provider.callback();

async function answer(request, response) {
  const { pathname } = new URL(request.url, issuer);
  if (!/^\/interaction\/[^/]+$/.test(pathname)) return callback(request, response);
  const { params } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    const names = Object.keys(accounts).map(
      (sub) => `<button name="account" value="${sub}">Continue as ${sub}</button>`,
    );
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Stand-in provider</title><h1>Sign in</h1><p>${params.login_hint ?? ''}</p>` +
        `<form method="post">${names.join('')}<button name="account" value="">Cancel</button></form></html>`,
    );
    return undefined;
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const accountId = new URLSearchParams(Buffer.concat(chunks).toString()).get('account');
  const result = accountId
    ? { login: { accountId } }
    : { error: 'access_denied', error_description: 'The user has cancelled' };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

parentPort.on('message', (replaced) => {
  accounts = replaced;
  parentPort.postMessage('replaced');
});
parentPort.postMessage(issuer);
