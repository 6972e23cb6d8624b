/** Says whose requests may read the outbox, reset the pool and administer it: those of this machine, and of hosts that were allowed. */

/** Names and addresses of this machine, as a Host header has them. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The addresses of the connection that a request came over, as a socket has them. */
export interface Connection {
  /** The address of this machine that the request came to. */
  readonly localAddress: string | undefined;
  /** The address that the request came from. */
  readonly remoteAddress: string | undefined;
}

/**
 * Whether a request may read codes or reset the pool. A request of another machine may do so only under a host name that was allowed,
 * because its sender can write any Host header. A page of another site must not do so through the browser of a
 * developer. Such a page is told by its Origin. A page whose own host name was made to lead to this machine (DNS
 * rebinding) has that name in the Host header, which scripts cannot change.
 *
 * @param allowed names and addresses besides those of this machine
 * @param connection undefined for a request in this process
 */
export function mayAsk(
  request: Request,
  allowed: readonly string[],
  connection: Connection | undefined,
): boolean {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const origin = request.headers.get('origin');
  const names = [host, ...(origin === null ? [] : [origin.replace(/^https?:\/\//, '')])];
  if (!isOfThisMachine(connection) && !isListed(host, allowed)) return false;
  return names.every((name) => isAllowed(name, withLocalAddress(allowed, connection)));
}

/** @returns the allowed hosts and the address that the request came to */
export const withLocalAddress = (
  allowed: readonly string[],
  connection: Connection | undefined,
): readonly string[] =>
  connection?.localAddress === undefined ? allowed : [...allowed, connection.localAddress];

/** Whether a request was sent by this machine: from a loopback address, or from the address that it came to. */
function isOfThisMachine(connection: Connection | undefined): boolean {
  if (connection === undefined) return true;
  const { localAddress, remoteAddress } = connection;
  // A socket has no address once the client has gone, and then nobody reads the answer
  if (remoteAddress === undefined) return false;
  const remote = hostOf(remoteAddress);
  return LOOPBACK_ADDRESS.test(remote) || (localAddress !== undefined && hostOf(localAddress) === remote);
}

/** 127.0.0.0/8 is loopback as a whole (RFC 1122 section 3.2.1.3). */
const LOOPBACK_ADDRESS = /^(127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Whether a request for an operation of administrators may be answered. Programs send no Origin. A page of another site has one, and
 * must not change users through the browser of a developer, because only the form of a signature is checked.
 */
export function mayAdminister(request: Request, allowed: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  return origin === null || isAllowed(origin.replace(/^https?:\/\//, ''), allowed);
}

const isAllowed = (name: string, allowed: readonly string[]): boolean =>
  LOOPBACK_HOSTS.includes(withoutPort(name)) || isListed(name, allowed);

const isListed = (name: string, allowed: readonly string[]): boolean =>
  allowed.some((other) => hostOf(other) === withoutPort(name));

const withoutPort = (name: string): string => name.replace(/:\d+$/, '').toLowerCase();

/** Writes an address of a socket as a Host header has it: `[fe80::1]`, and `192.0.2.2` for `::ffff:192.0.2.2`. */
export function hostOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') && !plain.startsWith('[') ? `[${plain}]` : plain;
}
