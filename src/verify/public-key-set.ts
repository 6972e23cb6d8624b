/** Public keys as plain data. They stand apart from what uses jose, so that the public types need no other package. */

/** The public keys of a pool: a JWKS (RFC 7517 §5). */
export interface PublicKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}
