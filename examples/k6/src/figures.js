/** What is measured, and what makes k6 end with a failure. */
import { Counter, Rate, Trend } from 'k6/metrics';

const duration = new Trend('sign_in_duration', true);
const failed = new Rate('sign_in_failed');
const outcomes = new Counter('sign_in_outcomes');

export const options = {
  vus: 2,
  iterations: 20,
  thresholds: { sign_in_failed: ['rate==0'] },
};

/**
 * Runs a sign-in, and counts it by its outcome.
 *
 * @param {() => Promise<string>} signIn gives the outcome: `signed-in`, or the name of a challenge
 */
export async function measure(signIn) {
  const started = Date.now();
  try {
    const outcome = await signIn();
    duration.add(Date.now() - started);
    failed.add(outcome !== 'signed-in');
    outcomes.add(1, { outcome });
  } catch (error) {
    failed.add(true);
    // The engine's errors have a code, and the service's refusals a name
    outcomes.add(1, { outcome: error.code ?? error.name });
  }
}
