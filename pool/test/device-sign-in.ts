/** The client's side of a sign-in with a device, as one function for each request. */

import {
  type DeviceCredentials,
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  generateDeviceVerifier,
  generateEphemeral,
  passwordVerifierResponses,
  secretHash,
  srpAuthParameters,
} from '../../src/srp/index.ts';
import type { UserPool } from '../src/index.ts';
import { ALICE, call, type Reply, resultOf } from './raw-calls.ts';

export interface Client {
  readonly clientId: string;
  readonly clientSecret?: string;
}

export const WEB: Client = { clientId: 'web' };
export const SERVER: Client = { clientId: 'server', clientSecret: 'shh' };

/** Parameters with the client's SECRET_HASH, if it has one. */
export const signed = (
  { clientId, clientSecret }: Client,
  parameters: Readonly<Record<string, string | null>>,
) => ({
  ...parameters,
  ...(clientSecret !== undefined && {
    SECRET_HASH: secretHash(parameters['USERNAME'] ?? '', clientId, clientSecret),
  }),
});

export const initiate = (
  pool: UserPool,
  client: Client,
  AuthFlow: string,
  parameters: Readonly<Record<string, string | null>>,
): Promise<Reply> =>
  call(pool, 'InitiateAuth', {
    ClientId: client.clientId,
    AuthFlow,
    AuthParameters: signed(client, parameters),
  });

export const respond = (
  pool: UserPool,
  client: Client,
  { ChallengeName, Session }: Reply,
  responses: Readonly<Record<string, string | null>>,
): Promise<Reply> =>
  call(pool, 'RespondToAuthChallenge', {
    ClientId: client.clientId,
    ChallengeName,
    ...(Session !== undefined && { Session }),
    ChallengeResponses: signed(client, responses),
  });

/** USER_SRP_AUTH, and the answer to its PASSWORD_VERIFIER, which can be sent with more parameters, again. */
export async function srpSignIn(pool: UserPool, { client = WEB, username = 'alice', now = Date.now() } = {}) {
  const ephemeral = generateEphemeral();
  const challenge = await initiate(pool, client, 'USER_SRP_AUTH', srpAuthParameters(ephemeral, { username }));
  const claim = passwordVerifierResponses(ephemeral, challenge.ChallengeParameters, {
    userPoolId: pool.userPoolId,
    password: ALICE.password,
    now,
  });
  return (more: Readonly<Record<string, string | null>> = {}) =>
    respond(pool, client, challenge, { ...claim, ...more });
}

/** The answer to DEVICE_SRP_AUTH, and that to DEVICE_PASSWORD_VERIFIER, which can be sent with changes, again. */
export async function challengeDevice(
  pool: UserPool,
  asked: Reply,
  device: DeviceCredentials,
  { client = WEB, username = 'alice', now = Date.now() } = {},
) {
  const ephemeral = generateEphemeral();
  const responses = deviceSrpAuthResponses(ephemeral, { username, deviceKey: device.key });
  const challenge = await respond(pool, client, asked, responses);
  const claim = devicePasswordVerifierResponses(ephemeral, challenge.ChallengeParameters, {
    username,
    device,
    now,
  });
  return {
    challenge,
    answer: (changes: Readonly<Record<string, string>> = {}) =>
      respond(pool, client, challenge, { ...claim, ...changes }),
  };
}

/** The answers to DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER. */
export async function proveDevice(
  ...exchange: Parameters<typeof challengeDevice>
): Promise<{ readonly challenge: Reply; readonly end: Reply }> {
  const { challenge, answer } = await challengeDevice(...exchange);
  return { challenge, end: await answer() };
}

/** The device a sign-in was given, with its password made up and not yet confirmed. */
export function newDevice(reply: Reply) {
  const { DeviceKey: key = '', DeviceGroupKey: groupKey = '' } = resultOf(reply).NewDeviceMetadata ?? {};
  const { password, DeviceSecretVerifierConfig } = generateDeviceVerifier({ key, groupKey });
  return { device: { key, groupKey, password }, DeviceSecretVerifierConfig };
}

/** Confirms the device of a sign-in. */
export async function confirm(pool: UserPool, signedIn: Reply, more: object = {}) {
  const { device, DeviceSecretVerifierConfig } = newDevice(signedIn);
  const reply = await call(pool, 'ConfirmDevice', {
    AccessToken: resultOf(signedIn).AccessToken,
    DeviceKey: device.key,
    DeviceSecretVerifierConfig,
    ...more,
  });
  return { device, reply };
}
