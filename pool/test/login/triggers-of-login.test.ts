/** The triggers of a sign-in through the page: at the sign-in, and at the exchange of the code. */
import { codeIn, createWorld, PASSWORD } from './page.ts';

const USER = { USERNAME: 'alice', PASSWORD };

test('PostAuthentication runs at the sign-in, and PreTokenGeneration when the code is exchanged', async () => {
  const seen: string[] = [];
  const note = <Event extends { readonly triggerSource: string }>(event: Event): Event => {
    seen.push(event.triggerSource);
    return event;
  };
  const { open, exchange } = createWorld({
    triggers: { preAuthentication: note, postAuthentication: note, preTokenGeneration: note },
  });
  const page = await open();
  const { Session } = await page.signIn();
  expect(seen).toEqual(['PreAuthentication_Authentication', 'PostAuthentication_Authentication']);
  const done = await page.finish(Session);
  expect(seen).toHaveLength(2);
  await exchange(codeIn(done));
  expect(seen.slice(2)).toEqual(['TokenGeneration_HostedAuth']);
});

test('a refusal of a trigger comes to the page, and there is no ticket', async () => {
  const { open } = createWorld({
    triggers: {
      postAuthentication: () => {
        throw new Error('not today');
      },
    },
  });
  const refused = await (await open()).signIn();
  expect(refused).toMatchObject({
    status: 400,
    __type: 'UserLambdaValidationException',
    message: 'PostAuthentication failed with error not today.',
  });
  expect(refused.Session).toBeUndefined();
});

test('UserMigration takes a user over at the first sign-in', async () => {
  const { open, pool } = createWorld({
    users: [],
    triggers: {
      userMigration: (event) => {
        event.response = {
          userAttributes: { email: 'alice@example.com', email_verified: 'true' },
          finalUserStatus: 'CONFIRMED',
          messageAction: 'SUPPRESS',
        };
        return event;
      },
    },
  });
  const page = await open();
  const done = await page.call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: USER });
  expect(done.ChallengeName).toBe('LOGIN_TICKET');
  expect(pool.users.find('alice')?.status).toBe('CONFIRMED');
});
