/** Which user pool and app client to talk to, and where: AWS's endpoint rules and custom endpoints. */
import { mustBe } from '../../errors.ts';
import { checkUserPoolId } from '../../srp/identity.ts';
import { isNonEmptyString, isRecord } from '../values.ts';

/** A user pool and one of its app clients. It is plain data: keep it as a constant, or read it from JSON. */
export interface UserPoolClient {
  /** `eu-west-1_AbCdEf123`: the region, `_`, and the name that SRP is bound to. */
  readonly userPoolId: string;
  readonly clientId: string;
  /** Only for app clients that have a secret. Do not put a secret into a browser or a mobile app. */
  readonly clientSecret?: string | undefined;
  /** Default: the part of `userPoolId` before the last `_`. */
  readonly region?: string | undefined;
  /** URL of a local pool or a proxy in place of AWS: `http://127.0.0.1:9229`. */
  readonly endpoint?: string | undefined;
  /** Uses AWS's FIPS 140 endpoints. */
  readonly useFips?: boolean | undefined;
  /** Uses AWS's dual-stack endpoints, which answer over IPv6 and IPv4. */
  readonly useDualStack?: boolean | undefined;
  /** The app client's `AuthSessionValidity`: how long a challenge can be answered, in minutes. Default 3. */
  readonly authSessionValidityMinutes?: number | undefined;
  /**
   * Allows plain http for an `endpoint` on another machine. Everyone on the way can then read the tokens and change
   * replies. Use it in a closed test network only.
   */
  readonly dangerouslyAllowPlainHttp?: boolean | undefined;
}

/** Cognito's default for an app client's AuthSessionValidity, in minutes. A client can have 3 to 15. */
export const DEFAULT_SESSION_VALIDITY_MINUTES = 3;

/** Far above what Cognito allows, because other servers may allow more. */
const MAX_SESSION_VALIDITY_MINUTES = 2 ** 31 - 1;

/** One of AWS's partitions. */
type Partition = readonly [regionPrefix: string, dnsSuffix: string, dualStackDnsSuffix: string];

/** The partition of a region is the first whose prefix fits. */
const PARTITIONS: readonly Partition[] = [
  ['cn-', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  ['us-gov-', 'amazonaws.com', 'api.aws'],
  ['us-iso-', 'c2s.ic.gov', 'api.aws.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov', 'api.aws.scloud'],
  ['eu-isoe-', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  ['eusc-', 'amazonaws.eu', 'api.amazonwebservices.eu'],
  // `aws`
  ['', 'amazonaws.com', 'api.aws'],
];

const REGION = /^([a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-\w+)-\w+-\d+$/;

/** AWS's endpoint rules: in these regions of the `aws` partition, FIPS with dual stack has the plain DNS suffix. */
const FIPS_DUAL_STACK_PLAIN = /^us-(east|west)-[12]$/;

const partitionOf = (region: string): Partition =>
  // The last prefix is empty, so one fits
  PARTITIONS.find(([prefix]) => region.startsWith(prefix)) as Partition;

/** The region that the pool names, or the part of its id before the last `_`. */
const regionOf = ({ userPoolId, region }: UserPoolClient): string =>
  region ?? userPoolId.slice(0, userPoolId.lastIndexOf('_'));

/** @throws ArgumentError USER_POOL_ID_INVALID, CLIENT_ID_INVALID, CLIENT_SECRET_INVALID or OPTION_INVALID */
export function checkPool(pool: UserPoolClient): void {
  if (!isRecord(pool)) {
    throw mustBe('USER_POOL_ID_INVALID', 'pool', 'an object with "userPoolId" and "clientId"');
  }
  const { clientId, clientSecret } = pool;
  checkUserPoolId(pool.userPoolId);
  // AWS's model: ClientIdType, 1 to 128 of [\w+]. Emulators have hyphens, too
  if (typeof clientId !== 'string' || !/^[\w+-]{1,128}$/.test(clientId)) {
    throw mustBe('CLIENT_ID_INVALID', 'clientId', '1 to 128 letters, digits, "_", "+" or "-"');
  }
  if (clientSecret !== undefined && !isNonEmptyString(clientSecret)) {
    throw mustBe('CLIENT_SECRET_INVALID', 'clientSecret', 'left out for a client that has none');
  }
  const { authSessionValidityMinutes: minutes = DEFAULT_SESSION_VALIDITY_MINUTES } = pool;
  if (typeof minutes !== 'number' || !(minutes >= 1 && minutes <= MAX_SESSION_VALIDITY_MINUTES)) {
    const expected = `a number from 1 to ${MAX_SESSION_VALIDITY_MINUTES}`;
    throw mustBe('OPTION_INVALID', 'authSessionValidityMinutes', expected);
  }
}

/**
 * The URL that a pool's requests go to.
 *
 * @param pool checked
 * @throws ArgumentError REGION_INVALID, ENDPOINT_INVALID, ENDPOINT_INSECURE
 */
export const endpointOf = (pool: UserPoolClient): string =>
  pool.endpoint === undefined ? awsEndpoint(pool) : customEndpoint(pool, pool.endpoint);

/**
 * Checks that the pool is in a region of AWS, and that its id does not say another one.
 *
 * @param pool checked
 * @returns the region
 * @throws ArgumentError REGION_INVALID
 */
export function checkAwsRegion(pool: UserPoolClient): string {
  const region = regionOf(pool);
  const ownRegion = regionOf({ ...pool, region: undefined });
  if (!REGION.test(region)) {
    const expected = 'an AWS region; for a pool outside AWS give "endpoint"';
    throw pool.region === undefined
      ? mustBe('REGION_INVALID', 'userPoolId', `in ${expected}`)
      : mustBe('REGION_INVALID', 'region', expected);
  }
  if (region !== ownRegion && REGION.test(ownRegion)) {
    throw mustBe('REGION_INVALID', 'region', `"${ownRegion}", as "userPoolId" says`);
  }
  return region;
}

function awsEndpoint(pool: UserPoolClient): string {
  const { useFips, useDualStack } = pool;
  const region = checkAwsRegion(pool);
  const [prefix, suffix, dualStackSuffix] = partitionOf(region);
  const isAwsPartition = prefix === '';
  const hasPlainSuffix =
    !useDualStack || (isAwsPartition && (!useFips || FIPS_DUAL_STACK_PLAIN.test(region)));
  return `https://cognito-idp${useFips ? '-fips' : ''}.${region}.${hasPlainSuffix ? suffix : dualStackSuffix}`;
}

/** `iss` of the pool's tokens. It has the plain endpoint's name, whichever endpoint issued them. */
export function issuerOf(pool: UserPoolClient): string {
  const region = regionOf(pool);
  const [, suffix] = partitionOf(region);
  return `https://cognito-idp.${region}.${suffix}/${pool.userPoolId}`;
}

/** RFC 6761 §6.3 for the names, RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3 for the addresses. */
export const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])$/i;

function customEndpoint(pool: UserPoolClient, value: string): string {
  const endpoint = String(value);
  // URL is not used, because the portable build also runs in engines that do not have it
  const parts = /^(https?):\/\/(\[[0-9a-f:.]+\]|[\w-]+(?:\.[\w-]+)*)(?::(\d{1,5}))?(?:\/[\w\-./~%]*)?$/i.exec(
    endpoint,
  );
  const [, scheme = '', host = '', port = '443'] = parts ?? [];
  if (!parts || Number(port) > 65_535) {
    throw mustBe(
      'ENDPOINT_INVALID',
      'endpoint',
      'a URL with scheme and host, without user, query or fragment: "http://127.0.0.1:9229"',
    );
  }
  if (pool.useFips || pool.useDualStack) {
    throw mustBe('ENDPOINT_INVALID', 'endpoint', 'left out with "useFips" or "useDualStack"');
  }
  if (/^http$/i.test(scheme) && !LOOPBACK.test(host) && pool.dangerouslyAllowPlainHttp !== true) {
    throw mustBe('ENDPOINT_INSECURE', 'endpoint', 'https; plain http is for localhost, 127.0.0.1 and [::1]');
  }
  return endpoint.replace(/\/+$/, '');
}
