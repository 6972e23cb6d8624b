/** What Artillery runs for each virtual user: one whole sign-in over SRP, timed. */
import { ArgumentError, ProtocolError, ServiceError, signIn } from 'cognito-srp-engine';

/** As much of Artillery's context and events as is used here. */
interface Context {
  readonly vars: {
    readonly target?: string;
    readonly userPoolId: string;
    readonly clientId: string;
    readonly username: string;
    readonly password: string;
  };
}
interface Events {
  emit(kind: 'counter' | 'histogram', name: string, value: number): void;
}

export async function signInOnce({ vars }: Context, events: Events): Promise<void> {
  const { target, userPoolId, clientId, username, password } = vars;
  const pool = { userPoolId, clientId, ...(target !== undefined && { endpoint: target }) };
  const started = performance.now();
  try {
    const step = await signIn(pool, { username, password }, { maxAttempts: 1 });
    events.emit('histogram', 'sign_in.ms', performance.now() - started);
    events.emit('counter', `sign_in.${step.status === 'challenge' ? step.challenge.name : step.status}`, 1);
  } catch (error) {
    const isKnown =
      error instanceof ServiceError || error instanceof ProtocolError || error instanceof ArgumentError;
    events.emit('counter', `sign_in.${isKnown ? error.code : 'failed'}`, 1);
  }
}
