/** The bundles need nothing but what k6 has, and sign in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BUNDLES, listenWithUsers } from './pool.js';
import { runBundle } from './stand-in.js';

let listening;
before(async () => {
  listening = await listenWithUsers();
});
after(() => listening.close());

const MODULES = ['k6/crypto', 'k6/execution', 'k6/http', 'k6/metrics'];
const run = (bundle, more = {}) => runBundle(bundle, { ENDPOINT: listening.endpoint, ...more }, 3);

for (const bundle of BUNDLES) {
  test(`${bundle} asks for modules of k6 alone, signs in one user after the other, and times them`, async () => {
    const { asked, options, metrics } = await run(bundle);
    assert.deepEqual(asked, MODULES);
    assert.equal(options.vus, 2);
    assert.deepEqual(metrics.sign_in_outcomes, ['signed-in', 'signed-in', 'signed-in']);
    assert.deepEqual(metrics.sign_in_failed, [false, false, false]);
    assert.equal(metrics.sign_in_duration.length, 3);
  });
}

const REFUSED = [
  ['dist/whole-engine.js', { PASSWORD: 'wrong' }, 'INCORRECT_USERNAME_OR_PASSWORD'],
  ['dist/whole-engine.js', { ENDPOINT: 'http://127.0.0.1:1' }, 'NETWORK_FAILED'],
  ['dist/srp-alone.js', { PASSWORD: 'wrong' }, 'NotAuthorizedException'],
  ['dist/srp-alone.js', { ENDPOINT: 'http://127.0.0.1:1' }, 'Error'],
];
for (const [bundle, more, outcome] of REFUSED) {
  test(`${bundle} counts a failure by its code: ${outcome}`, async () => {
    const { metrics } = await run(bundle, more);
    assert.deepEqual(metrics.sign_in_outcomes, [outcome, outcome, outcome]);
    assert.deepEqual(metrics.sign_in_failed, [true, true, true]);
    assert.deepEqual(metrics.sign_in_duration, []);
  });
}
