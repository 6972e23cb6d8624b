/** Every published build gives the known answers by its public functions. */
import { join } from 'node:path';
import cognito from '../../vectors/cognito-srp.json' with { type: 'json' };
import { evaluate, root } from '../support/node-process.ts';

/** The public functions draw 32 bytes; the vectors whose a has more are the core's. */
const cases = cognito.cases.filter(({ a }) => a.length <= 64);

const PROGRAM = `
  const rngOf = (a) => () => Uint8Array.from(Buffer.from(a.padStart(64, '0'), 'hex'));
  console.log(JSON.stringify(cases.map((c) => {
    const ephemeral = srp.generateEphemeral(rngOf(c.a));
    const { SALT, SRP_B, SECRET_BLOCK, TIMESTAMP } = c;
    const parameters = { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP: c.userIdForSrp ?? 'u', USERNAME: 'u' };
    const now = Date.parse(TIMESTAMP);
    const device = { key: c.deviceKey, groupKey: c.deviceGroupKey, password: c.password };
    const responses = c.kind === 'device'
      ? srp.devicePasswordVerifierResponses(ephemeral, parameters, { device, now })
      : srp.passwordVerifierResponses(ephemeral, parameters, {
          userPoolId: 'eu-west-1_' + c.poolName, password: c.password, now,
        });
    return [ephemeral.SRP_A, responses.PASSWORD_CLAIM_SIGNATURE, responses.TIMESTAMP];
  })));
`;

test.each([
  ['module', 'dist/esm/index.js'],
  ['module', 'dist/esm/srp/index.js'],
  ['module', 'dist/esm/portable.js'],
  ['commonjs', 'dist/cjs/index.js'],
  ['commonjs', 'dist/cjs/srp/index.js'],
  ['commonjs', 'dist/cjs/portable.js'],
] as const)('%s: %s', async (format, file) => {
  const path = JSON.stringify(join(root, file));
  const load = format === 'module' ? `await import(${path})` : `require(${path})`;
  const answers = await evaluate<string[][]>(
    format,
    `const srp = ${load}; const cases = ${JSON.stringify(cases)}; ${PROGRAM}`,
  );
  expect(answers).toEqual(cases.map((c) => [c.SRP_A, c.PASSWORD_CLAIM_SIGNATURE, c.TIMESTAMP]));
});

test('both kinds are among them', () => {
  expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(['user', 'device']));
  expect(cases.length).toBeGreaterThan(20);
});
