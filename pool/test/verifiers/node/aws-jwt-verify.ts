import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** `endpoint` is that of the local pool. Against AWS, leave `jwksCache` out. */
export function createVerifier(endpoint: string, userPoolId: string, clientId: string) {
  const fetcher = {
    // The library names AWS's host, and its own fetcher takes https alone
    fetch: async (uri: string) => {
      const response = await fetch(new URL(new URL(uri).pathname, endpoint));
      if (!response.ok) throw new Error(`The keys could not be had: HTTP ${response.status}`);
      return response.arrayBuffer();
    },
  };
  const jwksCache = new SimpleJwksCache({ fetcher });
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' }, { jwksCache });
  return {
    verify: (token: string, tokenUse: 'access' | 'id') => verifier.verify(token, { tokenUse }),
  };
}
