/** Watches a page for what must not happen: errors, broken policies, and secrets in an address or a console message. */
import type { UserPool } from '../../pool/src/index.ts';

export interface Watch {
  /** Texts that must not appear in a URL or a console message. */
  readonly secrets: Set<string>;
  readonly console: (text: string) => void;
  readonly pageError: (text: string) => void;
  readonly request: (url: string, body?: string | null) => void;
  readonly address: (url: string) => void;
  /** Takes a reply of the pool. Its tokens, Sessions and authenticator secrets count as secrets from then on. */
  readonly reply: (body: string) => void;
  /** Takes what the page keeps, likewise. It is for browsers that do not show replies to a test. */
  readonly storage: (json: string) => void;
  /** @returns one line for each thing that must not happen and did */
  readonly problems: () => string[];
}

const SECRET_MEMBERS =
  /"(?:Session|AccessToken|IdToken|RefreshToken|SecretCode|[A-Z_]*CODE|UserCode)":"([^"]+)"/g;
/** Console messages of the browser itself, which it writes for each reply that is not 2xx and each lost connection. */
const EXPECTED = /^console: Failed to load resource: /;

/** @param passwords the passwords that the test types */
export function createWatch(pool: UserPool, passwords: readonly string[]): Watch {
  const secrets = new Set(passwords);
  const seen: string[] = [];
  const learn = (body: string) => {
    for (const [, secret = ''] of body.matchAll(SECRET_MEMBERS)) secrets.add(secret);
  };
  return {
    secrets,
    console: (text) => void seen.push(`console: ${text}`),
    pageError: (text) => void seen.push(`page error: ${text}`),
    request: (url, body) => {
      seen.push(`request: ${url}`);
      learn(body ?? '');
    },
    address: (url) => void seen.push(`address: ${url}`),
    reply: learn,
    storage: (json) => {
      learn(json.replaceAll('\\"', '"').replaceAll('"session"', '"Session"'));
      for (const [token] of json.matchAll(/eyJ[\w-]+\.[\w.-]+/g)) secrets.add(token);
    },
    problems: () => {
      for (const { code } of pool.outbox) secrets.add(code);
      for (const { softwareToken, unverifiedSoftwareToken } of pool.users.all()) {
        for (const token of [softwareToken, unverifiedSoftwareToken]) if (token) secrets.add(token.secret);
      }
      return seen.filter((line) => {
        // A code can be part of a port's number by chance
        const withoutOrigin = line.replace(/http:\/\/(localhost|127\.0\.0\.1):\d+/g, '');
        const holdsSecret = [...secrets].some(
          (secret) => withoutOrigin.includes(secret) || withoutOrigin.includes(encodeURIComponent(secret)),
        );
        const isReport = !/^(request|address): /.test(line) && !EXPECTED.test(line);
        return holdsSecret || isReport;
      });
    },
  };
}
