/** Authenticator apps: TOTP of RFC 6238 with SHA-1, 30 s and 6 digits, checked with otpauth. */
import { Secret, TOTP } from 'otpauth';
import type { Random } from './randomness.ts';
import { ServiceException } from './service-exception.ts';

/** A secret shared with an app, and the steps whose codes have been used. */
export interface SoftwareToken {
  /** RFC 4648 base32: SecretCode. */
  readonly secret: string;
  readonly friendlyName: string | undefined;
  readonly usedSteps: readonly number[];
}

const PERIOD_S = 30;
/** Steps a code may be early or late. */
const WINDOW = 1;
const SECRET_BYTES = 32;

/** SecretCode: base32 without padding. */
export function newSecret(random: Random): string {
  return new Secret({ buffer: Uint8Array.from(random.bytes(SECRET_BYTES)).buffer }).base32.replace(/=+$/, '');
}

/**
 * @param time milliseconds since the epoch
 * @returns the token with this code used, or undefined where the code is wrong
 * @throws ServiceException ExpiredCodeException for a code that was right before
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
