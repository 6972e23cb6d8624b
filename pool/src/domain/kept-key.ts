/** A key that signs tokens, as it is kept. */
export interface KeptKey {
  /** What it signs. */
  readonly use: 'id' | 'access';
  readonly kid: string;
  /** A JWK (RFC 7517) of an RSA key. */
  readonly privateJwk: Readonly<Record<string, unknown>>;
}
