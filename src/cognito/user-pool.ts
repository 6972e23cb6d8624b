/** Which user pool and app client to talk to, and where: AWS's endpoint rules and custom endpoints. */
import { ArgumentError } from '../errors.ts';
import { poolName } from '../srp/password-verifier.ts';

/** A user pool and an app client of it. Plain data: keep it as a constant, or read it from JSON. */
export interface UserPoolClient {
  /** `eu-west-1_AbCdEf123`: the region, `_`, and the name that SRP is bound to. */
  readonly userPoolId: string;
  readonly clientId: string;
  /** Only for app clients that have one. A secret has no place in a browser or a mobile app. */
  readonly clientSecret?: string | undefined;
  /** Default: the part of `userPoolId` before `_`. */
  readonly region?: string | undefined;
  /** Instead of AWS: a local pool or a proxy, `http://127.0.0.1:9229`. */
  readonly endpoint?: string | undefined;
  /** AWS's FIPS 140 endpoints. */
  readonly useFips?: boolean | undefined;
  /** AWS's endpoints for IPv6 and IPv4. */
  readonly useDualStack?: boolean | undefined;
  /** How long the client's challenges can be answered, in minutes: its `AuthSessionValidity`. Default 3. */
  readonly authSessionValidityMinutes?: number | undefined;
  /**
   * Lets `endpoint` be plain http on a host that is not this machine. Everyone on the way then reads the
   * tokens and can change replies. For a closed test network only.
   */
  readonly dangerouslyAllowPlainHttp?: boolean | undefined;
}

/** [region pattern, DNS suffix, DNS suffix for dual stack]: AWS's partitions. */
const PARTITIONS: readonly (readonly [RegExp, string, string])[] = [
  [/^cn-\w+-\d+$/, 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  [/^us-gov-\w+-\d+$/, 'amazonaws.com', 'api.aws'],
  [/^us-iso-\w+-\d+$/, 'c2s.ic.gov', 'api.aws.ic.gov'],
  [/^us-isob-\w+-\d+$/, 'sc2s.sgov.gov', 'api.aws.scloud'],
  [/^eu-isoe-\w+-\d+$/, 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  [/^us-isof-\w+-\d+$/, 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  [/^eusc-\w+-\w+-\d+$/, 'amazonaws.eu', 'api.amazonwebservices.eu'],
  [/^[a-z]{2}-\w+-\d+$/, 'amazonaws.com', 'api.aws'],
];

/** In the `aws` partition these regions' dual-stack FIPS endpoint has the plain name (AWS's rule set). */
const FIPS_DUAL_STACK_PLAIN = /^us-(east|west)-[12]$/;

/**
 * Checks a pool and gives the URL its requests go to.
 *
 * @throws ArgumentError USER_POOL_ID_INVALID, CLIENT_ID_INVALID, CLIENT_SECRET_INVALID, REGION_INVALID,
 *   ENDPOINT_INVALID, ENDPOINT_INSECURE
 */
export function endpointOf(pool: UserPoolClient): string {
  const { clientId, clientSecret, endpoint } = pool;
  if (typeof pool.userPoolId !== 'string') {
    throw new ArgumentError('USER_POOL_ID_INVALID', 'userPoolId', '"userPoolId" must be a string');
  }
  poolName(pool.userPoolId);
  // AWS's model: ClientIdType, 1..128 of [\w+]+; hyphens come from emulators
  if (typeof clientId !== 'string' || !/^[\w+-]{1,128}$/.test(clientId)) {
    throw new ArgumentError(
      'CLIENT_ID_INVALID',
      'clientId',
      '"clientId" must be 1 to 128 letters, digits, "_", "+" or "-"',
    );
  }
  if (clientSecret !== undefined && (typeof clientSecret !== 'string' || clientSecret === '')) {
    throw new ArgumentError(
      'CLIENT_SECRET_INVALID',
      'clientSecret',
      '"clientSecret" must be the client\'s secret, or left out for a client without one',
    );
  }
  return endpoint === undefined ? awsEndpoint(pool) : customEndpoint(pool, endpoint);
}

function awsEndpoint({ userPoolId, region: given, useFips, useDualStack }: UserPoolClient): string {
  const ownRegion = userPoolId.slice(0, userPoolId.lastIndexOf('_'));
  const region = given ?? ownRegion;
  const partition = PARTITIONS.find(([pattern]) => pattern.test(region));
  if (partition === undefined) {
    throw new ArgumentError(
      'REGION_INVALID',
      given === undefined ? 'userPoolId' : 'region',
      `"${region}" is not an AWS region; for a pool outside AWS give "endpoint"`,
    );
  }
  if (region !== ownRegion && PARTITIONS.some(([pattern]) => pattern.test(ownRegion))) {
    throw new ArgumentError(
      'REGION_INVALID',
      'region',
      `"region" is "${region}", but the user pool id says "${ownRegion}"`,
    );
  }
  const [pattern, suffix, dualStackSuffix] = partition;
  const host = useFips ? 'cognito-idp-fips' : 'cognito-idp';
  const isAws = pattern === PARTITIONS[PARTITIONS.length - 1]?.[0];
  const plain = !useDualStack || (isAws && (!useFips || FIPS_DUAL_STACK_PLAIN.test(region)));
  return `https://${host}.${region}.${plain ? suffix : dualStackSuffix}`;
}

function customEndpoint(pool: UserPoolClient, endpoint: string): string {
  // By hand: the portable build also runs where there is no URL.
  const parts = /^(https?):\/\/(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?(\/[\w\-./~%]*)?$/i.exec(String(endpoint));
  if (parts === null) {
    throw new ArgumentError(
      'ENDPOINT_INVALID',
      'endpoint',
      '"endpoint" must be a URL with scheme and host, without user, query or fragment: "http://127.0.0.1:9229"',
    );
  }
  if (pool.useFips || pool.useDualStack) {
    throw new ArgumentError(
      'ENDPOINT_INVALID',
      'endpoint',
      '"endpoint" cannot be combined with "useFips" or "useDualStack"',
    );
  }
  const [, scheme = '', host = ''] = parts;
  if (scheme.toLowerCase() === 'http' && !isLoopback(host) && pool.dangerouslyAllowPlainHttp !== true) {
    throw new ArgumentError(
      'ENDPOINT_INSECURE',
      'endpoint',
      `"endpoint" is plain http to ${host}; use https (http is for localhost, 127.0.0.1 and [::1])`,
    );
  }
  return endpoint.replace(/\/+$/, '');
}

/** RFC 6761 §6.3 for the names, RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3 for the addresses. */
function isLoopback(host: string): boolean {
  return /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}
