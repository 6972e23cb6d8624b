/** What a PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER challenge brings, checked field by field. */
import { type BigInteger, compareTo, fromHex } from '#big-integer';
import { ProtocolError, type ProtocolErrorCode } from '../errors.ts';
import { isBase64, isHex } from './encoding.ts';
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
  if (typeof value !== 'string' || value === '') {
    throw new ProtocolError('CHALLENGE_PARAMETER_MISSING', `The challenge lacks the parameter "${name}"`, {
      field: name,
    });
  }
  return value;
}

/**
 * @throws ProtocolError SRP_B_INVALID unless 0 < SRP_B < N (RFC 5054 §2.5.3 refuses B % N = 0; a B that is
 *   not reduced comes from no right service), SALT_INVALID, SECRET_BLOCK_INVALID, CHALLENGE_PARAMETER_MISSING
 * @internal
 */
export function readVerifierChallenge({ N }: Group, parameters: ChallengeParameters): VerifierChallenge {
  const B = hexParameter(parameters, 'SRP_B', 'SRP_B_INVALID', MAX_SRP_B_DIGITS);
  if (compareTo(B, fromHex('0')) === 0 || compareTo(B, N) >= 0) {
    throw new ProtocolError(
      'SRP_B_INVALID',
      '"SRP_B" must be from 1 to N - 1; refused before using the password',
      {
        field: 'SRP_B',
      },
    );
  }
  const salt = hexParameter(parameters, 'SALT', 'SALT_INVALID', MAX_SALT_DIGITS);
  const secretBlock = requiredParameter(parameters, 'SECRET_BLOCK');
  if (!isBase64(secretBlock)) {
    throw new ProtocolError('SECRET_BLOCK_INVALID', '"SECRET_BLOCK" must be base64', {
      field: 'SECRET_BLOCK',
    });
  }
  return { B, salt, secretBlock };
}

function hexParameter(
  parameters: ChallengeParameters,
  name: string,
  code: ProtocolErrorCode,
  maxDigits: number,
): BigInteger {
  const text = requiredParameter(parameters, name);
  if (text.length > maxDigits || !isHex(text)) {
    throw new ProtocolError(code, `"${name}" must be hexadecimal, at most ${maxDigits} digits`, {
      field: name,
    });
  }
  return fromHex(text);
}
