/** GET /confirmUser: the link of an e-mail confirms its user. */
import { createHmac } from 'node:crypto';
import { createUserPool, type LogEntry, type UserPoolOptions } from '../../src/index.ts';

/** A user name may have characters that a URL has to escape. */
const NAME = 'alice&bob';
const PASSWORD = 'Correct-Horse-9';
const ORIGIN = 'http://localhost:9229';

/** A user has signed up, and has the link. */
async function signUp(options: UserPoolOptions = {}, input: object = {}) {
  const entries: LogEntry[] = [];
  const pool = createUserPool({
    clients: [{ clientId: 'web' }],
    userPool: { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } },
    log: (entry) => entries.push(entry),
    ...options,
  });
  await pool.fetch(`${ORIGIN}/`, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' },
    body: JSON.stringify({
      ClientId: 'web',
      Username: NAME,
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'alice@example.com' }],
      ...input,
    }),
  });
  const [message] = pool.outbox;
  const [, link = ''] = /href="([^"]+)"/.exec(message?.body ?? '') ?? [];
  const visit = async (url: string) => {
    const response = await pool.fetch(url);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { pool, entries, link, code: message?.code ?? '', visit };
}

test('confirms the user and verifies the address, once', async () => {
  const { pool, link, visit, entries, code } = await signUp();
  const { status, headers, text } = await visit(link);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain('Your account is confirmed.');
  expect(pool.users.find(NAME)).toMatchObject({
    status: 'CONFIRMED',
    attributes: { email_verified: 'true' },
  });
  const again = await visit(link);
  expect(again.status).toBe(400);
  expect(again.text).toContain('User cannot be confirmed. Current status is CONFIRMED');
  const visits = entries.slice(1);
  expect(visits.map(({ operation, error }) => [operation, error])).toEqual([
    ['GET /confirmUser', undefined],
    ['GET /confirmUser', 'NotAuthorizedException'],
  ]);
  expect(JSON.stringify(visits)).not.toContain(code);
});

test('refuses another code, and a client that no pool has', async () => {
  const { pool, link, visit } = await signUp();
  const changed = (name: string, value: string) => {
    const url = new URL(link);
    url.searchParams.set(name, value);
    return visit(url.href);
  };
  const wrongCode = await changed('confirmation_code', '000000x');
  expect(wrongCode.status).toBe(400);
  expect(wrongCode.text).toContain('<h1>Not confirmed</h1>');
  const wrongClient = await changed('client_id', '<script>');
  expect(wrongClient.status).toBe(400);
  expect(wrongClient.text).not.toContain('<script>');
  expect((await visit(`${ORIGIN}/confirmUser`)).status).toBe(400);
  expect(pool.users.find(NAME)?.status).toBe('UNCONFIRMED');
});

test('asks for no SECRET_HASH of a client that has a secret', async () => {
  const clientSecret = 'a secret that no link has';
  const SecretHash = createHmac('sha256', clientSecret).update(`${NAME}web`).digest('base64');
  const { pool, link, visit } = await signUp(
    { clients: [{ clientId: 'web', clientSecret }] },
    { SecretHash },
  );
  expect((await visit(link)).status).toBe(200);
  expect(pool.users.find(NAME)?.status).toBe('CONFIRMED');
});

test('what a trigger refuses with cannot become markup', async () => {
  const { link, visit } = await signUp({
    triggers: {
      postConfirmation: () => {
        throw new Error('<b>Only for staff</b>');
      },
    },
  });
  const { status, text } = await visit(link);
  expect(status).toBe(400);
  expect(text).toContain('PostConfirmation failed with error &lt;b&gt;Only for staff&lt;/b&gt;.');
});
