import jwt from 'jsonwebtoken';
import { JwksClient } from 'jwks-rsa';

/** `endpoint` is that of the local pool. Against AWS it is the origin of the issuer. */
export function createVerifier(endpoint: string, userPoolId: string, clientId: string) {
  const [region] = userPoolId.split('_');
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  const keys = new JwksClient({ jwksUri: `${endpoint}/${userPoolId}/.well-known/jwks.json` });
  return {
    verify: async (token: string, use: 'access' | 'id') => {
      const kid = jwt.decode(token, { complete: true })?.header.kid;
      const key = (await keys.getSigningKey(kid)).getPublicKey();
      const payload = jwt.verify(token, key, { issuer, algorithms: ['RS256'] });
      if (typeof payload === 'string') throw new Error('The token has no claims');
      if (payload['token_use'] !== use) throw new Error(`The token is not an ${use} token`);
      const client = use === 'access' ? payload['client_id'] : payload.aud;
      if (client !== clientId) throw new Error('The token is for another client');
      return payload;
    },
  };
}
