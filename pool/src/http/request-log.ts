/** Notes each request: what it asked, of whom, and what came of it. */
import type { OutboxMessage } from '../domain/codes.ts';
import type { ServiceException } from '../domain/service-exception.ts';
import { ConnectionReset } from '../faults/faults.ts';
import type { OperationName } from '../model/types.generated.ts';
import type { PoolState } from '../service/pool.ts';
import type { Service } from '../service/service.ts';
import type { LogEntry } from './log-entry.ts';
import { type Input, poolNamedBy, userNamedBy } from './named-in-input.ts';
import { withoutSecrets } from './secrets-in-texts.ts';

/** A refusal, as the log shows it. */
export interface Refusal {
  /** `invalid_grant` */
  readonly error: string;
  readonly message: string | undefined;
  /** What is not sent: `The code has expired`. */
  readonly reason: string | undefined;
}

/** Collects what is known of one request. */
export interface RequestNotes {
  /** @param shown method and path, as the log may show them */
  readonly path: (shown: string, pool: PoolState | undefined) => void;
  readonly operation: (name: OperationName, input: Input) => void;
  /** Names the pool, and the user if one is known, of a request that is not an operation. */
  readonly about: (named: PoolState, username?: string) => void;
  readonly refused: (exception: ServiceException) => void;
  /** Notes a refusal that is not an exception of the service, such as an OAuth error. No text may be of the request. */
  readonly refusedWith: (refusal: Refusal) => void;
  /** Writes the entry. */
  readonly end: (status: number | undefined) => void;
  /** Writes the entry of a request that got no reply of the pool. */
  readonly failed: (error: unknown) => void;
}

export interface RequestLog {
  readonly begin: () => RequestNotes;
}

const NO_NOTES: RequestNotes = {
  path: () => {},
  operation: () => {},
  about: () => {},
  refused: () => {},
  refusedWith: () => {},
  end: () => {},
  failed: () => {},
};

/** Notes nothing. */
export const NO_LOG: RequestLog = { begin: () => NO_NOTES };

/** @param stopwatch milliseconds since any moment */
export function createRequestLog(
  service: Service,
  log: (entry: LogEntry) => void,
  stopwatch: () => number,
): RequestLog {
  const told = new WeakSet<OutboxMessage>();
  let open = 0;
  return {
    begin: () => {
      const begun = stopwatch();
      open += 1;
      let operation = 'unreadable request';
      let pool: PoolState | undefined;
      let input: Input = {};
      let username: string | undefined;
      let lastBefore: OutboxMessage | undefined;
      let refusal: Refusal | undefined;

      /** The messages since the begin. Requests overlap, so those of other users are left to the others, if there are any. */
      const takeCodes = () => {
        const outbox = pool?.codes.outbox ?? [];
        const fresh = outbox.slice(lastBefore ? outbox.lastIndexOf(lastBefore) + 1 : 0);
        const codes = fresh.filter(
          (message) =>
            !told.has(message) && (open === 0 || username === undefined || message.username === username),
        );
        for (const message of codes) told.add(message);
        // What an administrator's operation sends is a temporary password
        const isPassword = ({ purpose }: Pick<OutboxMessage, 'purpose'>) => purpose.startsWith('Admin');
        // The text repeats the code
        return codes.map(({ subject: _subject, body: _body, ...message }) =>
          isPassword(message) ? { ...message, code: '…' } : message,
        );
      };
      const write = (status: number | undefined, reason?: string) => {
        open -= 1;
        // A user who has just signed up has a name only now
        username ??= pool && userNamedBy(pool, input);
        log({
          at: service.now(),
          ms: stopwatch() - begun,
          operation,
          userPoolId: pool?.userPoolId,
          username,
          status,
          error: refusal?.error,
          message: refusal?.message && withoutSecrets(refusal.message, input, service),
          reason: refusal?.reason ?? reason,
          codes: takeCodes(),
        });
      };
      return {
        path: (shown, named) => {
          operation = shown;
          pool = named;
        },
        operation: (name, given) => {
          operation = name;
          input = given;
          pool = poolNamedBy(service, given);
          username = pool && userNamedBy(pool, given);
          lastBefore = pool?.codes.outbox.at(-1);
        },
        about: (named, user) => {
          if (pool !== named) lastBefore = named.codes.outbox.at(-1);
          pool = named;
          username = user ?? username;
        },
        refused: ({ name: error, text: message, reason }) => {
          refusal = { error, message, reason };
        },
        refusedWith: (given) => {
          refusal = given;
        },
        end: write,
        failed: (error) => {
          if (error instanceof ConnectionReset) write(undefined, 'A fault dropped the connection');
          else write(undefined, 'The client went away, or the pool has a fault');
        },
      };
    },
  };
}
