/** Other emulators and clients get these sign-ins and endpoints wrong (see README.md). */
import packageJson from '../../../package.json' with { type: 'json' };
import type { UserPool } from '../../../pool/src/index.ts';
import { confirmNewDevice, respond, signIn } from '../../../src/index.ts';
import {
  alice,
  challengeOf,
  client,
  type Fetch,
  localPool,
  passwordVerifier,
  service,
  signedInOf,
  signedInReply,
} from './service.ts';

describe('a pool to test against', () => {
  const claimOf = async (
    pool: UserPool,
    change: (responses: Record<string, string>) => Record<string, string>,
  ) => {
    const fetch: Fetch = (url, init) => {
      const input = JSON.parse(String(init.body));
      const ChallengeResponses = input.ChallengeResponses && change(input.ChallengeResponses);
      return pool.fetch(url, { ...init, body: JSON.stringify({ ...input, ChallengeResponses }) });
    };
    return signIn(client, alice, { fetch }).then(
      ({ status }) => status,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  };
  const REFUSED = 'NotAuthorizedException: Incorrect username or password.';

  test('answers USER_SRP_AUTH, and checks the proof', async () => {
    const { pool } = localPool();
    expect(await claimOf(pool, (responses) => responses)).toBe('signed-in');
    const PASSWORD_CLAIM_SIGNATURE = Buffer.alloc(32).toString('base64');
    expect(await claimOf(pool, (responses) => ({ ...responses, PASSWORD_CLAIM_SIGNATURE }))).toBe(REFUSED);
  });

  test('asks MFA, and answers DEVICE_SRP_AUTH with a challenge that a wrong device fails', async () => {
    const { pool, fetch } = localPool({
      users: [{ ...alice, mfa: { sms: '+15550001234' } }],
      devices: { challengeRequiredOnNewDevice: true },
    });
    const asked = challengeOf(await signIn(client, alice, { fetch }), 'SMS_MFA');
    const code = pool.outbox.at(-1)?.code ?? '';
    const first = signedInOf(await respond(client, asked, { code }, { fetch }));
    const { device: own } = await confirmNewDevice(client, first, {}, { fetch });
    if (!own) throw new Error('No device');
    signedInOf(await signIn(client, alice, { fetch, device: own }));
    const wrong = { ...own, password: 'AAAA' };
    const again = await signIn(client, alice, { fetch, device: wrong });
    expect([challengeOf(again, 'SMS_MFA').name, again.deviceProblem?.code]).toEqual([
      'SMS_MFA',
      'DEVICE_REFUSED',
    ]);
  });
});

describe('where requests go', () => {
  test.each([
    ['us-gov-west-1', 'https://cognito-idp.us-gov-west-1.amazonaws.com/'],
    ['us-gov-east-1', 'https://cognito-idp.us-gov-east-1.amazonaws.com/'],
    ['us-iso-east-1', 'https://cognito-idp.us-iso-east-1.c2s.ic.gov/'],
    ['us-isob-east-1', 'https://cognito-idp.us-isob-east-1.sc2s.sgov.gov/'],
    ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/'],
    ['cn-northwest-1', 'https://cognito-idp.cn-northwest-1.amazonaws.com.cn/'],
    ['eu-central-2', 'https://cognito-idp.eu-central-2.amazonaws.com/'],
  ])('us-gov and cn endpoints: %s', async (region, url) => {
    const played = service(passwordVerifier(), signedInReply());
    await signIn({ userPoolId: `${region}_AbCdEf123`, clientId: 'web' }, alice, played);
    expect(played.calls.map((call) => call.url)).toEqual([url, url]);
  });
});

test('an application does not install the AWS SDK, crypto-js or types along', () => {
  const names = Object.keys(packageJson.dependencies);
  expect(names).not.toHaveLength(0);
  expect(names.filter((name) => /^(@aws-sdk|@smithy|@types)\/|^(aws-sdk|crypto-js)$/.test(name))).toEqual([]);
});
