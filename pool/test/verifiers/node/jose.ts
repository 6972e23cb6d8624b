import { createRemoteJWKSet, jwtVerify } from 'jose';

/** `endpoint` is that of the local pool. Against AWS it is the origin of the issuer. */
export function createVerifier(endpoint: string, userPoolId: string, clientId: string) {
  const [region] = userPoolId.split('_');
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  const keys = createRemoteJWKSet(new URL(`${endpoint}/${userPoolId}/.well-known/jwks.json`));
  return {
    verify: async (token: string, use: 'access' | 'id') => {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
      });
      if (payload['token_use'] !== use) throw new Error(`The token is not an ${use} token`);
      const client = use === 'access' ? payload['client_id'] : payload.aud;
      if (client !== clientId) throw new Error('The token is for another client');
      return payload;
    },
  };
}
