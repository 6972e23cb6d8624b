import { runDevices } from './device-verifiers.ts';

test('device verifiers 1 to 500: bigint = jsbn = amazon-cognito-identity-js', () => {
  runDevices(0, 500);
}, 300_000);
