/** The secrets of app clients, and the ids of clients: random numbers that are written to the base 32. */

import type { ClientSecretDescriptorType } from '../model/types.generated.ts';
import type { Client, ClientSecret } from '../settings/pool-settings.ts';
import type { Random } from './randomness.ts';

/** Captured: ids have 26 characters, a few have 25. */
const ID = { bits: 130, shortest: 25 };
/** Captured: secrets have 51 or 52 characters. */
const SECRET = { bits: 256, shortest: 51 };

export const newClientId = (random: Random): string => randomNumber(random, ID);

export const newSecretValue = (random: Random): string => randomNumber(random, SECRET);

function randomNumber(random: Random, { bits, shortest }: typeof ID): string {
  const hex = Array.from(random.bytes(Math.ceil(bits / 8)), (byte) => byte.toString(16).padStart(2, '0'));
  const number = BigInt.asUintN(bits, BigInt(`0x${hex.join('')}`));
  return number.toString(32).padStart(shortest, '0');
}

/**
 * Makes a secret with an id of AWS's form: the client's id and the time. AWS's unit of that time is not known.
 *
 * @param others the secrets that the client has, whose ids must differ
 * @param time milliseconds since the epoch
 */
export function createSecret(
  clientId: string,
  value: string,
  others: readonly ClientSecret[],
  time: number,
): ClientSecret {
  const idAt = (at: number): string => {
    const id = `${clientId}--${at}`;
    return others.some((other) => other.id === id) ? idAt(at + 1) : id;
  };
  return { id: idAt(Math.floor(time)), value, createdAt: time };
}

/** Describes a secret without its value, which lists never show. */
export const describeSecret = ({ id, createdAt }: ClientSecret): ClientSecretDescriptorType => ({
  ClientSecretCreateDate: createdAt / 1000,
  ClientSecretId: id,
});

/** Puts other secrets in place of those that a client has. */
export const withSecrets = (client: Client, secrets: readonly ClientSecret[], time: number): Client => ({
  ...client,
  secrets,
  LastModifiedDate: time / 1000,
});
