/** The watch of the browser tests finds the secrets that it is meant to find. */
import { createUserPool } from '../../pool/src/index.ts';
import { createWatch } from '../support/watch.ts';

const secret = 'JBSWY3DPEHPK3PXP';
const pool = createUserPool({ users: [{ username: 'alice', mfa: { totp: secret } }] });
const watched = () => createWatch(pool, ['Correct-Horse-9']);

test.each([
  ['a password', 'Correct-Horse-9', ''],
  ['a Session', 'AYABeC1-secret', '{"Session":"AYABeC1-secret"}'],
  ['a token', 'eyJhbGciOi.J9.sig', '{"AuthenticationResult":{"AccessToken":"eyJhbGciOi.J9.sig"}}'],
  ['the secret of a set-up', 'KRSXG5CTMVRXEZLU', '{"SecretCode":"KRSXG5CTMVRXEZLU"}'],
  ['the secret of a user', secret, ''],
  ['a code that was sent', '123456', '{"ChallengeResponses":{"SOFTWARE_TOKEN_MFA_CODE":"123456"}}'],
])('%s in an address or a console message is a problem', (_, text, body) => {
  for (const say of ['request', 'address', 'console'] as const) {
    const watch = watched();
    watch.reply(body);
    watch[say](`http://localhost:1234/?x=${encodeURIComponent(text)}`);
    expect(watch.problems()).toHaveLength(1);
  }
});

test('tokens that the page keeps count as secrets too', () => {
  const watch = watched();
  watch.storage(
    JSON.stringify([
      { 'x.accessToken': 'eyJhbGci.J9.sig' },
      { view: JSON.stringify({ session: 'kept-one' }) },
    ]),
  );
  watch.request('http://localhost:1/?eyJhbGci.J9.sig');
  watch.request('http://localhost:1/?kept-one');
  expect(watch.problems()).toHaveLength(2);
});

test('an ordinary visit is not a problem', () => {
  const watch = watched();
  watch.request('http://localhost:123456/page.js');
  watch.console('Failed to load resource: the server responded with a status of 400');
  expect(watch.problems()).toEqual([]);
});
