/** Stands for the server of your application: it verifies the access token, and says whose it is. */
import { createTokenVerifier, type TokenVerifier } from 'cognito-srp-engine/verify';
import type { Connect, Plugin } from 'vite';

export function api(): Plugin {
  let verifier: TokenVerifier;
  const answer: Connect.NextHandleFunction = async (request, response) => {
    try {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const { username } = await verifier.verify(token, 'access');
      response.end(`The server has verified the token of ${username}.`);
    } catch {
      response.writeHead(401).end('The token was not accepted.');
    }
  };
  const serve = ({ middlewares }: { middlewares: Connect.Server }): void => {
    middlewares.use('/api/me', answer);
  };
  return {
    name: 'api',
    configResolved: ({ env }) => {
      const { VITE_USER_POOL_ID: userPoolId, VITE_CLIENT_ID: clientId, VITE_ENDPOINT: endpoint } = env;
      verifier = createTokenVerifier({ userPoolId, clientId, endpoint });
    },
    configureServer: serve,
    configurePreviewServer: serve,
  };
}
