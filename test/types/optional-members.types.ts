/**
 * What a caller does not have can be given as undefined, also with `exactOptionalPropertyTypes`: an option that comes from a
 * configuration, for example. `npm run check` compiles it.
 */
import type { CookieStorageOptions } from '../../src/cookies/index.ts';
import type { GetTokensInput, TokenKeeperInput, UserStoreOptions } from '../../src/index.ts';
import type { SessionInput, SignOutInput } from '../../src/session/index.ts';
import type { TokenRequirements, TokenVerifierOptions } from '../../src/verify/index.ts';

type OptionalNames<Input> = {
  [Name in keyof Input]-?: object extends Pick<Input, Name> ? Name : never;
}[keyof Input];

/** Each optional member of the input, as undefined. */
type AllUndefined<Input> = { readonly [Name in OptionalNames<Input>]: undefined };

declare const undefinedMembers: {
  readonly userStore: AllUndefined<UserStoreOptions>;
  readonly session: AllUndefined<SessionInput>;
  readonly signOut: AllUndefined<SignOutInput>;
  readonly keeper: AllUndefined<TokenKeeperInput>;
  readonly getTokens: AllUndefined<GetTokensInput>;
  readonly verifier: AllUndefined<TokenVerifierOptions>;
  readonly requirements: AllUndefined<TokenRequirements>;
  readonly cookies: AllUndefined<CookieStorageOptions>;
};

export const taken: {
  readonly userStore: UserStoreOptions;
  readonly session: Omit<SessionInput, 'store'>;
  readonly signOut: SignOutInput;
  readonly keeper: Omit<TokenKeeperInput, 'username' | 'tokens'>;
  readonly getTokens: GetTokensInput;
  readonly verifier: TokenVerifierOptions;
  readonly requirements: Omit<TokenRequirements, 'use'>;
  readonly cookies: CookieStorageOptions;
} = undefinedMembers;
