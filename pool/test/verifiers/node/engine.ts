import { createTokenVerifier } from 'cognito-srp-engine/verify';

/** `endpoint` is that of the local pool. Against AWS, leave it out. */
export function createVerifier(endpoint: string, userPoolId: string, clientId: string) {
  return createTokenVerifier({ userPoolId, clientId, endpoint });
}
