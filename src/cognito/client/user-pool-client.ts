/** Which user pool and app client to talk to, and where: AWS's endpoint rules and custom endpoints. */
import { mustBe } from '../../errors.ts';
import { checkUserPoolId } from '../../srp/user-pool-id.ts';
import { isNonEmptyString, isRecord } from '../values.ts';

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

/** [begin of the region, DNS suffix, DNS suffix for dual stack]: AWS's partitions; the first that fits counts. */
type Partition = readonly [string, string, string];
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

/** In the `aws` partition these regions' dual-stack FIPS endpoint has the plain name (AWS's rule set). */
const FIPS_DUAL_STACK_PLAIN = /^us-(east|west)-[12]$/;

const partitionOf = (region: string): Partition =>
  PARTITIONS.find(([begin]) => region.startsWith(begin)) as Partition;

/** The part of a user pool id before its last `_`. */
const regionOf = ({ userPoolId, region }: UserPoolClient): string =>
  region ?? userPoolId.slice(0, userPoolId.lastIndexOf('_'));

/** @throws ArgumentError USER_POOL_ID_INVALID, CLIENT_ID_INVALID, CLIENT_SECRET_INVALID */
export function checkPool(pool: UserPoolClient): void {
  if (!isRecord(pool))
    throw mustBe('USER_POOL_ID_INVALID', 'pool', 'an object with "userPoolId" and "clientId"');
  const { clientId, clientSecret } = pool;
  checkUserPoolId(pool.userPoolId);
  // AWS's model: ClientIdType, 1..128 of [\w+]+; hyphens come from emulators
  if (typeof clientId !== 'string' || !/^[\w+-]{1,128}$/.test(clientId)) {
    throw mustBe('CLIENT_ID_INVALID', 'clientId', '1 to 128 letters, digits, "_", "+" or "-"');
  }
  if (clientSecret !== undefined && !isNonEmptyString(clientSecret)) {
    throw mustBe('CLIENT_SECRET_INVALID', 'clientSecret', 'left out for a client that has none');
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

function awsEndpoint(pool: UserPoolClient): string {
  const { useFips, useDualStack } = pool;
  const region = regionOf(pool);
  const ownRegion = regionOf({ ...pool, region: undefined });
  if (!REGION.test(region)) {
    const [field, what] = pool.region === undefined ? ['userPoolId', 'in'] : ['region', ''];
    throw mustBe(
      'REGION_INVALID',
      field,
      `${what} an AWS region; for a pool outside AWS give "endpoint"`.trim(),
    );
  }
  if (region !== ownRegion && REGION.test(ownRegion)) {
    throw mustBe('REGION_INVALID', 'region', `"${ownRegion}", as "userPoolId" says`);
  }
  const [begin, suffix, dualStackSuffix] = partitionOf(region);
  const plain = !useDualStack || (begin === '' && (!useFips || FIPS_DUAL_STACK_PLAIN.test(region)));
  return `https://cognito-idp${useFips ? '-fips' : ''}.${region}.${plain ? suffix : dualStackSuffix}`;
}

/** `iss` of the pool's tokens: the plain endpoint's name, whichever endpoint gave them. */
export function issuerOf(pool: UserPoolClient): string {
  const region = regionOf(pool);
  const [, suffix] = partitionOf(region);
  return `https://cognito-idp.${region}.${suffix}/${pool.userPoolId}`;
}

/** RFC 6761 §6.3 for the names, RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3 for the addresses. */
const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])$/i;

function customEndpoint(pool: UserPoolClient, given: string): string {
  const endpoint = String(given);
  // By hand: the portable build also runs where there is no URL.
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

/** Cognito's default for an app client's AuthSessionValidity, in minutes. A client can have 3 to 15. */
export const DEFAULT_SESSION_VALIDITY_MINUTES = 3;
