/**
 * A state that a view can follow, and the work that leads from one state to the next. At most one piece of work runs at a
 * time, and what comes of work that was cancelled is ignored.
 */
import { createListeners } from '../followed-listeners.ts';

/** Something a view can follow: a store of Svelte, and what React's `useSyncExternalStore` and Vue's `shallowRef` take. */
export interface Followed<State> {
  /**
   * Calls the listener at once, and after every change.
   *
   * @param listener gets the state. What it throws is reported as an uncaught error (`reportError`), and reaches neither
   *   the other listeners nor whoever began the work.
   * @returns ends it
   */
  readonly subscribe: (listener: (state: State) => void) => () => void;
  /** Gives the state. It is the same object until something changes. */
  readonly getSnapshot: () => State;
}

/** Work is under way. */
export interface WorkingState<From, Work extends string> {
  readonly status: 'working';
  /** What is being done, for the words on the button. */
  readonly work: Work;
  /** The state before, whose form can stay on the page. `cancel` leads back to it. */
  readonly from: From;
}

/** Whether an asynchronous storage is being read. */
export const isRestoring = (state: object): boolean => 'work' in state && state.work === 'restoring';

/** How work tells that it cannot be cancelled any more, and learns that it was. */
export interface WorkControl {
  /** Aborts when the work is cancelled, and after its point of no return when it is abandoned. */
  readonly signal: AbortSignal;
  /**
   * From now on the work cannot be cancelled: the service has done its part. If it is abandoned, it takes back what it has stored.
   *
   * @throws the reason of `signal` if the work was cancelled before
   */
  readonly passPointOfNoReturn: () => void;
}

/** @typeParam Resting every state in which nothing is under way */
export interface Workplace<Resting, Work extends string>
  extends Followed<Resting | WorkingState<Resting, Work>> {
  /** The state in which nothing is under way: the present one, or the one before the work. */
  readonly resting: () => Resting;
  /**
   * Runs work that gives the next state, unless other work is under way. Then the promise is that of the other one.
   *
   * @param run must not reject, except if its signal is aborted
   * @returns the state that follows
   */
  readonly work: (
    name: Work,
    run: (control: WorkControl) => Promise<Resting>,
  ) => Promise<Resting | WorkingState<Resting, Work>>;
  /** The promise of the work that is under way. */
  readonly underWay: () => Promise<Resting | WorkingState<Resting, Work>> | undefined;
  /**
   * Stops the work that is under way, and shows a state. Without a state of its own, it changes nothing that is kept.
   *
   * @param next default: the state before the work
   * @returns whether it did: work that has passed its point of no return goes on
   */
  readonly stop: (next?: Resting) => boolean;
  /** Stops the work that is under way, also past its point of no return, and shows a state. */
  readonly abandon: (next: Resting) => void;
}

interface Running<State> {
  readonly controller: AbortController;
  readonly promise: Promise<State>;
  isFinal: boolean;
}

/**
 * @param initial the state to begin with
 * @param onRest is called with every state in which nothing is under way, before the listeners are, and with undefined
 *   when work begins. `isNew` is false if it is the state from before the work.
 */
export function createWorkplace<Resting extends object, Work extends string>(
  initial: Resting,
  onRest: (state: Resting | undefined, isNew: boolean) => void,
): Workplace<Resting, Work> {
  type State = Resting | WorkingState<Resting, Work>;
  let state: State = initial;
  let resting = initial;
  let running: Running<State> | undefined;
  const listeners = createListeners<readonly [State]>();

  function show(next: State): void {
    state = next;
    listeners.tell(next);
  }

  function rest(next: Resting): void {
    const isNew = next !== resting;
    resting = next;
    onRest(next, isNew);
    show(next);
  }

  function abandon(next: Resting): void {
    const stopped = running;
    running = undefined;
    stopped?.controller.abort();
    if (stopped || next !== resting) rest(next);
  }

  return {
    subscribe: (listener) => listeners.add(listener, state),
    getSnapshot: () => state,
    resting: () => resting,
    work: (work, run) => {
      if (running) return running.promise;
      const controller = new AbortController();
      const begun: Running<State> = {
        controller,
        isFinal: false,
        // Begins after the listeners know of it, so that a listener which starts other work does not get past it
        promise: Promise.resolve().then(async () => {
          let next: Resting;
          try {
            next = await run({
              signal: controller.signal,
              passPointOfNoReturn: () => {
                if (controller.signal.aborted) throw controller.signal.reason;
                begun.isFinal = true;
              },
            });
          } catch (error) {
            if (running !== begun) return state;
            running = undefined;
            rest(resting);
            throw error;
          }
          if (running === begun) {
            running = undefined;
            rest(next);
          }
          return state;
        }),
      };
      running = begun;
      onRest(undefined, true);
      show({ status: 'working', work, from: resting });
      return begun.promise;
    },
    underWay: () => running?.promise,
    stop: (next = resting) => {
      if (running?.isFinal) return false;
      abandon(next);
      return true;
    },
    abandon,
  };
}
