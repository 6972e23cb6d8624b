/** Starts a server of others on a free port of the loopback interface, and fills it through its own admin API. */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { COMMANDS } from './servers-installed.mjs';
import { startKept } from './servers-kept.mjs';

const START_LIMIT_MS = 90_000;
const HOST = '127.0.0.1';
/** A name that pools of both kinds take. */
export const USERNAME = 'alice@example.com';
export const PASSWORD = 'Correct-Horse-9';

/** What each server takes to listen on one port of the loopback interface, and to write into one folder. */
const SETTINGS = {
  moto: ({ port }) => ({ args: ['-H', HOST, '-p', String(port)] }),
  ministack: ({ port, folder }) => ({
    env: {
      BIND_HOST: HOST,
      GATEWAY_PORT: String(port),
      SERVICES: 'cognito-idp',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      TMPDIR: folder,
      // It would listen on other ports too
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
    },
  }),
  'cognito-local': ({ port }) => ({ env: { HOST, PORT: String(port) } }),
};

/** cognito-local names itself as the issuer of its tokens. */
const ISSUERS = { 'cognito-local': (endpoint, userPoolId) => `${endpoint}/${userPoolId}` };

/**
 * Starts a server and makes its user pools.
 *
 * @param {string} name `moto`, …
 * @param {string} parent a folder for what the server and the tests write
 * @param {(stop: () => Promise<void>) => void} onStarted is given the function that ends the server
 * @throws Error if the server does not start, or refuses what AWS takes
 */
export async function startServer(name, parent, onStarted) {
  const folder = join(parent, name);
  mkdirSync(folder);
  const port = await findFreePort();
  const endpoint = `http://${HOST}:${port}`;
  const { args = [], env } = SETTINGS[name]({ port, folder });
  const server = startKept([...COMMANDS[name], ...args], { cwd: folder, env });
  onStarted(server.stop);
  await waitUntilItAnswers(server, endpoint);
  return { name, folder, ...(await createPools(name, endpoint)) };
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function waitUntilItAnswers(server, endpoint) {
  const end = Date.now() + START_LIMIT_MS;
  while (!(await isAnswering(endpoint))) {
    if (server.hasEnded()) throw new Error(`has ended:\n${server.lastLines()}`);
    if (Date.now() > end) throw new Error(`has not answered within ${START_LIMIT_MS / 1000} s`);
    await sleep(200);
  }
}

const isAnswering = (endpoint) =>
  fetch(endpoint, { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );

/** Makes one pool whose users sign in with their e-mail address, and one whose users have names. */
async function createPools(name, endpoint) {
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const byEmail = await createPool(sdk, endpoint, { UsernameAttributes: ['email'] });
  const byName = await createPool(sdk, endpoint, {});
  let added = 0;
  return {
    ...byEmail,
    byName,
    issuer: ISSUERS[name]?.(endpoint, byEmail.web.userPoolId),
    /** Adds a user who has to choose a new password. @returns the user's e-mail address */
    addTemporaryUser: () => {
      added += 1;
      return addUser(sdk, byEmail.web.userPoolId, `temporary-${added}@example.com`);
    },
  };
}

/** Makes a pool with an app client, one with a secret, and a user with a password that lasts. */
async function createPool(sdk, endpoint, settings) {
  const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: 'servers', ...settings }));
  const UserPoolId = UserPool.Id;
  const ExplicitAuthFlows = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'].map(
    (flow) => `ALLOW_${flow}`,
  );
  const createClient = async (ClientName, GenerateSecret) => {
    const input = { UserPoolId, ClientName, GenerateSecret, ExplicitAuthFlows };
    const { UserPoolClient } = await sdk.send(new CreateUserPoolClientCommand(input));
    const { ClientId: clientId, ClientSecret: clientSecret } = UserPoolClient;
    return { userPoolId: UserPoolId, clientId, endpoint, ...(GenerateSecret && { clientSecret }) };
  };
  const clients = { web: await createClient('web', false), withSecret: await createClient('server', true) };
  const Username = await addUser(sdk, UserPoolId, USERNAME);
  await sdk.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
  );
  return clients;
}

/** Adds a user with a temporary password. @returns the user's name */
async function addUser(sdk, UserPoolId, Username) {
  const UserAttributes = [
    { Name: 'email', Value: Username },
    { Name: 'email_verified', Value: 'true' },
  ];
  const input = { UserPoolId, Username, UserAttributes, TemporaryPassword: PASSWORD };
  await sdk.send(new AdminCreateUserCommand({ ...input, MessageAction: 'SUPPRESS' }));
  return Username;
}
