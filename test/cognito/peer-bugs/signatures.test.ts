/** Other clients sign wrongly in these ways (see README.md). */
import { createHash, webcrypto } from 'node:crypto';
import {
  ArgumentError,
  formatTimestamp,
  generateEphemeral,
  ProtocolError,
  passwordVerifierResponses,
  respond,
  signIn,
} from '../../../src/index.ts';
import cognito from '../../../vectors/cognito-srp.json' with { type: 'json' };
import { withCrypto } from '../../support/with-global.ts';
import {
  alice,
  challengeOf,
  client,
  device,
  devicePasswordVerifier,
  deviceSrpAuth,
  errorOf,
  type Fetch,
  kept,
  localPool,
  PASSWORD,
  passwordVerifier,
  rngOf,
  service,
  session,
  signedInReply,
  VERIFIER,
} from './service.ts';

afterEach(() => jest.restoreAllMocks());

describe('signatures', () => {
  test.each(cognito.cases.filter(({ kind, u }) => kind === 'user' && u.length <= 62))(
    'u with a leading zero byte signs rightly: $title',
    (c) => {
      expect(c.u).toHaveLength(62);
      const { SRP_A, SRP_B, SALT, SECRET_BLOCK } = c;
      const ephemeral = generateEphemeral(rngOf(Buffer.from(c.a, 'hex')));
      expect(ephemeral.SRP_A).toBe(SRP_A);
      const responses = passwordVerifierResponses(
        ephemeral,
        { SRP_B, SALT, SECRET_BLOCK, USER_ID_FOR_SRP: c.userIdForSrp ?? '' },
        { userPoolId: `local_${c.poolName}`, password: c.password, now: Date.parse(c.TIMESTAMP) },
      );
      expect(responses.PASSWORD_CLAIM_SIGNATURE).toBe(c.PASSWORD_CLAIM_SIGNATURE);
    },
  );

  test.each(['josé', '用户', 'кот@пример.рф', '👩‍🚀'])(
    'a user id outside ASCII signs rightly: %s',
    async (username) => {
      const { fetch } = localPool({ users: [{ username, password: 'Pässwörd-用户-9' }] });
      const step = await signIn(client, { username, password: 'Pässwörd-用户-9' }, { fetch });
      expect(step).toMatchObject({ status: 'signed-in', username });
    },
  );

  test('a password that looks like a hash is a password', async () => {
    const password = createHash('sha256').update(`Pool1alice:${PASSWORD}`).digest('hex');
    const { fetch } = localPool({ users: [{ username: 'alice', password }] });
    expect(await signIn(client, { username: 'alice', password }, { fetch })).toMatchObject({
      status: 'signed-in',
    });
    await expect(
      signIn(client, alice, { fetch: localPool({ users: [{ username: 'alice', password }] }).fetch }),
    ).rejects.toMatchObject({ code: 'INCORRECT_USERNAME_OR_PASSWORD' });
  });

  test('a proof for A = 0 is never accepted', async () => {
    const { pool } = localPool();
    const fetch: Fetch = (url, init) => {
      const input = JSON.parse(String(init.body));
      if (input.AuthParameters) input.AuthParameters.SRP_A = '0';
      return pool.fetch(url, { ...init, body: JSON.stringify(input) });
    };
    await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
    });
  });

  test.each([0, 1, 2])('SRP_B = %d N gets no signature', async (multiple) => {
    const { fetch, calls } = localPool({ faults: [{ name: 'zero-B', multiple }] });
    const error = await errorOf(signIn(client, alice, { fetch }));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'SRP_B_INVALID', field: 'SRP_B' });
    expect(calls.map(({ operation }) => operation)).toEqual(['InitiateAuth']);
  });

  test.each(['zz', '-1', '0x12', '12 34', 'NaN'])('SRP_B = "%s" gets no signature', (SRP_B) => {
    const sign = () =>
      passwordVerifierResponses(
        generateEphemeral(),
        { ...VERIFIER, SRP_B, USER_ID_FOR_SRP: 'alice' },
        { userPoolId: 'us-east-1_LocalPool', password: PASSWORD, now: 0 },
      );
    expect(sign).toThrow(ProtocolError);
    expect(sign).toThrow(expect.objectContaining({ code: 'SRP_B_INVALID', field: 'SRP_B' }));
  });

  test('a missing SALT is an error whose class and code can be imported', () => {
    const { SALT: _, ...parameters } = VERIFIER;
    const sign = () =>
      passwordVerifierResponses(
        generateEphemeral(),
        { ...parameters, USER_ID_FOR_SRP: 'alice' },
        { userPoolId: 'us-east-1_LocalPool', password: PASSWORD, now: 0 },
      );
    expect(sign).toThrow(ProtocolError);
    expect(sign).toThrow(expect.objectContaining({ code: 'CHALLENGE_PARAMETER_MISSING', field: 'SALT' }));
  });

  test.each([['USERNAME'], ['USER_ID_FOR_SRP'], ['USERNAME', 'USER_ID_FOR_SRP']])(
    'a challenge without %s %s can be answered',
    async (...missing) => {
      const { pool } = localPool();
      const fetch: Fetch = async (url, init) => {
        const response = await pool.fetch(url, init);
        const reply = await response.json();
        for (const name of missing) delete reply.ChallengeParameters?.[name];
        return Response.json(reply, {
          status: response.status,
          headers: { Date: String(response.headers.get('date')) },
        });
      };
      expect(await signIn(client, alice, { fetch })).toMatchObject({
        status: 'signed-in',
        username: 'alice',
      });
    },
  );
});

describe('randomness', () => {
  test('every bit of a comes from crypto.getRandomValues, and Math.random is not asked', async () => {
    const filled: string[] = [];
    const original = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
    jest.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
      original(array);
      if (array instanceof Uint8Array) filled.push(Buffer.from(array).toString('hex'));
      return array;
    });
    const random = jest.spyOn(Math, 'random');
    const a = generateEphemeral().a().padStart(64, '0');
    expect(filled).toEqual([a]);

    const played = service(passwordVerifier(), signedInReply());
    await signIn(client, alice, played);
    expect(random).not.toHaveBeenCalled();
  });

  test('without a secure source there is no sign-in', async () => {
    const played = service();
    const error = await withCrypto({}, () => errorOf(signIn(client, alice, played)));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code: 'RANDOMNESS_MISSING' });
    expect(played.calls).toEqual([]);
  });

  test('a has 256 bits: A costs a quarter of what 1024 bits cost', () => {
    const rng = jest.fn((length: number) => webcrypto.getRandomValues(new Uint8Array(length)));
    generateEphemeral(rng);
    expect(rng.mock.calls).toEqual([[32]]);
  });

  test('password and device are proved with an a each, and each at its own time', async () => {
    const t = (minute: number) => Date.UTC(2026, 8, 4, 12, minute);
    let now = t(0);
    const clock = { now: () => now, device };
    const first = service(passwordVerifier(), { ChallengeName: 'SMS_MFA', Session: session(1) });
    const step = await signIn(client, alice, { ...first, ...clock });
    now = t(2);
    const second = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    await respond(client, challengeOf(step, 'SMS_MFA'), { code: '123456' }, { ...second, ...clock });
    expect(first.responses('PASSWORD_VERIFIER')['TIMESTAMP']).toBe('Fri Sep 4 12:00:00 UTC 2026');
    expect(second.responses('DEVICE_PASSWORD_VERIFIER')['TIMESTAMP']).toBe('Fri Sep 4 12:02:00 UTC 2026');

    const SRP_A = [
      first.calls[0]?.input.AuthParameters?.['SRP_A'],
      second.responses('DEVICE_SRP_AUTH')['SRP_A'],
    ];
    expect(SRP_A).toEqual([expect.stringMatching(/^[0-9a-f]+$/), expect.stringMatching(/^[0-9a-f]+$/)]);
    expect(new Set(SRP_A).size).toBe(2);
  });
});

describe('TIMESTAMP', () => {
  test('midnight is 00, and no locale takes part', async () => {
    const locale = (): never => {
      throw new Error('The locale was asked');
    };
    jest.spyOn(Date.prototype, 'toLocaleString').mockImplementation(locale);
    jest.spyOn(Date.prototype, 'toLocaleDateString').mockImplementation(locale);
    jest.spyOn(Date.prototype, 'toLocaleTimeString').mockImplementation(locale);
    jest.spyOn(Intl, 'DateTimeFormat').mockImplementation(locale);
    expect(formatTimestamp(Date.UTC(2026, 2, 1))).toBe('Sun Mar 1 00:00:00 UTC 2026');
    const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    const now = () => Date.UTC(2026, 11, 9, 0, 3, 7);
    await respond(client, kept('SMS_MFA'), { code: '123456' }, { ...played, device, now });
    expect(played.responses('DEVICE_PASSWORD_VERIFIER')['TIMESTAMP']).toBe('Wed Dec 9 00:03:07 UTC 2026');
  });
});
