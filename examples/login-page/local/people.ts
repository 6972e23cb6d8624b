/** What the panel of a pool on this machine has to know of its users: their names, and what their apps show. */
import type { UserPool } from 'cognito-srp-engine/pool';
import { Secret, TOTP } from 'otpauth';
import type { KnownUser } from './local-pool.ts';

const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

/** Nobody has to set up an authenticator app to try a code. */
export const knownUsers = (pool: UserPool): readonly KnownUser[] =>
  pool.users.all().map(({ username, sub, aliases, attributes, softwareToken }) => {
    const { email = '', phone_number = '' } = attributes as Readonly<Record<string, string>>;
    return {
      username,
      names: [username, sub, email, phone_number, ...aliases].filter((name) => name !== ''),
      ...(softwareToken && { appCode: codeOf(softwareToken.secret) }),
    };
  });
