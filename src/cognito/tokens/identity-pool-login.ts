/** The name under which an identity pool knows a user pool. */
import { checkAwsRegion, checkPool, issuerOf, type UserPoolClient } from '../client/user-pool-client.ts';

/**
 * The key for the `logins` of an identity pool, whose value is the user's ID token. It is the issuer of the pool's tokens
 * without `https://`, so it has the plain DNS suffix of the partition, also if the pool is used over FIPS or dual stack.
 *
 * @param pool the user pool and the app client that the identity pool trusts. A `clientSecret` and an `endpoint` do not matter.
 * @returns `cognito-idp.REGION.amazonaws.com/POOLID`, or with the DNS suffix of another partition, such as `amazonaws.com.cn`
 * @throws ArgumentError USER_POOL_ID_INVALID, CLIENT_ID_INVALID, CLIENT_SECRET_INVALID, OPTION_INVALID, or REGION_INVALID if
 *   the pool is not in a region of AWS
 * @example
 * ```ts
 * import { identityPoolLogin } from 'cognito-srp-engine';
 *
 * const pool = { userPoolId: 'eu-west-1_AbCdEf123', clientId: '1example23456789' };
 * console.log(identityPoolLogin(pool)); // cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123
 * ```
 * @see https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html
 */
export function identityPoolLogin(pool: UserPoolClient): string {
  checkPool(pool);
  checkAwsRegion(pool);
  return issuerOf(pool).slice('https://'.length);
}
