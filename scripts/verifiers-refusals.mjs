/**
 * The words with which each library refuses a token, by the fault of the token. A refusal in other words fails the case, because
 * the library may have refused for another reason, such as keys that it could not fetch. The words are those of the pinned versions.
 */

/**
 * @typedef {'use' | 'expired' | 'early' | 'client' | 'signature' | 'unsigned' | 'hmac' | 'key' | 'issuer' | 'pool'} Fault
 */

const JOSE = {
  use: /The token is not an (access|id) token/,
  expired: /"exp" claim timestamp check failed/,
  early: /"nbf" claim timestamp check failed/,
  client: /The token is for another client/,
  signature: /signature verification failed/,
  unsigned: /"alg" \(Algorithm\) Header Parameter value not allowed/,
  hmac: /"alg" \(Algorithm\) Header Parameter value not allowed/,
  key: /no applicable key found/,
  issuer: /unexpected "iss" claim value/,
  pool: /no applicable key found/,
};

/** @type {Readonly<Record<string, Readonly<Record<Fault, RegExp>>>>} */
export const REFUSALS = {
  'cognito-srp-engine/verify': { ...JOSE, client: /token was issued to another client/ },
  'aws-jwt-verify': {
    use: /Token use not allowed/,
    expired: /Token expired at/,
    early: /Token can't be used before/,
    client: /Client ID.* not allowed: another/,
    signature: /Invalid signature/,
    unsigned: /does not consist of exactly 3 parts/,
    hmac: /JWT signature algorithm not allowed: HS256/,
    // After an unknown key it asks for keys again only ten seconds later
    key: /JWK for kid "foreign" not found|Not allowed to fetch JWKS yet/,
    issuer: /issuer not configured/,
    pool: /issuer not configured/,
  },
  jose: JOSE,
  'jwks-rsa and jsonwebtoken': {
    use: /The token is not an (access|id) token/,
    expired: /TokenExpiredError: jwt expired/,
    early: /NotBeforeError: jwt not active/,
    client: /The token is for another client/,
    signature: /invalid signature/,
    unsigned: /jwt signature is required/,
    hmac: /invalid algorithm/,
    key: /SigningKeyNotFoundError/,
    issuer: /jwt issuer invalid/,
    pool: /SigningKeyNotFoundError/,
  },
  PyJWT: {
    use: /The token is not an (access|id) token/,
    expired: /ExpiredSignatureError/,
    early: /ImmatureSignatureError/,
    client: /The token is for another client/,
    signature: /InvalidSignatureError/,
    unsigned: /InvalidAlgorithmError/,
    hmac: /InvalidAlgorithmError/,
    key: /Unable to find a signing key/,
    issuer: /InvalidIssuerError/,
    pool: /Unable to find a signing key/,
  },
  'lestrrat-go/jwx': {
    use: /claim "token_use" does not have the expected value/,
    expired: /token is expired/,
    early: /token is not yet valid/,
    client: /claim "client_id" does not have the expected value|"aud" not satisfied/,
    signature: /crypto\/rsa: verification error/,
    // It verifies with the algorithm that the key names, whatever the token says
    unsigned: /crypto\/rsa: verification error/,
    hmac: /crypto\/rsa: verification error/,
    key: /failed to find key with key ID/,
    issuer: /"iss" not satisfied/,
    pool: /failed to find key with key ID/,
  },
  'Spring Security': {
    use: /The token_use claim is not valid/,
    expired: /Jwt expired at/,
    early: /Jwt used before/,
    client: /The (client_id|aud) claim is not valid/,
    signature: /Invalid signature/,
    unsigned: /Unsupported algorithm of none/,
    hmac: /Another algorithm expected/,
    key: /no matching key\(s\) found/,
    issuer: /The iss claim is not valid/,
    pool: /no matching key\(s\) found/,
  },
};
