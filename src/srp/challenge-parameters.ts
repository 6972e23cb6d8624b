/** What a PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER challenge brings, checked field by field. */
import { type BigInteger, compareTo, fromHex } from '#big-integer';
import { malformed } from '../errors.ts';
import { isBase64 } from './encoding.ts';
import type { Group } from './group.ts';

/** `ChallengeParameters` as the service (or the AWS SDK) gives them. */
export type ChallengeParameters = Readonly<Record<string, string | undefined>>;

/** SRP_B of a right service has 768 digits at most; a few more may be leading zeros. */
const MAX_SRP_B_DIGITS = 1024;
/** SALT is 16 bytes for users and 16 or 17 for devices. */
const MAX_SALT_DIGITS = 256;

/**
 * The numbers and the opaque block of a verifier challenge.
 *
 * @internal
 */
export interface VerifierChallenge {
  readonly B: BigInteger;
  readonly salt: BigInteger;
  /** base64; goes back as PASSWORD_CLAIM_SECRET_BLOCK, untouched. */
  readonly secretBlock: string;
}

/** @throws ProtocolError CHALLENGE_PARAMETER_MISSING with the parameter's name in `field` */
export function requiredParameter(parameters: ChallengeParameters, name: string): string {
  const value = parameters[name];
  if (typeof value === 'string' && value !== '') return value;
  throw malformed('CHALLENGE_PARAMETER_MISSING', name, 'part of the challenge');
}

/**
 * @throws ProtocolError SRP_B_INVALID unless 0 < SRP_B < N (RFC 5054 §2.5.3 refuses B % N = 0; a B that is
 *   not reduced comes from no right service), SALT_INVALID, SECRET_BLOCK_INVALID, CHALLENGE_PARAMETER_MISSING
 * @internal
 */
export function readVerifierChallenge({ N }: Group, parameters: ChallengeParameters): VerifierChallenge {
  const B = hexParameter(parameters, 'SRP_B', MAX_SRP_B_DIGITS);
  if (compareTo(B, fromHex('0')) === 0 || compareTo(B, N) >= 0) {
    throw malformed('SRP_B_INVALID', 'SRP_B', 'from 1 to N - 1; refused before using the password');
  }
  const salt = hexParameter(parameters, 'SALT', MAX_SALT_DIGITS);
  const secretBlock = requiredParameter(parameters, 'SECRET_BLOCK');
  if (!isBase64(secretBlock)) throw malformed('SECRET_BLOCK_INVALID', 'SECRET_BLOCK', 'base64');
  return { B, salt, secretBlock };
}

function hexParameter(
  parameters: ChallengeParameters,
  name: 'SRP_B' | 'SALT',
  maxDigits: number,
): BigInteger {
  const text = requiredParameter(parameters, name);
  if (text.length <= maxDigits && /^[0-9a-f]+$/i.test(text)) return fromHex(text);
  throw malformed(`${name}_INVALID`, name, `hexadecimal, at most ${maxDigits} digits`);
}
