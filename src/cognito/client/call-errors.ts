/** What a call failed with, as one of this package's errors. */
import { ProtocolError, type Recovery, ServiceError } from '../../errors.ts';
import { originOf, type ReadRefusal, readRefusal } from './fetch-transport.ts';
import { refusalOf } from './refusals.ts';

/** What has to be known of a request to say what its failure means. */
export interface RequestContext {
  readonly operation: string;
  /**
   * When the same request may be sent again. A throttled request was not carried out, so it may always be sent again. A
   * request whose reply was lost may have been carried out: `after-lost-reply` is for those that may be carried out
   * twice. What carries a Session spends it, and what sends a code or counts as a try of the password would do so twice.
   */
  readonly retry: 'after-lost-reply' | 'only-if-throttled';
  /** The challenge that the request answers, if it answers one. */
  readonly challengeName?: string | undefined;
  /** Whether the session of the challenge that `respond` was given is spent, so that it cannot be answered again. */
  readonly challengeSpent?: boolean | undefined;
}

/** @param thrown what a transport threw */
export function toCallError(thrown: unknown, context: RequestContext): ProtocolError | ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  if (thrown instanceof ProtocolError) return thrown.with({ recovery: recoveryAfterLostReply(context) });
  const refusal = readRefusal(thrown);
  if (refusal) return toServiceError(refusal, context);
  const { operation } = context;
  const recovery = recoveryAfterLostReply(context);
  return new ProtocolError('NETWORK_FAILED', 'the transport failed', { operation, recovery, cause: thrown });
}

function toServiceError(exception: ReadRefusal, context: RequestContext): ServiceError {
  const { operation, challengeName } = context;
  const { name, message } = exception;
  const { code, recovery } = refusalOf({ name, text: message, operation, challengeName });
  return new ServiceError(
    code,
    code === 'INTERNAL_ERROR' ? recoveryAfterLostReply(context) : recoveryOfChallenge(recovery, context),
    name,
    message || `The service refused ${operation} and gave no message`,
    originOf(operation, exception),
  );
}

/** What the service did with a request whose reply was lost is not known. A session may be spent. */
const recoveryAfterLostReply = (context: RequestContext): Recovery =>
  recoveryOfChallenge(context.retry === 'after-lost-reply' ? 'try-later' : 'start-again', context);

/** Whatever the refusal of a later request says, a challenge whose session is spent cannot be answered again. */
function recoveryOfChallenge(recovery: Recovery, { challengeSpent }: RequestContext): Recovery {
  const isSameCallAgain = recovery === 'answer-again' || recovery === 'try-later';
  return challengeSpent && isSameCallAgain ? 'start-again' : recovery;
}
