/** Computes one answer with the package's core from a given a. It is bundled once for each integer module. */
import { fromHex } from '#big-integer';
import { ephemeralOf } from '../../src/srp/ephemeral.ts';
import { cognitoGroup } from '../../src/srp/group.ts';
import { passwordVerifierResponses } from '../../src/srp/index.ts';

/** All that goes into a handshake. */
export interface Handshake {
  readonly poolName: string;
  readonly username: string;
  readonly password: string;
  /** Hexadecimal, as are SRP_B and SALT. */
  readonly a: string;
  readonly SRP_B: string;
  readonly SALT: string;
  readonly SECRET_BLOCK: string;
  readonly TIMESTAMP: string;
}

/** What has to be the same in every implementation. */
export interface Answer {
  readonly SRP_A: string;
  readonly PASSWORD_CLAIM_SIGNATURE: string;
}

export function answer(handshake: Handshake): Answer {
  const ephemeral = ephemeralOf(cognitoGroup(), fromHex(handshake.a));
  const { PASSWORD_CLAIM_SIGNATURE, TIMESTAMP } = passwordVerifierResponses(
    ephemeral,
    {
      SRP_B: handshake.SRP_B,
      SALT: handshake.SALT,
      SECRET_BLOCK: handshake.SECRET_BLOCK,
      USER_ID_FOR_SRP: handshake.username,
    },
    {
      userPoolId: `eu-west-1_${handshake.poolName}`,
      password: handshake.password,
      now: Date.parse(handshake.TIMESTAMP),
    },
  );
  if (TIMESTAMP !== handshake.TIMESTAMP) throw new Error(`${TIMESTAMP} instead of ${handshake.TIMESTAMP}`);
  return { SRP_A: ephemeral.SRP_A, PASSWORD_CLAIM_SIGNATURE };
}
