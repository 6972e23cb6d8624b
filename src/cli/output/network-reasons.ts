/** Why the service could not be reached, in words, and what helps against it. */

/** What is wrong, and what to do about it. */
export interface NetworkReason {
  /** For programs: `ECONNREFUSED`. */
  readonly name: string;
  /** Ends a sentence: `nothing listens at this address and port (ECONNREFUSED)`. */
  readonly reason: string;
  readonly advice: string;
}

type Reason = readonly [problem: string, advice: string];

const CHECK_CONNECTION = 'Check your connection, then try again.';
const CHECK_PROXY = 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.';
const BROKEN: Reason = ['the connection broke', CHECK_CONNECTION];
const NO_WAY: Reason = ['no network leads there', CHECK_CONNECTION];
const NOT_TRUSTED: Reason = [
  'its certificate is not trusted',
  'Check --endpoint. An authority of your own can be named with NODE_EXTRA_CA_CERTS.',
];
const NOT_TLS: Reason = [
  'it does not speak TLS',
  'Check the scheme and the port of --endpoint: https:// needs a server with a certificate.',
];

/** By the code of the system, of OpenSSL or of undici. */
const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  [
    'ECONNREFUSED',
    [
      'nothing listens at this address and port',
      'Check the host and the port of --endpoint, and that the service runs there.',
    ],
  ],
  [
    'ENOTFOUND',
    ['no such host', 'Check --endpoint or the region in --user-pool-id, and that you are connected.'],
  ],
  ['EAI_AGAIN', ['the name of the host could not be looked up', CHECK_CONNECTION]],
  ['ECONNRESET', BROKEN],
  ['EPIPE', BROKEN],
  ['UND_ERR_SOCKET', BROKEN],
  ['ETIMEDOUT', ['nothing answered', CHECK_CONNECTION]],
  ['UND_ERR_CONNECT_TIMEOUT', ['nothing answered', CHECK_CONNECTION]],
  ['ENETUNREACH', NO_WAY],
  ['EHOSTUNREACH', NO_WAY],
  ['CERT_HAS_EXPIRED', ['its certificate has expired', 'Check --endpoint, and the clock of this machine.']],
  ['ERR_TLS_CERT_ALTNAME_INVALID', ['its certificate is for another host', 'Check the host of --endpoint.']],
  ['SELF_SIGNED_CERT_IN_CHAIN', NOT_TRUSTED],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', NOT_TRUSTED],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', NOT_TRUSTED],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', NOT_TRUSTED],
  ['ERR_SSL_WRONG_VERSION_NUMBER', NOT_TLS],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', NOT_TLS],
  ['EPROTO', NOT_TLS],
]);

/** A DOMException among the causes is not an Error of every realm. */
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Finds the reason in an error of fetch. The messages of the causes are left out, because they quote addresses.
 *
 * @returns undefined if no cause tells one
 */
export function findNetworkReason(cause: unknown): NetworkReason | undefined {
  for (let error = cause; isObject(error); error = error['cause']) {
    const { message, code } = error;
    // undici's text for a proxy that does not open the tunnel
    const [, status] = /^Proxy response \((\d{3})\)/.exec(String(message)) ?? [];
    if (status !== undefined) {
      const reason = `the proxy answered HTTP ${status}`;
      return { name: reason, reason, advice: CHECK_PROXY };
    }
    if (message === 'bad port') {
      const reason = 'fetch never connects to this port (bad port)';
      return { name: 'bad port', reason, advice: 'Choose another port for --endpoint.' };
    }
    if (typeof code !== 'string') continue;
    const [problem, advice = CHECK_CONNECTION] = REASONS.get(code) ?? [];
    return { name: code, reason: problem === undefined ? code : `${problem} (${code})`, advice };
  }
  return undefined;
}
