/** UserMigration: a trigger that brings a user along whom the pool does not have yet. */

import type { Medium } from '../domain/codes.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import type { MigrationSource } from './events.ts';
import { readFlag, readText, readTextList, readTexts } from './response-members.ts';
import { hasTrigger, runTrigger, unrecognizable } from './run-trigger.ts';
import { makeEvent, withClientMetadata } from './trigger-event.ts';

type Texts = Readonly<Record<string, string>>;

/** A name that nobody has. */
export interface MigrationRequest {
  readonly source: MigrationSource;
  /** The name that was typed. */
  readonly name: string;
  /** Undefined for ForgotPassword. */
  readonly password: string | undefined;
  /** The ClientMetadata of InitiateAuth. */
  readonly validationData: Texts | undefined;
  /** The ClientMetadata of ForgotPassword. */
  readonly clientMetadata: Texts | undefined;
}

/** The user whom the trigger brings along. */
export interface Migration {
  /** The name that was typed, or the `username` among the attributes. */
  readonly username: string;
  readonly attributes: Texts;
  /** Whether the password may be used as it is. Otherwise the user has to choose another one. */
  readonly isConfirmed: boolean;
  readonly isWelcomed: boolean;
  readonly deliveryMediums: readonly Medium[];
  readonly movesAliases: boolean;
  readonly enablesSms: boolean;
}

/**
 * Runs UserMigration, if the pool has it.
 *
 * @returns undefined if the pool does not have the trigger, or the trigger does not know the user either
 * @throws ServiceException what `runTrigger` throws, and InvalidLambdaResponseException for a response with wrong types
 */
export async function userMigration(
  pool: Pool,
  client: Client,
  { source, name, password, validationData, clientMetadata }: MigrationRequest,
): Promise<Migration | undefined> {
  if (!hasTrigger(pool, 'UserMigration')) return undefined;
  const response = await runTrigger(
    pool,
    'UserMigration',
    makeEvent(
      pool,
      source,
      { userName: name, clientId: client.ClientId },
      {
        ...(password !== undefined && { password }),
        validationData: validationData ?? null,
        ...withClientMetadata(clientMetadata),
      },
      {
        userAttributes: null,
        forceAliasCreation: null,
        enableSMSMFA: null,
        finalUserStatus: null,
        messageAction: null,
        desiredDeliveryMediums: null,
      },
    ),
  );
  const given = readTexts(response, 'userAttributes');
  // Documented: an empty response means that the user does not exist
  if (!given || Object.keys(given).length === 0) return undefined;
  const { username, ...attributes } = given;
  // Documented: a user name may be given only if an alias was typed
  if (username !== undefined && username !== name && !Object.values(attributes).includes(name)) {
    throw unrecognizable();
  }
  const enablesSms = readFlag(response, 'enableSMSMFA');
  // Documented: text messages need a phone number. AWS's refusal is not known.
  if (enablesSms && !attributes['phone_number']) throw unrecognizable();
  return {
    username: username ?? name,
    attributes,
    isConfirmed: readText(response, 'finalUserStatus') === 'CONFIRMED',
    isWelcomed: readText(response, 'messageAction') !== 'SUPPRESS',
    deliveryMediums: readMediums(readTextList(response, 'desiredDeliveryMediums')),
    movesAliases: readFlag(response, 'forceAliasCreation'),
    enablesSms,
  };
}

/** Documented: the default is a text message. */
function readMediums(given: readonly string[] = ['SMS']): readonly Medium[] {
  return given.map((each) => {
    if (each !== 'SMS' && each !== 'EMAIL') throw unrecognizable();
    return each;
  });
}
