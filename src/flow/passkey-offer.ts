/**
 * Offers a passkey among the browser's suggestions for the name field (WebAuthn's conditional mediation), for as long as the
 * first form is shown.
 */
import type { ChallengeOf } from '../cognito/sign-in/challenge-types.ts';
import { type PasskeyRequest, passkeyRequest } from '../cognito/sign-in/passkey-json.ts';
import type { Step } from '../cognito/sign-in/step.ts';
import { ProtocolError, ServiceError } from '../errors.ts';

/** What `navigator.credentials.get` takes. */
export interface PasskeyOfferRequest extends PasskeyRequest {
  readonly mediation: 'conditional';
  readonly signal: AbortSignal;
}

/** Asks the browser: `(request) => navigator.credentials.get(request)`. */
export type AskForPasskey = (request: PasskeyOfferRequest) => Promise<object | null>;

export interface PasskeyOffer {
  readonly ask: AskForPasskey;
  /** Begins a sign-in with a passkey. */
  readonly begin: (signal: AbortSignal) => Promise<Step>;
  /** Goes on with the passkey that the user has chosen. */
  readonly choose: (challenge: ChallengeOf<'WEB_AUTHN'>, credential: object) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How long the offer waits after a failure that may be over later, in milliseconds. */
const PAUSE_MS = 30_000;

/** How long before the end of a challenge it is replaced by a new one, in milliseconds. */
const MARGIN_MS = 10_000;

/**
 * Makes the offer until it is taken or ended. It shows no error, because a user who does not take the offer signs in by the
 * form.
 *
 * @param giveUp is called if the user has no passkey
 * @returns ends the offer
 */
function makePasskeyOffer({ ask, begin, choose, now }: PasskeyOffer, giveUp: () => void): () => void {
  const ending = new AbortController();
  void (async () => {
    let isRenewed = true;
    while (isRenewed && !ending.signal.aborted) {
      const step = await begin(ending.signal).catch((error: unknown) => {
        if (ending.signal.aborted || !isPassing(error)) throw error;
      });
      if (!step) {
        await pause(ending.signal);
        continue;
      }
      if (ending.signal.aborted) return;
      if (step.status !== 'challenge' || step.challenge.name !== 'WEB_AUTHN') return giveUp();
      const { challenge } = step;
      const turn = new AbortController();
      const end = () => turn.abort();
      ending.signal.addEventListener('abort', end);
      const timer = setTimeout(end, Math.max(0, challenge.expiresAt - now() - MARGIN_MS));
      try {
        const request = passkeyRequest(challenge.requestOptions);
        const credential = await ask({ ...request, mediation: 'conditional', signal: turn.signal });
        isRenewed = false;
        if (credential && !ending.signal.aborted) choose(challenge, credential);
      } catch (error) {
        if (!turn.signal.aborted) throw error;
      } finally {
        clearTimeout(timer);
        ending.signal.removeEventListener('abort', end);
      }
    }
  })().catch(() => undefined);
  return () => ending.abort();
}

/** Failures whose recovery is to start again, which a new turn of the offer does. */
const LOST_REPLIES: readonly string[] = ['NETWORK_FAILED', 'TIMED_OUT', 'INTERNAL_ERROR'];

/** Whether a failure may be over later, such as a lost connection. */
const isPassing = (error: unknown): boolean =>
  (error instanceof ServiceError || error instanceof ProtocolError) &&
  (error.recovery === 'try-later' || LOST_REPLIES.includes(error.code));

/** Waits, and ends at once if the signal aborts. */
const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, PAUSE_MS);
    signal.addEventListener('abort', end);
  });

/** An offer that comes and goes with the first form. */
export interface KeptOffer {
  /** @param isFirstForm whether the first form is on the page and nothing is under way */
  readonly show: (isFirstForm: boolean) => void;
  /** Ends the offer for good. */
  readonly end: () => void;
}

/** Makes the offer whenever the first form is shown. A user who has no passkey gets it once, which nobody sees. */
export function keepPasskeyOffer(offer: PasskeyOffer): KeptOffer {
  let end: (() => void) | undefined;
  let isOver = false;
  const stop = () => {
    end?.();
    end = undefined;
  };
  return {
    show: (isFirstForm) => {
      if (!isFirstForm) stop();
      else if (!isOver && !end) {
        end = makePasskeyOffer(offer, () => {
          isOver = true;
        });
      }
    },
    end: () => {
      isOver = true;
      stop();
    },
  };
}
