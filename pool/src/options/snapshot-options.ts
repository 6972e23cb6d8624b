/** What a seed has beyond the options, if it is the snapshot of a pool: everything that the pool kept, as JSON. */
import type { IssuedCode } from '../domain/codes.ts';
import type { Grant, KeptToken } from '../domain/grants.ts';
import type { KeptKey } from '../domain/kept-key.ts';
import type { GroupType } from '../model/types.generated.ts';
import type { KeptLogin } from '../oauth/login-sessions.ts';
import type { Client, ClientSecret, PoolSettings } from '../settings/pool-settings.ts';

/** An app client as DescribeUserPoolClient describes it, or as a snapshot has it. */
export interface ClientRecord extends Omit<Client, 'secrets'> {
  readonly secrets?: readonly ClientSecret[];
  /** The only secret, where `secrets` is the longer form. */
  readonly ClientSecret?: string;
}

/** A group as GetGroup describes it. */
export type GroupRecord = GroupType & { readonly GroupName: string };

/** A document of configuration that is only stored. */
export interface DocumentRecord {
  readonly kind: string;
  readonly id: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/** The members of a snapshot that a seed by hand does not need. */
export interface PoolRecord {
  /** Which journals belong to the snapshot. A seed ignores it. */
  readonly generation?: number;
  /** The settings as AWS describes them. They take the place of all options that are settings. */
  readonly settings?: PoolSettings;
  /** The secret from which the pool derives what must stay the same: 32 bytes, base64url. */
  readonly secret?: { readonly key: string };
  /** The keys that sign tokens. */
  readonly signingKeys?: readonly KeptKey[];
  readonly documents?: readonly DocumentRecord[];
  readonly grants?: readonly Grant[];
  readonly refreshTokens?: readonly KeptToken[];
  /** Who is signed in with a browser, by managed login. */
  readonly loginSessions?: readonly KeptLogin[];
  /** Codes that were sent and can still be used. */
  readonly codes?: readonly IssuedCode[];
}
