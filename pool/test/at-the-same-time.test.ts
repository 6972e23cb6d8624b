/** Requests that come at the same time: what one of them has used, no other can use. */
import { type Arithmetic, inThisThread } from '../src/arithmetic/arithmetic.ts';
import { createAdminWire } from './pools/admin-wire.ts';
import { createWire, PASSWORD, type Reply } from './wire.ts';

const NEW = ['Another-Horse-9', 'A-Third-Horse-9'];

const statuses = (replies: readonly Reply[]) => replies.map(({ status }) => status).sort();

test('one code sets one password', async () => {
  const wire = createWire({
    users: [{ username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } }],
  });
  const user = { ClientId: 'web', Username: 'alice' };
  await wire.call('ForgotPassword', user);
  const ConfirmationCode = wire.lastCode();
  const replies = await Promise.all(
    NEW.map((Password) => wire.call('ConfirmForgotPassword', { ...user, ConfirmationCode, Password })),
  );
  expect(statuses(replies)).toEqual([200, 400]);
});

test('a password that was replaced replaces no other', async () => {
  const wire = createWire();
  const { AccessToken } = (await wire.signIn()).AuthenticationResult;
  const replies = await Promise.all(
    NEW.map((ProposedPassword) =>
      wire.call('ChangePassword', { AccessToken, PreviousPassword: PASSWORD, ProposedPassword }),
    ),
  );
  expect(statuses(replies)).toEqual([200, 400]);
});

test('a session of NEW_PASSWORD_REQUIRED gives tokens once', async () => {
  const wire = createWire({
    users: [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const { Session } = await wire.signIn();
  const replies = await Promise.all(
    NEW.map((NEW_PASSWORD) => wire.respond('NEW_PASSWORD_REQUIRED', Session, { NEW_PASSWORD })),
  );
  expect(statuses(replies)).toEqual([200, 400]);
});

test('a user who is removed while the password is checked does not sign in as who comes next', async () => {
  const calculated: Arithmetic = {
    run: async (name, ...parameters) => {
      const result = await inThisThread.run(name, ...parameters);
      if (name === 'passwordFits') {
        wire.pool.users.remove('alice');
        wire.pool.users.add({ username: 'alice', password: PASSWORD });
      }
      return result;
    },
  };
  const wire = createWire({ arithmetic: calculated });
  expect((await wire.signIn()).status).toBe(400);
});

test('a disabled user is told so, and not that the token was revoked', async () => {
  const admin = createAdminWire();
  const { AccessToken } = (await admin.signIn()).AuthenticationResult;
  await admin.onPool('AdminDisableUser', { Username: 'alice' });
  expect(await admin.call('GetUser', { AccessToken })).toMatchObject({ message: 'User is disabled.' });
});
