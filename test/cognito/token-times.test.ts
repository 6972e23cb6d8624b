/** Times that JSON can say and no clock can show, in tokens and in replies. */
import { createUserStore, getClientToken, refreshTokens } from '../../src/index.ts';
import { client } from '../support/client.ts';
import { jwt, ROOT, recorded } from './user-store-world.ts';

const NOW = 1_795_780_800_000;

/** A token whose claims stand in its JSON as written, because JSON.stringify writes null for a number that is too large. */
const tokenWith = (times: string) => {
  const [head, , signature] = jwt({}).split('.');
  return [head, Buffer.from(`{"username":"alice",${times}}`).toString('base64url'), signature].join('.');
};

/** Texts of JSON that are numbers, and no time in milliseconds. */
const NO_TIMES = ['1e400', '1.7e308', '-1.7e308', '1e13', '-1', '0', '"soon"', '"1795784400"', 'null'];

test.each(NO_TIMES)('a stored token whose "exp" is %s has ended', async (exp) => {
  const { storage } = recorded(
    new Map([
      [`${ROOT}.LastAuthUser`, 'alice'],
      [`${ROOT}.alice.accessToken`, tokenWith(`"exp":${exp}`)],
    ]),
  );
  const loaded = await createUserStore(storage, client, { now: () => NOW }).load();
  expect(loaded).toMatchObject({ username: 'alice', tokens: { expiresAt: 0, expiresIn: 0 } });
});

test('the latest time that a token can end at is read', async () => {
  const { storage } = recorded(
    new Map([
      [`${ROOT}.LastAuthUser`, 'alice'],
      [`${ROOT}.alice.accessToken`, tokenWith('"exp":1e12')],
    ]),
  );
  const loaded = await createUserStore(storage, client, { now: () => NOW }).load();
  expect(loaded?.tokens.expiresAt).toBe(1e15);
});

test.each(['1e400', '1e300', '-5', '1e16'])('a stored end of %s counts as none', async (end) => {
  const accessToken = tokenWith('"exp":1795784400');
  const { storage } = recorded(
    new Map([
      [`${ROOT}.LastAuthUser`, 'alice'],
      [`${ROOT}.alice.accessToken`, accessToken],
      [`${ROOT}.alice.tokenExpiry`, `${end} ${accessToken.slice(-16)}`],
    ]),
  );
  const loaded = await createUserStore(storage, client, { now: () => NOW }).load();
  expect(loaded?.tokens).toMatchObject({ expiresAt: 1_795_784_400_000, expiresIn: 3600 });
});

test.each(NO_TIMES)('a stored token whose "iat" is %s gives the other libraries no drift', async (iat) => {
  const { items, storage } = recorded();
  const tokens = {
    accessToken: tokenWith(`"iat":${iat}`),
    idToken: '',
    refreshToken: 'refresh',
    expiresIn: 60,
    expiresAt: NOW + 60_000,
    tokenType: 'Bearer',
  };
  await createUserStore(storage, client, { now: () => NOW }).saveTokens('alice', tokens);
  expect(items.get(`${ROOT}.alice.clockDrift`)).toBe('0');
});

/** Gives a reply whose JSON is written out. */
const replying = (result: string) => ({
  now: () => NOW,
  fetch: async () => new Response(`{"AuthenticationResult":${result}}`),
});

test.each(NO_TIMES)('new tokens without ExpiresIn whose "exp" is %s have ended', async (exp) => {
  const reply = replying(JSON.stringify({ AccessToken: tokenWith(`"exp":${exp}`) }));
  const tokens = await refreshTokens(client, { refreshToken: 'refresh' }, reply);
  expect(tokens).toMatchObject({ expiresIn: 0, expiresAt: NOW });
});

test.each(['1e400', '1.7e308', '1e13', '"9999999999999"'])(
  'new tokens with ExpiresIn %s end when the token says so',
  async (expiresIn) => {
    const reply = replying(`{"AccessToken":"${tokenWith('"exp":1795784400')}","ExpiresIn":${expiresIn}}`);
    const tokens = await refreshTokens(client, { refreshToken: 'refresh' }, reply);
    expect(tokens).toMatchObject({ expiresIn: 3600, expiresAt: 1_795_784_400_000 });
  },
);

test('a token of a client whose ExpiresIn is 1e308 has ended', async () => {
  const transport = async () => ({ ClientAuthenticationResult: { AccessToken: 'a', ExpiresIn: 1e308 } });
  const token = await getClientToken({ ...client, clientSecret: 'shh' }, {}, { transport, now: () => NOW });
  expect(token).toMatchObject({ expiresIn: 0, expiresAt: NOW });
});
