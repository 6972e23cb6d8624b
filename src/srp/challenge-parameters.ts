/** What a PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER challenge brings, checked field by field. */
import { type BigInteger, compareTo, fromHex, isZero } from '#big-integer';
import { malformed } from '../errors.ts';
import type { Group } from './group.ts';

/** A reply's `ChallengeParameters`, as the service or the AWS SDK gives them. */
export type ChallengeParameters = Readonly<Record<string, string | undefined>>;

/**
 * The numbers and the opaque block of a verifier challenge.
 *
 * @internal
 */
export interface VerifierChallenge {
  readonly B: BigInteger;
  readonly salt: BigInteger;
  /** The service's own text. It goes back unchanged as PASSWORD_CLAIM_SECRET_BLOCK, and its bytes are signed. */
  readonly secretBlock: string;
}

/** A SECRET_BLOCK of AWS has 2.5 KB. */
const MAX_SECRET_BLOCK_LENGTH = 16_384;

/** Hexadecimal, at most 1024 digits. N has 768. */
const NUMBER = /^[0-9a-f]{1,1024}$/i;

/**
 * Reads the numbers and the block of a verifier challenge.
 *
 * RFC 5054 §2.5.3 refuses B % N = 0. This function also refuses a B above N, because no correct service sends one.
 * SECRET_BLOCK is opaque: AWS sends base64, and other servers send base64url or a UUID. Only the service reads it, so its
 * form protects nobody.
 *
 * @throws ProtocolError SRP_B_INVALID unless 0 < SRP_B < N
 * @throws ProtocolError SALT_INVALID, SECRET_BLOCK_INVALID or CHALLENGE_PARAMETER_MISSING
 * @internal
 */
export function readVerifierChallenge({ N }: Group, parameters: ChallengeParameters): VerifierChallenge {
  const B = readNumber(parameters, 'SRP_B');
  if (isZero(B) || compareTo(B, N) >= 0) throw malformed('SRP_B_INVALID', 'SRP_B', 'from 1 to N - 1');
  const salt = readNumber(parameters, 'SALT');
  const secretBlock = readParameter(parameters, 'SECRET_BLOCK');
  if (secretBlock.length > MAX_SECRET_BLOCK_LENGTH) {
    throw malformed('SECRET_BLOCK_INVALID', 'SECRET_BLOCK', 'at most 16 KB long');
  }
  return { B, salt, secretBlock };
}

function readNumber(parameters: ChallengeParameters, name: 'SRP_B' | 'SALT'): BigInteger {
  const text = readParameter(parameters, name);
  if (NUMBER.test(text)) return fromHex(text);
  throw malformed(`${name}_INVALID`, name, 'hexadecimal, at most 1024 digits');
}

/** @throws ProtocolError CHALLENGE_PARAMETER_MISSING with the parameter's name in `field` */
function readParameter(parameters: ChallengeParameters, name: string): string {
  const value = parameters[name];
  if (value && typeof value === 'string') return value;
  throw malformed('CHALLENGE_PARAMETER_MISSING', name, 'in the challenge');
}

/**
 * Reads the name in a PASSWORD_VERIFIER challenge that is signed, and that is sent back as USERNAME.
 *
 * The service always sends USER_ID_FOR_SRP. Some emulators leave it out, and then sign with USERNAME, or with what was
 * typed.
 *
 * @param typedName what the user typed, if it is known
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING
 */
export const readUserIdForSrp = (parameters: ChallengeParameters, typedName?: string): string =>
  parameters['USER_ID_FOR_SRP'] ||
  parameters['USERNAME'] ||
  typedName ||
  readParameter(parameters, 'USER_ID_FOR_SRP');

/**
 * Reads the name in a DEVICE_PASSWORD_VERIFIER challenge that is sent back as USERNAME. It is not signed.
 *
 * @param username USER_ID_FOR_SRP of the sign-in, if it is known
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING
 */
export const readDeviceUsername = (parameters: ChallengeParameters, username?: string): string =>
  parameters['USERNAME'] || username || readParameter(parameters, 'USERNAME');
