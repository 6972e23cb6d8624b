/** Says whose requests may read the outbox, reset the pool and administer it: those of this machine, and of hosts that were allowed. */

/** Names and addresses of this machine, as a Host header has them. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a request may read codes or reset the pool. A page of another site must not do so through the browser of a
 * developer. Such a page is told by its Origin. A page whose own host name was made to lead to this machine (DNS
 * rebinding) has that name in the Host header, which scripts cannot change.
 *
 * @param allowed names and addresses besides those of this machine
 */
export function mayAsk(request: Request, allowed: readonly string[]): boolean {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const origin = request.headers.get('origin');
  const names = [host, ...(origin === null ? [] : [origin.replace(/^https?:\/\//, '')])];
  return names.every((name) => isAllowed(name, allowed));
}

/**
 * Whether a request for an operation of administrators may be answered. Programs send no Origin. A page of another site has one, and
 * must not change users through the browser of a developer, because only the form of a signature is checked.
 */
export function mayAdminister(request: Request, allowed: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  return origin === null || isAllowed(origin.replace(/^https?:\/\//, ''), allowed);
}

const isAllowed = (name: string, allowed: readonly string[]): boolean => {
  const host = name.replace(/:\d+$/, '').toLowerCase();
  return LOOPBACK_HOSTS.includes(host) || allowed.some((other) => hostOf(other) === host);
};

/** Writes an address of a socket as a Host header has it: `[fe80::1]`, and `192.0.2.2` for `::ffff:192.0.2.2`. */
export function hostOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') && !plain.startsWith('[') ? `[${plain}]` : plain;
}
