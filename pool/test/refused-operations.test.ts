/** What the local pool does not have is refused by name. */
import { OPERATION_NAMES } from '../src/index.ts';
import { ALL_OPERATION_NAMES } from '../src/model/operation-names.ts';
import { createAdminWire } from './pools/admin-wire.ts';
import { refused } from './wire.ts';

const missing = ALL_OPERATION_NAMES.filter((name) => !OPERATION_NAMES.includes(name));

test.each(missing)('%s is refused, and the message names it', async (name) => {
  expect(await createAdminWire().onPool(name)).toMatchObject(
    refused('UnknownOperationException', `The local pool does not have the operation ${name}.`),
  );
});

test('at least 110 of the 153 operations are answered', () => {
  expect(ALL_OPERATION_NAMES).toHaveLength(153);
  expect(OPERATION_NAMES.length).toBeGreaterThanOrEqual(110);
  expect(OPERATION_NAMES.length + missing.length).toBe(153);
});
