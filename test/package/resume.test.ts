/** Another process with the built package answers a challenge that was kept as JSON. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type AnswerTo, type ChallengeName, type ChallengeOf, respond } from '../../src/index.ts';
import { CASES, type Case, createWorld, reach, type World, whereIs } from '../cognito/challenge-cases.ts';
import { root } from '../support/node-process.ts';

/** Reads `{ client, challenge, answer }` as text from standard input and prints where the sign-in then is. */
const PROGRAM = `
  import { parseChallenge, respond } from ${JSON.stringify(join(root, 'dist/esm/index.js'))};
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  const { client, challenge, answer } = JSON.parse(text);
  const step = await respond(client, parseChallenge(challenge), answer);
  console.log(step.status === 'challenge' ? step.challenge.name : step.status);
`;

const inAnotherProcess = (input: object): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['--input-type=module', '--eval', PROGRAM],
      (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout.trim())),
    );
    child.stdin?.end(JSON.stringify(input));
  });

/** A case's world on a port. */
async function serve({ options: { fetch } }: World) {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const response = await fetch?.('http://127.0.0.1/', {
      method: 'POST',
      headers: incoming.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString(),
    });
    outgoing.writeHead(response?.status ?? 500, Object.fromEntries(response?.headers ?? []));
    outgoing.end(await response?.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

test.each(Object.keys(CASES) as ChallengeName[])('%s', (name) =>
  resumed(name, CASES[name] as Case<ChallengeName>),
);

async function resumed<Name extends ChallengeName>(name: Name, c: Case<Name>): Promise<void> {
  const world = await createWorld(c);
  const challenge = await reach(name, c, world);
  const answer = c.right(world, challenge);
  const { endpoint, close } = await serve(world);
  try {
    const input = { client: { ...world.client, endpoint }, challenge: JSON.stringify(challenge), answer };
    expect(await inAnotherProcess(input)).toBe(c.next);
  } finally {
    await close();
  }
  // And this process is told that it has been answered
  await expect(
    respond(world.client, challenge, answer as AnswerTo<ChallengeOf<Name>>, world.options).then(whereIs),
  ).rejects.toMatchObject({
    code: expect.stringMatching(/^SESSION_/),
  });
}
