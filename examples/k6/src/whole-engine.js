/** A sign-in by the whole engine, with k6's HTTP as its transport. It knows every challenge. */
import { signIn } from 'cognito-srp-engine';
import { call } from './call.js';
import { measure } from './figures.js';
import { nextCredentials, pool, rng } from './pool.js';

export { options } from './figures.js';

// A repeated request would hide the failures that the load test looks for
const signInOptions = { transport: call, rng, maxAttempts: 1 };

export default function () {
  return measure(async () => {
    const step = await signIn(pool, nextCredentials(), signInOptions);
    return step.status === 'challenge' ? step.challenge.name : step.status;
  });
}
