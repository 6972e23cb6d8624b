/** Authenticator apps: TOTP (RFC 6238) with SHA-1, 30 s and 6 digits. Uses otpauth. */
import { Secret, TOTP } from 'otpauth';
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';

/** An authenticator app: its secret, and the time steps whose codes have been used. */
export interface SoftwareToken {
  /** SecretCode of AssociateSoftwareToken: base32 (RFC 4648). */
  readonly secret: string;
  /** FriendlyDeviceName of VerifySoftwareToken. */
  readonly friendlyName: string | undefined;
  /** Time steps of 30 s since the epoch. A code is accepted once. */
  readonly usedSteps: readonly number[];
}

const PERIOD_S = 30;
/** How many time steps a code may be early or late. */
const WINDOW = 1;
const SECRET_BYTES = 32;

/** Makes a SecretCode: base32 without padding. */
export function newSecret(random: Random): string {
  return new Secret({ buffer: Uint8Array.from(random.bytes(SECRET_BYTES)).buffer }).base32.replace(/=+$/, '');
}

/**
 * Checks a code.
 *
 * @param time milliseconds since the epoch
 * @returns the token with the time step of the code marked as used, or undefined if the code is wrong
 * @throws ServiceException ExpiredCodeException if the code has been used before
 */
export function useCode(token: SoftwareToken, code: string, time: number): SoftwareToken | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const totp = new TOTP({ secret: Secret.fromBase32(token.secret), period: PERIOD_S });
  const delta = totp.validate({ token: code, timestamp: time, window: WINDOW });
  if (delta === null) return undefined;
  const now = Math.floor(time / 1000 / PERIOD_S);
  const step = now + delta;
  if (token.usedSteps.includes(step)) {
    throw new ServiceException('ExpiredCodeException', 'Your software token has already been used once.');
  }
  return { ...token, usedSteps: [...token.usedSteps.filter((used) => used >= now - WINDOW), step] };
}

export const noSoftwareToken = (): ServiceException =>
  new ServiceException(
    'SoftwareTokenMFANotFoundException',
    'Software Token MFA does not exist for the user.',
  );
