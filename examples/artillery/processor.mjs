/**
 * Artillery runs this for each virtual user: one whole sign-in over SRP, timed.
 *
 * The file is JavaScript with the ending `.mjs`, because Artillery turns a `.ts` processor into CommonJS, which a package
 * of `"type": "module"` cannot load. It imports this one as it is.
 */
import { ArgumentError, ProtocolError, ServiceError, signIn } from 'cognito-srp-engine';

/**
 * @param {object} context Artillery's context of the virtual user
 * @param {{ target?: string, userPoolId: string, clientId: string, username: string, password: string }} context.vars
 * @param {{ emit(kind: 'counter' | 'histogram', name: string, value: number): void }} events takes the figures for the report
 */
export async function signInOnce({ vars }, events) {
  const { target, userPoolId, clientId, username, password } = vars;
  const pool = { userPoolId, clientId, ...(target && { endpoint: target }) };
  const started = performance.now();
  try {
    // A repeated request would hide the failures that the load test looks for
    const step = await signIn(pool, { username, password }, { maxAttempts: 1 });
    events.emit('histogram', 'sign_in.ms', performance.now() - started);
    events.emit('counter', `sign_in.${step.status === 'challenge' ? step.challenge.name : step.status}`, 1);
  } catch (error) {
    const isKnown =
      error instanceof ServiceError || error instanceof ProtocolError || error instanceof ArgumentError;
    events.emit('counter', `sign_in.${isKnown ? error.code : 'failed'}`, 1);
  }
}
