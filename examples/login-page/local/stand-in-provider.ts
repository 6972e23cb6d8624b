/** Starts an identity provider on this machine, and makes it a provider of a pool, as Google or a company's login would be. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { UserPool } from 'cognito-local-pool';

export const PROVIDER = 'Company';

const REGISTRATION = { clientId: 'the-pool', clientSecret: 'not-a-real-secret' };
const ACCOUNTS = {
  'Robin-1': { name: 'Robin', given_name: 'Robin', email: 'robin@company.example', email_verified: true },
};

/** CreateIdentityProvider is an administrator's, so it has to be signed. A local pool checks that it is, and not by whom. */
const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260924/local/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff';

/**
 * @param folder the path of examples/login-page
 * @param endpoint the address at which browsers reach the pool
 * @returns ends the provider
 */
export async function addStandInProvider(
  folder: string,
  pool: UserPool,
  endpoint: string,
): Promise<() => Promise<void>> {
  const file = join(folder, '../../pool/test/federation/stand-in-provider.mjs');
  const redirectUris = [`${endpoint}/oauth2/idpresponse`];
  const worker = new Worker(file, {
    workerData: { redirectUris, accounts: ACCOUNTS, ...REGISTRATION },
    // It warns that it is not set up for production
    stdout: true,
    stderr: true,
  });
  const [issuer] = await once(worker, 'message');
  const response = await pool.fetch(`${endpoint}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.CreateIdentityProvider',
      authorization: SIGNATURE,
    },
    body: JSON.stringify({
      UserPoolId: pool.userPoolId,
      ProviderName: PROVIDER,
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_id: REGISTRATION.clientId,
        client_secret: REGISTRATION.clientSecret,
        authorize_scopes: 'openid email profile',
        oidc_issuer: String(issuer),
        attributes_request_method: 'GET',
      },
      AttributeMapping: {
        username: 'sub',
        email: 'email',
        email_verified: 'email_verified',
        given_name: 'given_name',
      },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  return async () => void (await worker.terminate());
}
