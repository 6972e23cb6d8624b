/**
 * What Artillery runs for each virtual user: one whole sign-in over SRP, timed.
 *
 * JavaScript, and `.mjs`: Artillery makes CommonJS of a `.ts` processor, which a package of `"type": "module"`
 * cannot load, and imports this one as it is.
 */
import { ArgumentError, ProtocolError, ServiceError, signIn } from 'cognito-srp-engine';

/**
 * @param {object} context of the virtual user
 * @param {{ target?: string, userPoolId: string, clientId: string, username: string, password: string }} context.vars
 * @param {{ emit(kind: 'counter' | 'histogram', name: string, value: number): void }} events into the report
 */
export async function signInOnce({ vars }, events) {
  const { target, userPoolId, clientId, username, password } = vars;
  const pool = { userPoolId, clientId, ...(target && { endpoint: target }) };
  const started = performance.now();
  try {
    // A retry would hide what the load test is to find
    const step = await signIn(pool, { username, password }, { maxAttempts: 1 });
    events.emit('histogram', 'sign_in.ms', performance.now() - started);
    events.emit('counter', `sign_in.${step.status === 'challenge' ? step.challenge.name : step.status}`, 1);
  } catch (error) {
    const isKnown =
      error instanceof ServiceError || error instanceof ProtocolError || error instanceof ArgumentError;
    events.emit('counter', `sign_in.${isKnown ? error.code : 'failed'}`, 1);
  }
}
