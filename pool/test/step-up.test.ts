/** USER_AUTH asks for the factors that an authentication level needs, and the tokens tell the level. */
import { Secret, TOTP } from 'otpauth';
import { createAuthenticator } from '../../test/support/authenticator.ts';
import { claimsOf } from '../../test/support/client.ts';
import { createWire, PASSWORD, type Reply, refused, type Texts, type Wire } from './wire.ts';

const TOTP_SECRET = 'JBSWY3DPEHPK3PXP';
const ATTRIBUTES = { email: 'alice@example.com', phone_number: '+4912345678' };
const loa = (level: number) => `urn:cognito:loa:${level}`;

const alice = { username: 'alice', password: PASSWORD, attributes: ATTRIBUTES };
const withApp = { ...alice, mfa: { totp: TOTP_SECRET } };

const begin = (wire: Wire, more: Texts) => wire.initiate('USER_AUTH', { USERNAME: 'alice', ...more });
const BY_PASSWORD = { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD };
const appCode = (wire: Wire) =>
  new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) }).generate({ timestamp: wire.now() });

function levelOf({ AuthenticationResult }: Reply) {
  const [access, id] = [AuthenticationResult.AccessToken, AuthenticationResult.IdToken].map(claimsOf);
  expect([id?.['acr'], id?.['amr']]).toEqual([access?.['acr'], access?.['amr']]);
  return { acr: access?.['acr'], amr: access?.['amr'] };
}

describe('from scratch:', () => {
  test('level 1 is the password alone', async () => {
    const wire = createWire({ users: [alice] });
    const reply = await begin(wire, { ...BY_PASSWORD, TARGET_ACR_VALUES: loa(1) });
    expect(levelOf(reply)).toEqual({ acr: loa(1), amr: ['pwd'] });
  });

  test('level 2 is one code', async () => {
    const wire = createWire({ users: [alice] });
    const asked = await begin(wire, { PREFERRED_CHALLENGE: 'EMAIL_OTP', TARGET_ACR_VALUES: loa(2) });
    const reply = await wire.respond('EMAIL_OTP', asked.Session, { EMAIL_OTP_CODE: wire.lastCode() });
    expect(levelOf(reply)).toEqual({ acr: loa(2), amr: ['email_otp'] });
  });

  test('level 3 is the password and a code, which a user without second factors is asked for', async () => {
    const wire = createWire({ users: [alice] });
    const asked = await begin(wire, { ...BY_PASSWORD, TARGET_ACR_VALUES: loa(3) });
    expect(asked.ChallengeName).toBe('SMS_MFA');
    const reply = await wire.respond('SMS_MFA', asked.Session, { SMS_MFA_CODE: wire.lastCode() });
    expect(levelOf(reply)).toEqual({ acr: loa(3), amr: ['pwd', 'sms', 'mfa'] });
  });

  test('level 4 is the password and the code of an app', async () => {
    const wire = createWire({ users: [withApp] });
    const asked = await begin(wire, { ...BY_PASSWORD, TARGET_ACR_VALUES: loa(4) });
    expect(asked.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const answer = { SOFTWARE_TOKEN_MFA_CODE: appCode(wire) };
    const reply = await wire.respond('SOFTWARE_TOKEN_MFA', asked.Session, answer);
    expect(levelOf(reply)).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
    const { RefreshToken } = reply.AuthenticationResult;
    const fresh = await wire.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken });
    expect(levelOf(fresh)).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
  });

  test('the first level that the user can reach counts, and unknown levels are ignored', async () => {
    const wire = createWire({ users: [alice] });
    const reply = await begin(wire, {
      ...BY_PASSWORD,
      TARGET_ACR_VALUES: `urn:other:9 ${loa(4)} ${loa(1)} ${loa(3)}`,
    });
    expect(levelOf(reply)).toEqual({ acr: loa(1), amr: ['pwd'] });
  });

  test('a second factor that is turned on is asked for a low level, too', async () => {
    const wire = createWire({ users: [withApp] });
    expect(await begin(wire, { ...BY_PASSWORD, TARGET_ACR_VALUES: loa(1) })).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
    });
  });

  test('after a code as the first factor, the password follows', async () => {
    const wire = createWire({ users: [alice] });
    const asked = await begin(wire, { PREFERRED_CHALLENGE: 'EMAIL_OTP', TARGET_ACR_VALUES: loa(3) });
    const next = await wire.respond('EMAIL_OTP', asked.Session, { EMAIL_OTP_CODE: wire.lastCode() });
    expect(next.ChallengeName).toBe('PASSWORD');
    const reply = await wire.respond('PASSWORD', next.Session, { PASSWORD });
    expect(levelOf(reply)).toEqual({ acr: loa(3), amr: ['email_otp', 'pwd', 'mfa'] });
  });
});

/** Alice's tokens of a sign-in by password alone. She has an app, but it is turned on afterwards. */
async function signedInByPassword(options = {}) {
  const wire = createWire({ users: [alice], ...options });
  const { AccessToken } = (await wire.signIn()).AuthenticationResult;
  return { wire, ACCESS_TOKEN: AccessToken };
}

describe('with an access token:', () => {
  test('only the missing factor is asked for, and the tokens are new', async () => {
    const { wire, ACCESS_TOKEN } = await signedInByPassword();
    wire.pool.users.setMfa('alice', { totp: TOTP_SECRET });
    expect(claimsOf(ACCESS_TOKEN)).not.toHaveProperty('acr');
    wire.wait(60);
    const asked = await begin(wire, { ACCESS_TOKEN, TARGET_ACR_VALUES: loa(4), MAX_AGE: '60' });
    expect(asked.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const answer = { SOFTWARE_TOKEN_MFA_CODE: appCode(wire) };
    const reply = await wire.respond('SOFTWARE_TOKEN_MFA', asked.Session, answer);
    expect(levelOf(reply)).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
    expect(claimsOf(reply.AuthenticationResult.AccessToken)['auth_time']).toBe(wire.now() / 1000);
  });

  test('a passkey is asked for where the user has no code', async () => {
    const { wire, ACCESS_TOKEN } = await signedInByPassword({ users: [{ ...alice, attributes: {} }] });
    const authenticator = createAuthenticator();
    const { CredentialCreationOptions } = await wire.call('StartWebAuthnRegistration', {
      AccessToken: ACCESS_TOKEN,
    });
    const Credential = authenticator.create(CredentialCreationOptions as { challenge: string });
    await wire.call('CompleteWebAuthnRegistration', { AccessToken: ACCESS_TOKEN, Credential });
    const asked = await begin(wire, { ACCESS_TOKEN, TARGET_ACR_VALUES: loa(3) });
    expect(asked.ChallengeName).toBe('WEB_AUTHN');
    const request = JSON.parse(asked.ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as {
      challenge: string;
    };
    const CREDENTIAL = JSON.stringify(authenticator.get(request));
    const reply = await wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL });
    expect(levelOf(reply)).toEqual({ acr: loa(3), amr: ['pwd', 'swk', 'mfa'] });
  });

  test.each([
    [60, 'SMS_MFA'],
    [61, 'SELECT_CHALLENGE'],
  ])('of a sign-in %i seconds ago, where 60 are allowed: %s', async (seconds, name) => {
    const { wire, ACCESS_TOKEN } = await signedInByPassword();
    wire.wait(seconds);
    const asked = await begin(wire, { ACCESS_TOKEN, TARGET_ACR_VALUES: loa(3), MAX_AGE: '60' });
    expect(asked.ChallengeName).toBe(name);
  });

  test('a level that the token has reached is refused', async () => {
    const { wire, ACCESS_TOKEN } = await signedInByPassword();
    expect(await begin(wire, { ACCESS_TOKEN, TARGET_ACR_VALUES: loa(1) })).toMatchObject(
      refused('InvalidParameterException', 'The access token already meets the requested level'),
    );
  });

  test('the token of another user, and one that is revoked, are refused', async () => {
    const { wire } = await signedInByPassword({
      users: [alice, { ...alice, username: 'bob' }],
    });
    const bobs = (await wire.signIn('bob')).AuthenticationResult;
    const mine = (await wire.signIn()).AuthenticationResult;
    await wire.call('RevokeToken', { ClientId: 'web', Token: mine.RefreshToken });
    for (const ACCESS_TOKEN of [bobs.AccessToken, mine.AccessToken, 'x']) {
      expect(await begin(wire, { ACCESS_TOKEN, TARGET_ACR_VALUES: loa(3) })).toMatchObject({
        __type: 'NotAuthorizedException',
      });
    }
  });
});

describe('what cannot be done is refused:', () => {
  const NO_FACTORS = 'The user has no factors for the requested level';
  const NO_AGE = 'MAX_AGE must be a non-negative integer';

  test.each<[string, Texts, string]>([
    ['an access token without a level', { ACCESS_TOKEN: 'x' }, 'ACCESS_TOKEN requires TARGET_ACR_VALUES'],
    [
      'no known level',
      { TARGET_ACR_VALUES: 'urn:other:9 urn:cognito:loa:5' },
      'TARGET_ACR_VALUES has no valid value',
    ],
    ['no level that the user can reach', { TARGET_ACR_VALUES: loa(4) }, NO_FACTORS],
    ['a negative age', { MAX_AGE: '-1' }, NO_AGE],
    ['half a second', { MAX_AGE: '0.5' }, NO_AGE],
    ['an age with a unit', { MAX_AGE: '60s' }, NO_AGE],
  ])('%s', async (_, parameters, message) => {
    const wire = createWire({ users: [alice] });
    expect(await begin(wire, parameters)).toMatchObject(refused('InvalidParameterException', message));
  });

  test('a level whose factor the user has lost since the sign-in began', async () => {
    const wire = createWire({ users: [withApp] });
    const asked = await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD', TARGET_ACR_VALUES: loa(4) });
    wire.pool.users.setMfa('alice', {});
    const reply = await wire.respond('PASSWORD', asked.Session, { PASSWORD });
    expect(reply).toMatchObject(refused('InvalidParameterException', NO_FACTORS));
  });

  test('a user who does not exist is not told apart by a level', async () => {
    const wire = createWire({ preventUserExistenceErrors: true });
    const parameters = { USERNAME: 'nobody', TARGET_ACR_VALUES: loa(1) };
    expect(await wire.initiate('USER_AUTH', parameters)).toMatchObject({ status: 200 });
  });
});
