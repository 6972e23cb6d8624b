/** The program itself, started as `npm start` does, killed and started again. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createUserPool } from 'cognito-local-pool';

test('a code once, then killed and started again without one; SIGTERM ends it with 0', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
  const local = createUserPool(JSON.parse(readFileSync('pool.json', 'utf8')));
  const listening = await local.listen();
  const children = [];
  context.after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await listening.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const env = {
    ...process.env,
    ENDPOINT: listening.endpoint,
    KIOSK_FILE: join(folder, 'kiosk.json'),
    ROUND_MS: '20',
  };
  const start = (stdin = 'pipe') => {
    const child = spawn(process.execPath, ['main.js'], { env, stdio: [stdin, 'pipe', 'pipe'] });
    children.push(child);
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  };
  const next = async (lines) => (await lines.next()).value;

  const alone = start('ignore');
  assert.deepEqual(await once(alone.child, 'exit'), [1, null], 'nobody is at the terminal');
  assert.equal(local.outbox.length, 1, 'one code was sent');

  const first = start();
  let told = '';
  // The question is asked once the code was sent
  for await (const data of first.child.stderr.iterator({ destroyOnReturn: false })) {
    told += data;
    if (told.includes('Code for SMS_MFA: ')) break;
  }
  first.child.stdin.write(`${local.outbox.at(-1).code}\n`);
  assert.equal(await next(first.lines), 'restored');
  assert.equal(await next(first.lines), 'signed-in');
  assert.equal(await next(first.lines), 'kiosk-7 works');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const sent = local.outbox.length;
  const second = start();
  assert.equal(await next(second.lines), 'restored');
  assert.equal(await next(second.lines), 'kiosk-7 works');
  assert.equal(local.outbox.length, sent, 'nobody was sent a code');
  second.child.kill('SIGTERM');
  const [code] = await once(second.child, 'exit');
  assert.equal(code, 0);
});
