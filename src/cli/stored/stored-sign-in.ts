/** Finds the sign-in that a device file stores, and gets a valid access token for it. */
import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  type CallOptions,
  refreshTokens,
  ServiceError,
  type StoredUser,
  type Tokens,
  type UserPoolClient,
  type UserStore,
} from '../../index.ts';
import { UsageError, withDeviceProblem } from '../failures.ts';
import type { Flags, FlagTable } from '../input/flags.ts';
import { CLIENT_FLAGS, ENDPOINT_FLAGS, readCallOptions, readClient } from '../input/pool-flags.ts';
import type { Io } from '../io.ts';
import { type DeviceFileProblem, openDeviceFile, tryToWrite } from './device-file.ts';
import { removeRefusedDevice } from './device-log.ts';

/** The flags of every command that needs a stored sign-in, besides the common ones. */
export const STORED_SIGN_IN_FLAGS = {
  device: {
    type: 'string',
    placeholder: 'FILE',
    required: true,
    help: 'the file that sign-in --device wrote',
  },
  ...CLIENT_FLAGS,
  username: { type: 'string', placeholder: 'NAME', help: 'user name or alias; default: who signed in last' },
  ...ENDPOINT_FLAGS,
  timeout: { ...ENDPOINT_FLAGS.timeout, help: `${ENDPOINT_FLAGS.timeout.help}, 5 for new tokens` },
} as const satisfies FlagTable;

/** A sign-in from a file, and what is needed to call the service for it. */
export interface StoredSignIn {
  readonly pool: UserPoolClient;
  readonly call: CallOptions;
  readonly store: UserStore;
  readonly user: StoredUser;
  /** The key of the user's device, if the file has one. */
  readonly deviceKey: string | undefined;
  readonly pause: NonNullable<Io['pause']>;
}

/** @throws UsageError NOT_SIGNED_IN, DEVICE_FILE_UNUSABLE */
export async function openStoredSignIn(
  flags: Flags<keyof typeof STORED_SIGN_IN_FLAGS | 'json'>,
  io: Io,
): Promise<StoredSignIn> {
  const call = readCallOptions(flags, io);
  const pool = readClient(flags, io);
  const path = flags.get('device') ?? '';
  const { store, problem } = await openDeviceFile(path, pool);
  const name = flags.get('username');
  const user = await loadUser(store, name);
  if (!user) {
    const ofUser = name === undefined ? '' : ' of this user';
    const message = `The file ${path} has no sign-in${ofUser} with this app client. Sign in with cognito-srp sign-in --device ${path}`;
    throw withDeviceProblem(new UsageError('NOT_SIGNED_IN', message), problem);
  }
  const device = await store.device(user.username);
  const { pause = async (ms) => await pauseFor(ms) } = io;
  return { pool, call, store, user, deviceKey: device?.key, pause };
}

/** @param name canonical or alias; default: who signed in last */
async function loadUser(store: UserStore, name: string | undefined): Promise<StoredUser | undefined> {
  const user = await store.load(name);
  if (user || name === undefined) return user;
  // The store knows an alias only by the device of its user.
  const device = await store.device(name);
  return device?.username === undefined ? undefined : store.load(device.username);
}

/** New tokens. */
interface RefreshedTokens {
  readonly tokens: Tokens;
  /** Why the tokens could not be stored. */
  readonly problem: DeviceFileProblem | undefined;
}

/**
 * Gets new tokens for the refresh token, and stores them. If another run has used the refresh token first, it takes the tokens that
 * this one has stored.
 *
 * @throws UsageError NOT_SIGNED_IN if there is no refresh token
 * @throws ServiceError, ProtocolError. A device that the service does not know is removed from the file first.
 */
export async function refreshStoredTokens(signIn: StoredSignIn): Promise<RefreshedTokens> {
  const { pool, call, store, deviceKey } = signIn;
  const { username, tokens: stored } = signIn.user;
  const { refreshToken } = stored;
  if (refreshToken === undefined) {
    throw new UsageError('NOT_SIGNED_IN', 'The file has no refresh token. Sign in again with --device');
  }
  try {
    const tokens = await refreshTokens(pool, { username, refreshToken, deviceKey }, call);
    return { tokens, problem: await tryToWrite(() => store.saveTokens(username, tokens)) };
  } catch (error) {
    const tokens = isRefusedRefreshToken(error) && (await findNewerTokens(signIn, refreshToken));
    if (tokens) return { tokens, problem: undefined };
    throw withDeviceProblem(error, await removeRefusedDevice(store, username, error));
  }
}

const isRefusedRefreshToken = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.code === 'REFRESH_TOKEN_REFUSED' || error.code === 'REFRESH_TOKEN_REUSED');

/** Between two looks at the file, in milliseconds. Another run may have its tokens already, and not have stored them yet. */
const PAUSES_MS = [0, 250, 1500] as const;

/**
 * Looks for the tokens of another run. A lock around the refresh would not do instead. Other programs that use the file do not take
 * it, and where the file cannot be locked, the refresh would fail before it is sent.
 */
async function findNewerTokens(
  { store, user, pause }: StoredSignIn,
  refreshToken: string,
): Promise<Tokens | undefined> {
  for (const ms of PAUSES_MS) {
    await pause(ms);
    const found = await store.load(user.username).catch(() => undefined);
    if (found && found.tokens.refreshToken !== refreshToken) return found.tokens;
  }
  return undefined;
}

/**
 * An access token that is valid for less than this, in milliseconds, is refreshed first: clocks differ, and a request
 * takes its time.
 */
const MIN_VALIDITY_MS = 30_000;

/** What came of a call, and why new tokens could not be stored. */
interface CallOutcome<T> {
  readonly result: T;
  /** If the app client rotates refresh tokens, the file now has one that is not valid any longer. */
  readonly problem: DeviceFileProblem | undefined;
}

/**
 * Calls the service with the access token, which is refreshed first if it has expired.
 *
 * @throws what `callService` throws, with the problem of new tokens that could not be stored
 */
export async function callWithAccessToken<T>(
  signIn: StoredSignIn,
  callService: (accessToken: string) => Promise<T>,
): Promise<CallOutcome<T>> {
  const { accessToken, expiresAt } = signIn.user.tokens;
  const { now = Date.now } = signIn.call;
  if (expiresAt - MIN_VALIDITY_MS > now()) {
    return { result: await callService(accessToken), problem: undefined };
  }
  const { tokens, problem } = await refreshStoredTokens(signIn);
  try {
    return { result: await callService(tokens.accessToken), problem };
  } catch (error) {
    throw withDeviceProblem(error, problem);
  }
}
