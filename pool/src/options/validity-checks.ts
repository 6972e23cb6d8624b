/** Checks how long the tokens of a client of options are valid. The limits depend on the units. */
import { UNIT_SECONDS } from '../domain/clients.ts';
import { type Checks, object, oneOf, whole } from './checks.ts';
import type { ClientOptions, TokenValidityUnits } from './options.ts';

type Validity = 'accessTokenValidity' | 'idTokenValidity' | 'refreshTokenValidity';

const UNIT = oneOf('seconds', 'minutes', 'hours', 'days');

export const VALIDITIES: Checks<Pick<ClientOptions, Validity | 'tokenValidityUnits'>> = {
  accessTokenValidity: whole(1),
  idTokenValidity: whole(1),
  refreshTokenValidity: whole(1),
  tokenValidityUnits: object({
    accessToken: UNIT,
    idToken: UNIT,
    refreshToken: UNIT,
  } satisfies Checks<TokenValidityUnits>),
};

const DAY = UNIT_SECONDS.days;
const TEN_YEARS = 3650 * DAY;

/**
 * Checks what fits into the service's longest times. Its shortest ones, 5 minutes and an hour, do not hold here, because tests want
 * tokens that soon expire.
 *
 * @throws TypeError that names the field
 */
export function checkValidities(client: ClientOptions, path: string): void {
  const { accessToken = 'hours', idToken = 'hours', refreshToken = 'days' } = client.tokenValidityUnits ?? {};
  const limits = [
    ['accessTokenValidity', DAY / UNIT_SECONDS[accessToken]],
    ['idTokenValidity', DAY / UNIT_SECONDS[idToken]],
    ['refreshTokenValidity', TEN_YEARS / UNIT_SECONDS[refreshToken]],
  ] as const;
  for (const [name, most] of limits) {
    if (client[name] !== undefined) whole(1, most)(client[name], `${path}.${name}`);
  }
}
