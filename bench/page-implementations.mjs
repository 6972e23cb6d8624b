/** The implementations as a page loads them: each a bundle, as an application's bundler makes it, whose `signIn` signs in once. */
import { resolve } from 'node:path';
import esbuild from 'esbuild';
import { USER_POOL_ID } from './exchange.mjs';

const root = resolve(import.meta.dirname, '..');
const POOL = JSON.stringify({ userPoolId: USER_POOL_ID, clientId: '4h57kpqgh2sd8example' });

/** Each is a module that exports `signIn({ username, password })`. The global `fetch` answers its requests. */
const SOURCES = {
  'this engine': `
    import { signIn as begin } from './src/index.ts';
    export const signIn = (user) => begin(${POOL}, user);`,
  'amazon-cognito-identity-js': `
    import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
    const { userPoolId: UserPoolId, clientId: ClientId } = ${POOL};
    export const signIn = ({ username: Username, password: Password }) => new Promise((onSuccess, onFailure) =>
      new CognitoUser({ Username, Pool: new CognitoUserPool({ UserPoolId, ClientId }) }).authenticateUser(
        new AuthenticationDetails({ Username, Password }), { onSuccess, onFailure }));`,
  'aws-amplify': `
    import { Amplify } from 'aws-amplify';
    import { signIn as begin } from 'aws-amplify/auth';
    const { userPoolId, clientId: userPoolClientId } = ${POOL};
    Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId } } });
    export const signIn = (user) => begin(user);`,
  'amazon-cognito-passwordless-auth': `
    import { Passwordless } from 'amazon-cognito-passwordless-auth';
    import { authenticateWithSRP } from 'amazon-cognito-passwordless-auth/srp';
    Passwordless.configure({ ...${POOL}, cognitoIdpEndpoint: 'eu-west-1' });
    export const signIn = (user) => authenticateWithSRP({ ...user, tokensCb: async () => {} }).signedIn;`,
};

/** The known error of this one: see exchange.mjs. */
export const KEEPS_ZERO_BYTE = 'amazon-cognito-passwordless-auth';

/** @returns name → minified ES module */
export async function pageBundles() {
  const bundles = Object.entries(SOURCES).map(async ([name, contents]) => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      minify: true,
      define: { global: 'globalThis' },
      logLevel: 'error',
    });
    return [name, outputFiles[0].text];
  });
  return Object.fromEntries(await Promise.all(bundles));
}
