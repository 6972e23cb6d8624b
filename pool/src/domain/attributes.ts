/** The attributes of users as the wire writes them: lists, their order, and who may read them. */
import type { AttributeType } from '../model/types.generated.ts';
import type { Client } from '../settings/pool-settings.ts';
import type { User } from './user.ts';

/** Reads AWS's list of attributes. Of two with one name the last counts, and one without Value is empty. */
export const attributesOf = (list: readonly AttributeType[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(list.map(({ Name, Value = '' }) => [Name, Value]));

/**
 * Captured: standard attributes come in a fixed order, then the custom ones, and `sub` last. Of the order only email,
 * email_verified, family_name, given_name, birthdate is known.
 */
const ORDER: readonly string[] = [
  'email',
  'email_verified',
  'phone_number',
  'phone_number_verified',
  'name',
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'address',
  'updated_at',
];

/**
 * Makes AWS's list of a user's attributes.
 *
 * @param isReadable which ones are shown; `sub` always is. Default all.
 */
export function listAttributes(
  { sub, attributes }: User,
  isReadable: (name: string) => boolean = () => true,
): readonly AttributeType[] {
  const standard = ORDER.filter((name) => Object.hasOwn(attributes, name));
  const others = Object.keys(attributes).filter((name) => !ORDER.includes(name));
  const shown = [...standard, ...others].filter(isReadable);
  return [...shown.map((Name) => ({ Name, Value: attributes[Name] ?? '' })), { Name: 'sub', Value: sub }];
}

/** Whether users see this attribute through the client, in GetUser and in ID tokens. A client without a list sees all. */
export const isReadableBy =
  ({ ReadAttributes }: Client) =>
  (name: string): boolean =>
    !name.startsWith('dev:') && (ReadAttributes === undefined || ReadAttributes.includes(name));
