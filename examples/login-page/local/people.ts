/** Lists the users of a pool on this machine for the panel: their names, and the codes of their authenticator apps. */
import type { UserPool } from 'cognito-local-pool';
import { Secret, TOTP } from 'otpauth';
import type { KnownUser } from './local-pool.ts';

const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

/** @returns each user, with the code that an authenticator app would show, so that nobody needs such an app */
export const knownUsers = (pool: UserPool): readonly KnownUser[] =>
  pool.users.all().map(({ username, sub, aliases, attributes, softwareToken }) => {
    const { email = '', phone_number = '' } = attributes as Readonly<Record<string, string>>;
    return {
      username,
      names: [username, sub, email, phone_number, ...aliases].filter((name) => name !== ''),
      ...(softwareToken && { appCode: codeOf(softwareToken.secret) }),
    };
  });
