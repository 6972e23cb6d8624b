/** bigint, jsbn and amazon-cognito-identity-js agree on random handshakes. */
import { runHandshakes } from './handshake-run.ts';

/** A sample, because handshakes-forced.test.ts has every border case. `npm run test:long` computes as many as one likes. */
test('60 random handshakes: bigint = jsbn = amazon-cognito-identity-js', () => {
  runHandshakes(60);
});
