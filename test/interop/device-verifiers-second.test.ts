import { runDevices } from './device-verifiers.ts';

test('device verifiers 501 to 1000: bigint = jsbn = amazon-cognito-identity-js', () => {
  runDevices(500, 1000);
}, 300_000);
