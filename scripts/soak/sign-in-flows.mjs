/** Traffic of users who sign in: by SRP, by password, with an authenticator app, with a device, and who come back with a refresh token. */
import { Secret, TOTP } from 'otpauth';
import {
  confirmDevice,
  forgetDevice,
  getUser,
  globalSignOut,
  refreshTokens,
  respond,
  revokeToken,
  signIn,
} from '../../dist/esm/index.js';
import { callApi } from './api-calls.mjs';
import {
  GRACE_S,
  PASSWORD,
  PLAIN,
  REFRESH_MINUTES,
  SESSION_MINUTES,
  TOKEN_MINUTES,
  TOTP_SECRET,
  TRACKING,
  userName,
} from './seed.mjs';

const totp = new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) });
const code = () => totp.generate({ timestamp: Date.now() });
const clientOf = ({ endpoint }, clientId = 'web') => ({ userPoolId: PLAIN, clientId, endpoint });

/** Signs in with a wrong password and with the right one, reads the profile, and signs out in one of three ways. */
export async function bySrp(context) {
  const { turn, call, check, timed } = context;
  const client = clientOf(context);
  const username = userName('srp', turn);
  if (turn % 4 === 0) {
    const wrong = { username, password: `${PASSWORD}!` };
    await call(
      'a wrong password',
      (options) => signIn(client, wrong, options),
      'INCORRECT_USERNAME_OR_PASSWORD',
    );
  }
  const { tokens } = await call(
    'sign-in by SRP',
    (options) => timed(() => signIn(client, { username, password: PASSWORD }, options)),
    'signed-in',
  );
  await check.tokens(tokens, username);
  const { accessToken, refreshToken } = tokens;
  const profile = await call('GetUser', (options) => getUser(client, { accessToken }, options));
  check.same('GetUser names the user', profile.username, username);
  if (turn % 3 === 0) return;
  if (turn % 3 === 1) {
    await call('GlobalSignOut', (options) => globalSignOut(client, { accessToken }, options));
    await call(
      'GetUser once signed out',
      (options) => getUser(client, { accessToken }, options),
      'ACCESS_TOKEN_REFUSED',
    );
  } else {
    await call('RevokeToken', (options) => revokeToken(client, { refreshToken }, options));
  }
  await call(
    'a refresh once signed out',
    (options) => refreshTokens(client, { username, refreshToken }, options),
    'REFRESH_TOKEN_REFUSED',
  );
}

export async function byPassword(context) {
  const { turn, call, check } = context;
  const username = userName('password', turn);
  const credentials = { flow: 'USER_PASSWORD_AUTH', username, password: PASSWORD };
  const { tokens } = await call(
    'sign-in by password',
    (options) => signIn(clientOf(context), credentials, options),
    'signed-in',
  );
  await check.tokens(tokens, username);
}

/** A wrong code first, then the right one. */
export async function byApp(context) {
  const { turn, call, check } = context;
  const client = clientOf(context);
  const username = userName('totp', turn);
  const { challenge } = await call(
    'sign-in of a user with an app',
    (options) => signIn(client, { username, password: PASSWORD }, options),
    'SOFTWARE_TOKEN_MFA',
  );
  const answer = (given) => (options) => respond(client, challenge, { code: given() }, options);
  const wrongCode = () => String((Number(code()) + 1) % 1_000_000).padStart(6, '0');
  if (turn % 5 === 0) await call('a wrong code', answer(wrongCode), 'CODE_MISMATCH');
  const { tokens } = await call('the code of the app', answer(code), 'signed-in');
  await check.tokens(tokens, username);
  await call('the same challenge again', answer(code), 'SESSION_USED');
}

/** Refreshes with rotation. A replaced token counts for the grace period, and not after it. */
export async function byRefresh(context) {
  const { turn, call, check, wait } = context;
  const client = clientOf(context, 'rotating');
  const username = userName('refresh', turn);
  const step = await call(
    'sign-in to refresh',
    (options) => signIn(client, { username, password: PASSWORD }, options),
    'signed-in',
  );
  const refresh = (refreshToken) => (options) => refreshTokens(client, { username, refreshToken }, options);
  const first = step.tokens.refreshToken;
  let { refreshToken } = step.tokens;
  for (let i = 0; i < 3; i++) {
    const tokens = await call('a refresh', refresh(refreshToken));
    await check.tokens(tokens, username, client.clientId);
    check.different('rotation replaces the token', tokens.refreshToken, refreshToken);
    ({ refreshToken } = tokens);
  }
  await wait(GRACE_S + 2);
  await call('a replaced token after the grace period', refresh(first), 'REFRESH_TOKEN_REUSED');
  await call('the newest token after that', refresh(refreshToken));
}

/** Signs in with the app, confirms the device, signs in with the device in place of the app, and forgets the device. */
export async function byDevice(context) {
  const { turn, call, check, endpoint } = context;
  const client = { userPoolId: TRACKING, clientId: 'tracked', endpoint };
  const username = userName('device', turn);
  await forgetDevices(context, username);
  const credentials = { username, password: PASSWORD };
  const { challenge } = await call(
    'sign-in without a device',
    (options) => signIn(client, credentials, options),
    'SOFTWARE_TOKEN_MFA',
  );
  const { tokens, newDevice } = await call(
    'the code of the app',
    (options) => respond(client, challenge, { code: code() }, options),
    'signed-in',
  );
  await check.tokens(tokens, username, client.clientId);
  const { accessToken, refreshToken } = tokens;
  const confirmation = { accessToken, newDevice };
  const { device } = await call('ConfirmDevice', (options) => confirmDevice(client, confirmation, options));
  const withDevice = (options) =>
    signIn(client, credentials, { ...options, device: { ...device, username } });
  const again = await call('sign-in with the device', withDevice, 'signed-in');
  check.same('the device stands in for the app', again.deviceUsed, true);
  await check.tokens(again.tokens, username, client.clientId);
  const refresh = { username, refreshToken, deviceKey: device.key };
  await call('a refresh with the device', (options) => refreshTokens(client, refresh, options));
  const forget = { accessToken, deviceKey: device.key };
  await call('ForgetDevice', (options) => forgetDevice(client, forget, options));
  await call('sign-in with a device that was forgotten', withDevice, 'SOFTWARE_TOKEN_MFA');
}

async function forgetDevices({ endpoint, until }, Username) {
  const listed = await until(
    'AdminListDevices',
    (options) => callApi(endpoint, 'AdminListDevices', { UserPoolId: TRACKING, Username }, options),
    ['done'],
  );
  for (const { DeviceKey } of listed.Devices ?? []) {
    const input = { UserPoolId: TRACKING, Username, DeviceKey };
    await until('AdminForgetDevice', (options) => callApi(endpoint, 'AdminForgetDevice', input, options), [
      'done',
      'ResourceNotFoundException',
    ]);
  }
}

/** Comes back to a challenge after its session has expired. */
export async function tooLateForChallenge(context) {
  const { turn, call, wait } = context;
  const client = clientOf(context);
  const username = userName('late', turn);
  const { challenge } = await call(
    'sign-in of a user with an app',
    (options) => signIn(client, { username, password: PASSWORD }, options),
    'SOFTWARE_TOKEN_MFA',
  );
  await wait(SESSION_MINUTES * 60 + 5);
  await call(
    'an answer that is too late',
    (options) => respond(client, challenge, { code: code() }, options),
    'SESSION_EXPIRED',
  );
}

/** Comes back after the access token has expired, and again after the refresh token has. */
export async function tooLateForTokens(context) {
  const { turn, call, check, wait } = context;
  const client = clientOf(context);
  const username = userName('waiting', turn);
  const { tokens } = await call(
    'sign-in of a user who waits',
    (options) => signIn(client, { username, password: PASSWORD }, options),
    'signed-in',
  );
  const { accessToken, refreshToken } = tokens;
  const read = (options) => getUser(client, { accessToken }, options);
  const refresh = (options) => refreshTokens(client, { username, refreshToken }, options);
  // Half of the time is left, because a busy machine may take some of it
  await wait(TOKEN_MINUTES * 30);
  await call('GetUser before the token expires', read);
  await wait(TOKEN_MINUTES * 30);
  await call('GetUser after the token has expired', read, 'ACCESS_TOKEN_REFUSED');
  await check.tokens(await call('a refresh after that', refresh), username);
  await wait((REFRESH_MINUTES - TOKEN_MINUTES) * 60);
  await call('a refresh that is too late', refresh, 'REFRESH_TOKEN_REFUSED');
}
