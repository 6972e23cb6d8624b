/** The application that is tested. It is given the pool and, in tests, a fetch. */
import { decodeClaims, type SignInOptions, signIn, type UserPoolClient } from 'cognito-srp-engine';

export async function greet(
  pool: UserPoolClient,
  credentials: { readonly username: string; readonly password: string },
  options: SignInOptions = {},
): Promise<string> {
  const step = await signIn(pool, credentials, options);
  if (step.status === 'challenge') return `One more step: ${step.challenge.name}`;
  return `Hello, ${decodeClaims(step.tokens.idToken)?.['given_name'] ?? step.username}`;
}
