/** The sign-in that a device file keeps: found, and with an access token that is good. */
import {
  type CallOptions,
  refreshTokens,
  type StoredUser,
  type Tokens,
  type UserPoolClient,
  type UserStore,
} from '../index.ts';
import { COMMON_FLAGS, type Flags, single, type Values } from './arguments.ts';
import { attempt, type DeviceFileProblem, dropRefused, openDeviceFile } from './device-file.ts';
import { UsageError, withDeviceProblem } from './failure.ts';
import type { Io } from './io.ts';
import { CLIENT_FLAGS, callOptionsOf, clientOf, ENDPOINT_FLAGS } from './pool-client.ts';

/** Of every command that goes on from a kept sign-in. */
export const KEPT_FLAGS = {
  device: { type: 'string', placeholder: 'FILE', required: true, help: 'what sign-in --device has kept' },
  ...CLIENT_FLAGS,
  username: { type: 'string', placeholder: 'NAME', help: 'default: who signed in last' },
  ...ENDPOINT_FLAGS,
  timeout: { ...ENDPOINT_FLAGS.timeout, help: `${ENDPOINT_FLAGS.timeout.help}, 5 for new tokens` },
  ...COMMON_FLAGS,
} as const satisfies Flags;

/** A sign-in out of a file, and how to talk about it with the service. */
export interface KeptSignIn {
  readonly pool: UserPoolClient;
  readonly call: CallOptions;
  readonly store: UserStore;
  readonly user: StoredUser;
  /** Of the device in the file, where it has one. */
  readonly deviceKey: string | undefined;
}

/** @throws UsageError NOT_SIGNED_IN, DEVICE_FILE_UNUSABLE */
export async function openKeptSignIn(values: Values<keyof typeof KEPT_FLAGS>, io: Io): Promise<KeptSignIn> {
  const call = callOptionsOf(values, io);
  const pool = clientOf(values, io);
  const path = single(values, 'device') ?? '';
  const { store, problem } = await openDeviceFile(path, pool);
  const name = single(values, 'username');
  // An alias is known by its device
  const user =
    (await store.load(name)) ??
    (name === undefined ? undefined : await store.load((await store.device(name))?.username ?? name));
  if (!user) {
    const whose = name === undefined ? '' : ' of that user';
    const refusal = `The file ${path} holds no sign-in${whose} with this app client: cognito-srp sign-in --device ${path}`;
    throw withDeviceProblem(new UsageError('NOT_SIGNED_IN', refusal), problem);
  }
  return { pool, call, store, user, deviceKey: (await store.device(user.username))?.key };
}

/**
 * New tokens for the refresh token, kept in the file.
 *
 * @returns the tokens, and what kept them from being stored
 * @throws UsageError NOT_SIGNED_IN where there is no refresh token
 * @throws ServiceError, ProtocolError. A device that the service does not know is removed from the file.
 */
export async function refreshKept({ pool, call, store, user, deviceKey }: KeptSignIn): Promise<{
  readonly tokens: Tokens;
  readonly problem: DeviceFileProblem | undefined;
}> {
  const { username } = user;
  const { refreshToken } = user.tokens;
  if (refreshToken === undefined) {
    throw new UsageError('NOT_SIGNED_IN', 'The file holds no refresh token: sign in again with --device');
  }
  try {
    const tokens = await refreshTokens(pool, { username, refreshToken, deviceKey }, call);
    return { tokens, problem: await attempt(() => store.saveTokens(username, tokens)) };
  } catch (error) {
    throw withDeviceProblem(error, await dropRefused(store, username, error));
  }
}

/** Less than this is not worth a try: the clocks differ, and the request takes its time. In milliseconds. */
const MARGIN_MS = 30_000;

/**
 * Does something with the access token, refreshed first where it has ended.
 *
 * @returns what `work` gave, and what kept new tokens from being stored: with rotation, the file then holds a
 *   refresh token that is over
 * @throws what `work` throws, with that told beside it
 */
export async function withAccessToken<T>(
  kept: KeptSignIn,
  work: (accessToken: string) => Promise<T>,
): Promise<{ readonly result: T; readonly problem: DeviceFileProblem | undefined }> {
  const { accessToken, expiresAt } = kept.user.tokens;
  const { now = Date.now } = kept.call;
  if (expiresAt - MARGIN_MS > now()) return { result: await work(accessToken), problem: undefined };
  const { tokens, problem } = await refreshKept(kept);
  try {
    return { result: await work(tokens.accessToken), problem };
  } catch (error) {
    throw withDeviceProblem(error, problem);
  }
}
