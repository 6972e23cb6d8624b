/** A folder that cannot be used is refused, and a change that cannot be kept is not made. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { openUserPool } from '../../src/index.ts';
import { type Keeper, openKeeper } from '../../src/kept/keeper.ts';
import { toServiceOptions } from '../../src/options/service-options.ts';
import { startService } from '../../src/pool-service.ts';
import { firstPoolOf } from '../../src/user-pool.ts';
import { SIGNED } from '../admin-calls.ts';
import { PASSWORD } from '../wire.ts';

const POOL_ID = 'eu-west-1_Keep1';
const OPTIONS = { userPoolId: POOL_ID, users: [{ username: 'alice', password: PASSWORD }] };

let folder = '';
let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'kept-pool-'));
  folder = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const open = () => openUserPool({ ...OPTIONS, dataFolder: folder, logDataFolder: () => {} });

const contentOf = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('a folder that cannot be used', () => {
  test('is refused while another pool has it, with the name of the process', async () => {
    const pool = await open();
    await expect(open()).rejects.toThrow(`process ${process.pid}`);
    await pool.close();
    await (await open()).close();
  });

  test.each<[string, (snapshot: string) => string, RegExp]>([
    ['JSON that is cut off', (snapshot) => snapshot.slice(0, -20), /Keep1\.json is damaged: it is not JSON$/],
    [
      'a verifier that is not a number',
      (snapshot) => snapshot.replace('"password":', '"verifier":{"salt":"x","v":"1"},"password":'),
      /Keep1\.json or its journal is damaged: users\[0\]\.verifier\.salt must be hexadecimal digits$/,
    ],
    [
      'the settings of another pool',
      (snapshot) => snapshot.replace(`"Id":"${POOL_ID}"`, '"Id":"eu-west-1_Other"'),
      /Keep1\.json or its journal is damaged: settings\.userPool\.Id must be the same as userPoolId$/,
    ],
    [
      'a pool without its secret',
      (snapshot) => snapshot.replace(/"secret": .*\n/, ''),
      /Keep1\.json or its journal is damaged: secret must be an object$/,
    ],
  ])('is refused because of %s, and stays as it is', async (_what, damage, message) => {
    await (await open()).close();
    const file = join(folder, `${POOL_ID}.json`);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, damage(whole));
    expect(readFileSync(file, 'utf8')).not.toBe(whole);
    const before = contentOf();
    await expect(open()).rejects.toThrow(message);
    expect(contentOf()).toEqual(before);
    // It is not left locked
    writeFileSync(file, whole);
    await (await open()).close();
  });

  test('is refused if its name is empty', async () => {
    await expect(openUserPool({ dataFolder: '' })).rejects.toThrow(
      'dataFolder must be a string that is not empty',
    );
  });
});

describe('while the disk is full', () => {
  let isFull = false;
  let lines: string[] = [];
  let keeper: Keeper;
  beforeEach(() => {
    isFull = false;
    lines = [];
  });
  afterEach(async () => {
    isFull = false;
    await keeper.close();
  });

  const files = {
    ...nodeFiles,
    open: async (name: string, flags: string, mode?: number) => {
      if (isFull && flags !== 'r') throw Object.assign(new Error('ENOSPC: open'), { code: 'ENOSPC' });
      return nodeFiles.open(name, flags, mode);
    },
  } as unknown as typeof nodeFiles;

  const start = async () => {
    const opened = await openKeeper(folder, { now: Date.now, log: (line) => lines.push(line), files });
    keeper = opened.keeper;
    const pool = firstPoolOf(startService(toServiceOptions(OPTIONS), keeper, opened.kept));
    await keeper.written();
    const call = async (operation: string, input: object) => {
      const response = await sendRequest(pool, operation, input, SIGNED);
      return { status: response.status, ...(JSON.parse((await response.text()) || '{}') as object) };
    };
    return { pool, call };
  };
  const until = async (isTrue: () => boolean) => {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const create = (name: string) => ({ UserPoolId: POOL_ID, GroupName: name });
  const REFUSED = {
    status: 500,
    __type: 'InternalErrorException',
    message: expect.stringContaining('ENOSPC'),
  };

  test('a change is refused and not made, a question is answered, and later both work again', async () => {
    const { call } = await start();
    isFull = true;
    // The reply does not wait for the disk
    expect(await call('CreateGroup', create('first'))).toMatchObject({ status: 200 });
    await until(() => keeper.problem !== undefined);
    expect(lines).toEqual([
      expect.stringMatching(/journal cannot be written: ENOSPC: open\. The changes are kept in memory/),
    ]);
    expect(await call('CreateGroup', create('second'))).toEqual(REFUSED);
    expect(await call('CreateUserPool', { PoolName: 'third' })).toEqual(REFUSED);
    expect(await call('DeleteUserPool', { UserPoolId: POOL_ID })).toEqual(REFUSED);
    expect(await call('ListGroups', { UserPoolId: POOL_ID })).toMatchObject({
      status: 200,
      Groups: [{ GroupName: 'first' }],
    });
    expect(await call('ListUserPools', { MaxResults: 9 })).toMatchObject({ UserPools: [{ Id: POOL_ID }] });

    isFull = false;
    await until(() => keeper.problem === undefined);
    expect(await call('CreateGroup', create('second'))).toMatchObject({ status: 200 });
    await keeper.close();
    const again = await open();
    expect((await sendRequest(again, 'ListGroups', { UserPoolId: POOL_ID }, SIGNED)).status).toBe(200);
    await again.close();
    expect(readFileSync(join(folder, `${POOL_ID}.json`), 'utf8')).toMatch(
      /"GroupName":"first".*"GroupName":"second"/s,
    );
  });

  test('a pool that is made just then is written as soon as there is space', async () => {
    const { call } = await start();
    isFull = true;
    const made = await call('CreateUserPool', { PoolName: 'made' });
    const { Id } = (made as unknown as { readonly UserPool: { readonly Id: string } }).UserPool;
    await until(() => keeper.problem !== undefined);
    expect(await call('CreateGroup', { UserPoolId: Id, GroupName: 'late' })).toEqual(REFUSED);
    isFull = false;
    await until(() => keeper.problem === undefined);
    expect(await call('CreateGroup', { UserPoolId: Id, GroupName: 'late' })).toMatchObject({ status: 200 });
    await keeper.close();
    expect(readFileSync(join(folder, `${Id}.json`), 'utf8')).toContain('"GroupName":"late"');
  });

  test('a new folder is refused', async () => {
    isFull = true;
    const opened = await openKeeper(folder, { now: Date.now, log: (line) => lines.push(line) });
    keeper = opened.keeper;
    await keeper.close();
    await expect(start()).rejects.toThrow('ENOSPC');
  });
});
