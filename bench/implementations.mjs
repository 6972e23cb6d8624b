/**
 * The implementations that are compared. Each runs its own code for the `cryptography` of one sign-in, for a whole `signIn`
 * over a fetch that answers at once, and for one `device` verifier. Functions that a peer does not export are read from
 * its files.
 *
 * Each also says how it is imported (`specifier`, and a function that is `exported`), makes what it has at hand before a
 * device is confirmed (`beforeDevice`), and names its known error (`keepsZeroByte`, see exchange.mjs).
 */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { POOL_NAME, USER_POOL_ID } from './exchange.mjs';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const CLIENT_ID = '4h57kpqgh2sd8example';

const parametersOf = ({ SALT, SRP_B, SECRET_BLOCK, username }) => ({
  SALT,
  SRP_B,
  SECRET_BLOCK,
  USER_ID_FOR_SRP: username,
  USERNAME: username,
});
const base64 = (text) => Buffer.from(text, 'base64');
const promised = (call) =>
  new Promise((done, fail) => call((error, value) => (error ? fail(error) : done(value))));

/** @param file the entry of a build of this engine */
export async function engine(name, file, specifier) {
  const srp = await import(pathToFileURL(resolve(root, file)));
  return {
    name,
    specifier,
    exported: 'signIn',
    async cryptography(exchange) {
      const ephemeral = srp.generateEphemeral();
      const responses = srp.passwordVerifierResponses(ephemeral, parametersOf(exchange), {
        userPoolId: USER_POOL_ID,
        password: exchange.password,
        now: Date.now(),
      });
      return { ...responses, SRP_A: ephemeral.SRP_A };
    },
    async signIn({ username, password }, fetch) {
      const pool = { userPoolId: USER_POOL_ID, clientId: CLIENT_ID };
      const step = await srp.signIn(pool, { username, password }, { fetch });
      return step.tokens.accessToken;
    },
    async device(device) {
      const { password, DeviceSecretVerifierConfig: config } = srp.generateDeviceVerifier(device);
      return { password, salt: base64(config.Salt), verifier: base64(config.PasswordVerifier) };
    },
  };
}

/** amazon-cognito-identity-js, with its own storage in memory. */
function identityJs() {
  const { CognitoUser, CognitoUserPool, AuthenticationDetails } = require('amazon-cognito-identity-js');
  const Helper = require('amazon-cognito-identity-js/lib/AuthenticationHelper.js').default;
  const Integer = require('amazon-cognito-identity-js/lib/BigInteger.js').default;
  const DateHelper = require('amazon-cognito-identity-js/lib/DateHelper.js').default;
  const pool = new CognitoUserPool({ UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID });
  return {
    name: 'amazon-cognito-identity-js',
    specifier: 'amazon-cognito-identity-js',
    exported: 'CognitoUser',
    async cryptography({ username, password, SALT, SRP_B, SECRET_BLOCK }) {
      const helper = new Helper(POOL_NAME);
      const A = await promised((done) => helper.getLargeAValue(done));
      const key = await promised((done) =>
        helper.getPasswordAuthenticationKey(
          username,
          password,
          new Integer(SRP_B, 16),
          new Integer(SALT, 16),
          done,
        ),
      );
      const TIMESTAMP = new DateHelper().getNowString();
      return {
        SRP_A: A.toString(16),
        TIMESTAMP,
        PASSWORD_CLAIM_SIGNATURE: createHmac('sha256', key)
          .update(POOL_NAME + username)
          .update(base64(SECRET_BLOCK))
          .update(TIMESTAMP)
          .digest('base64'),
      };
    },
    signIn: ({ username, password }, fetch) =>
      withFetch(fetch, () =>
        promised((done) =>
          new CognitoUser({ Username: username, Pool: pool }).authenticateUser(
            new AuthenticationDetails({ Username: username, Password: password }),
            { onSuccess: (session) => done(null, session.getAccessToken().getJwtToken()), onFailure: done },
          ),
        ),
      ),
    /** The library uses the object of the sign-in, which already has its A. */
    beforeDevice: () => new Helper(POOL_NAME),
    async device({ groupKey, key }, helper) {
      await promised((done) => helper.generateHashDevice(groupKey, key, done));
      return {
        password: helper.getRandomPassword(),
        salt: Buffer.from(helper.getSaltDevices(), 'hex'),
        verifier: Buffer.from(helper.getVerifierDevices(), 'hex'),
      };
    },
  };
}

async function amplify() {
  const folder = 'node_modules/@aws-amplify/auth/dist/esm/providers/cognito/utils/srp';
  const file = (name) => pathToFileURL(join(root, folder, name));
  const { getAuthenticationHelper } = await import(file('getAuthenticationHelper.mjs'));
  const { getSignatureString } = await import(file('getSignatureString.mjs'));
  const { getNowString } = await import(file('getNowString.mjs'));
  const { default: Integer } = await import(file('BigInteger/BigInteger.mjs'));
  const { Amplify } = await import('aws-amplify');
  const { fetchAuthSession, signIn } = await import('aws-amplify/auth');
  const { cognitoUserPoolsTokenProvider } = await import('aws-amplify/auth/cognito');
  const kept = new Map();
  Amplify.configure({ Auth: { Cognito: { userPoolId: USER_POOL_ID, userPoolClientId: CLIENT_ID } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void kept.set(key, value),
    getItem: async (key) => kept.get(key) ?? null,
    removeItem: async (key) => void kept.delete(key),
    clear: async () => kept.clear(),
  });
  return {
    name: 'aws-amplify',
    specifier: 'aws-amplify/auth',
    exported: 'signIn',
    async cryptography({ username, password, SALT, SRP_B, SECRET_BLOCK }) {
      const helper = await getAuthenticationHelper(POOL_NAME);
      const hkdf = await helper.getPasswordAuthenticationKey({
        username,
        password,
        serverBValue: new Integer(SRP_B, 16),
        salt: new Integer(SALT, 16),
      });
      const dateNow = getNowString();
      const challengeParameters = { SECRET_BLOCK };
      return {
        SRP_A: helper.A.toString(16),
        TIMESTAMP: dateNow,
        PASSWORD_CLAIM_SIGNATURE: getSignatureString({
          userPoolName: POOL_NAME,
          username,
          challengeParameters,
          dateNow,
          hkdf,
        }),
      };
    },
    signIn: ({ username, password }, fetch) =>
      withFetch(fetch, async () => {
        kept.clear();
        await signIn({ username, password });
        return (await fetchAuthSession()).tokens.accessToken.toString();
      }),
    async device({ groupKey, key }) {
      // Amplify makes a new object with an A for each device, although a verifier does not need A
      const helper = await getAuthenticationHelper(groupKey);
      await helper.generateHashDevice(groupKey, key);
      return {
        password: helper.getRandomPassword(),
        salt: Buffer.from(helper.getSaltToHashDevices(), 'hex'),
        verifier: Buffer.from(helper.getVerifierDevices(), 'hex'),
      };
    },
  };
}

function srpHelper() {
  const helper = require('cognito-srp-helper');
  const start = ({ username, password }) => helper.createSrpSession(username, password, USER_POOL_ID, false);
  return {
    name: 'cognito-srp-helper',
    specifier: 'cognito-srp-helper',
    exported: 'createSrpSession',
    async cryptography(exchange) {
      const session = start(exchange);
      const signed = helper.signSrpSession(session, { ChallengeParameters: parametersOf(exchange) });
      return {
        SRP_A: session.largeA,
        TIMESTAMP: signed.timestamp,
        PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
      };
    },
    /** The package does not send requests, so these two are the caller's. */
    async signIn(exchange, fetch) {
      const send = async (body) =>
        (await fetch('https://localhost/', { method: 'POST', body: JSON.stringify(body) })).json();
      const session = start(exchange);
      const { username: USERNAME } = exchange;
      const first = await send(
        helper.wrapInitiateAuth(session, {
          ClientId: CLIENT_ID,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME },
        }),
      );
      const signed = helper.signSrpSession(session, first);
      const answer = helper.wrapAuthChallenge(signed, {
        ClientId: CLIENT_ID,
        ChallengeName: 'PASSWORD_VERIFIER',
        Session: first.Session,
        ChallengeResponses: { USERNAME },
      });
      return (await send(answer)).AuthenticationResult.AccessToken;
    },
    async device({ key, groupKey }) {
      const { DeviceSecretVerifierConfig: config, DeviceRandomPassword } = helper.createDeviceVerifier(
        key,
        groupKey,
      );
      return {
        password: DeviceRandomPassword,
        salt: base64(config.Salt),
        verifier: base64(config.PasswordVerifier),
      };
    },
  };
}

async function passwordless(folder) {
  const client = 'node_modules/amazon-cognito-passwordless-auth/dist/client';
  const file = join(root, client, 'srp.js');
  // Its cryptography is not exported. Everything is one bundle, so that there is one configuration
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `${readFileSync(file, 'utf8')}
        export { configure, generateSmallA, calculateLargeAHex, calculateSrpSignature };`,
      resolveDir: join(root, client),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  writeFileSync(join(folder, 'passwordless.mjs'), outputFiles[0].text);
  const srp = await import(pathToFileURL(join(folder, 'passwordless.mjs')));
  const settings = { userPoolId: USER_POOL_ID, clientId: CLIENT_ID, cognitoIdpEndpoint: 'eu-west-1' };
  srp.configure(settings);
  return {
    name: 'amazon-cognito-passwordless-auth',
    specifier: 'amazon-cognito-passwordless-auth/srp',
    exported: 'authenticateWithSRP',
    keepsZeroByte: true,
    async cryptography({ username, password, SALT, SRP_B, SECRET_BLOCK }) {
      const smallA = srp.generateSmallA();
      const largeAHex = await srp.calculateLargeAHex(smallA);
      const { timestamp, passwordClaimSignature } = await srp.calculateSrpSignature({
        smallA,
        largeAHex,
        srpBHex: SRP_B,
        salt: SALT,
        userPoolId: USER_POOL_ID,
        username,
        password,
        secretBlock: SECRET_BLOCK,
      });
      return {
        SRP_A: largeAHex,
        TIMESTAMP: timestamp,
        PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature,
      };
    },
    async signIn({ username, password }, fetch) {
      srp.configure({ ...settings, fetch });
      const { signedIn } = srp.authenticateWithSRP({ username, password, tokensCb: async () => {} });
      return (await signedIn).accessToken;
    },
  };
}

async function withFetch(fetch, run) {
  const { fetch: original } = globalThis;
  globalThis.fetch = fetch;
  try {
    return await run();
  } finally {
    globalThis.fetch = original;
  }
}

export const ENGINE = 'this engine';

/** The implementations by name. Each is loaded when its function is called. `folder` takes the files of this run. */
export const IMPLEMENTATIONS = {
  [ENGINE]: () => engine(ENGINE, 'dist/esm/index.js', 'cognito-srp-engine'),
  'this engine, portable (jsbn)': () =>
    engine('this engine, portable (jsbn)', 'dist/esm/portable.js', 'cognito-srp-engine/portable'),
  'amazon-cognito-identity-js': identityJs,
  'aws-amplify': amplify,
  'cognito-srp-helper': srpHelper,
  'amazon-cognito-passwordless-auth': passwordless,
};

export async function withFolder(run) {
  const folder = mkdtempSync(join(root, 'node_modules', '.cognito-srp-bench-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
