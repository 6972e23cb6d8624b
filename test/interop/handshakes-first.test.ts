import { runHandshakes } from './handshake-run.ts';

test('500 random handshakes: bigint = jsbn = amazon-cognito-identity-js', () => {
  runHandshakes(500);
}, 300_000);
