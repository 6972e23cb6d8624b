/** The target `framing`: bytes on a socket to a listening pool, which are not quite HTTP. */
import { connect, type Socket } from 'node:net';
import fc, { type Arbitrary } from 'fast-check';
import { describe } from '../../../test/fuzz/case-checks.ts';
import { anyUnits, expand, oddText } from '../../../test/fuzz/odd-values.ts';
import { toRunnable } from '../../../test/fuzz/run-cases.ts';
import { PASSWORD } from '../../../test/fuzz/steady-world.ts';
import { Fault, type RunnableTarget } from '../../../test/fuzz/target.ts';
import type { Listening } from '../../src/http/node-server.ts';
import { createWorldMaker, POOL_ID, type PoolWorld, sendOperation, targetOf } from './pool-world.ts';

export interface FramingCase {
  /** What is written one after the other on one connection, as latin1. A pause of a turn is between them. */
  readonly pieces: readonly string[];
  /** Which piece has a framing that contradicts itself. The pieces before it are right, and nothing behind it may be carried out. */
  readonly contradiction?: number;
}

/** A server that has not answered or closed by then never will. */
const LIMIT_MS = 20_000;
/** How many cases come before an ordinary client signs in. */
const CLIENT_EVERY = 200;

const BODY = JSON.stringify({
  ClientId: 'web',
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: 'nobody', PASSWORD },
});
const TARGET = `x-amz-target: ${targetOf('InitiateAuth')}`;

const startLine: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('POST / HTTP/1.1', 'GET /health HTTP/1.1'), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      'POST / HTTP/1.0',
      'POST / HTTP/2.0',
      'POST / HTTP/1.1 ',
      'POST  / HTTP/1.1',
      'post / HTTP/1.1',
      'CONNECT 127.0.0.1:80 HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET http://evil.example/ HTTP/1.1',
      'GET //evil.example/ HTTP/1.1',
      'GET /\\evil.example HTTP/1.1',
      'GET /%00 HTTP/1.1',
      'GET /a?b#c HTTP/1.1',
      'PRI * HTTP/2.0',
      'TRACE / HTTP/1.1',
      'GET',
      '',
    ),
    weight: 2,
  },
  { arbitrary: oddText.map((text) => `GET /${text} HTTP/1.1`), weight: 1 },
);

const length = BODY.length;
const HEADERS = [
  `Content-Length: ${length}`,
  `Content-Length: ${length}`,
  'Content-Length: 0',
  'Content-Length: 5',
  `Content-Length: ${length}, ${length}`,
  'Content-Length: -1',
  'Content-Length: +5',
  'Content-Length: 0x5',
  'Content-Length: 99999999999999999999',
  'Content-Length: 2000000',
  'Content-Length : 5',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding:\tchunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding : chunked',
  ' Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  TARGET,
  TARGET,
  'Host: 127.0.0.1',
  'Host: evil.example',
  'Host: a, b',
  'Host:',
  'Connection: close',
  'Connection: keep-alive',
  'Connection: upgrade',
  'Upgrade: h2c',
  'Expect: 100-continue',
  'Expect: 200-ok',
  'Trailer: x',
  'Origin: http://127.0.0.1',
  'X: \u0000',
  'X\u0001: y',
  ': z',
  'no colon',
];
const header: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...HEADERS), weight: 9 },
  { arbitrary: fc.tuple(oddText, oddText).map(([name, value]) => `${name}: ${value}`), weight: 1 },
  { arbitrary: fc.constantFrom('X: @huge:9000@', 'X: @huge:20000@'), weight: 1 },
);
const lineEnd = fc.oneof(
  { arbitrary: fc.constant('\r\n'), weight: 12 },
  { arbitrary: fc.constantFrom('\n', '\r', '\r\r\n', ''), weight: 1 },
);
const chunk: Arbitrary<string> = fc.oneof(
  fc.constant(`${length.toString(16)}\r\n${BODY}\r\n`),
  fc.constantFrom(
    '5\r\nhello\r\n',
    '5;ext="a"\r\nhello\r\n',
    '0\r\n\r\n',
    '0\r\nX: y\r\n\r\n',
    '5\r\nhello',
    'ffffffff\r\nx\r\n',
  ),
  fc.constantFrom(
    '-1\r\n',
    '0x5\r\nhello\r\n',
    'g\r\n',
    '5\nhello\n',
    '5 \r\nhello\r\n',
    '99999999999999999\r\n',
    '5;@huge:20000@\r\nhello\r\n',
  ),
);
const body: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constant(BODY), weight: 4 },
  { arbitrary: fc.array(chunk, { maxLength: 4 }).map((list) => list.join('')), weight: 4 },
  {
    arbitrary: fc.constantFrom('', '{', '@huge:20000@', 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n'),
    weight: 2,
  },
  { arbitrary: anyUnits, weight: 1 },
);

const message: Arbitrary<string> = fc
  .tuple(startLine, fc.array(header, { maxLength: 6 }), lineEnd, body)
  .map(([line, headers, end, content]) => [line, ...headers, '', content].join(end));

/** A right request, which other bytes stand before or behind. */
const RIGHT = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${TARGET}\r\nContent-Length: ${length}\r\n\r\n${BODY}`;
const text: Arbitrary<string> = fc.oneof(
  { arbitrary: message, weight: 8 },
  { arbitrary: fc.constant(RIGHT), weight: 2 },
  { arbitrary: fc.nat({ max: RIGHT.length }).map((end) => RIGHT.slice(0, end)), weight: 1 },
  { arbitrary: anyUnits, weight: 1 },
);

/** Most connections have several requests, so that a million cases need fewer connections. */
const anyCase: Arbitrary<FramingCase> = fc.record({
  pieces: fc.array(text, { minLength: 1, maxLength: 4 }),
});

/** The user whom only a request behind a contradiction signs up. */
const SMUGGLED = 'smuggled';

function signUpOf(username: string): string {
  const input = JSON.stringify({ ClientId: 'web', Username: username, Password: PASSWORD });
  return `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nx-amz-target: ${targetOf('SignUp')}\r\nContent-Length: ${input.length}\r\n\r\n${input}`;
}

/** Headers that let two readers disagree about where a request ends. They have to be refused (RFC 9112 sections 5.1, 6.1 and 6.3). */
const contradiction: Arbitrary<readonly string[]> = fc.oneof(
  fc
    .constantFrom(0, 5, length)
    .chain((bytes) => fc.constantFrom('chunked', 'xchunked', 'identity').map((coding) => [bytes, coding]))
    .chain(([bytes, coding]) =>
      fc.shuffledSubarray([`Content-Length: ${bytes}`, `Transfer-Encoding: ${coding}`], { minLength: 2 }),
    ),
  fc.shuffledSubarray(['Content-Length: 0', 'Content-Length: 5', `Content-Length: ${length}`], {
    minLength: 2,
  }),
  fc
    .constantFrom(
      'Content-Length: 0, 5',
      'Content-Length: -1',
      'Content-Length: +5',
      'Content-Length: 0x5',
      'Content-Length : 5',
      'Content-Length: 99999999999999999999',
      'Transfer-Encoding : chunked',
      'Transfer-Encoding: xchunked',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding:\u000bchunked',
    )
    .map((line) => [line]),
);
/** Where a reader who believes another header than Node's parser sees the next request begin. */
const contradictoryBody = fc.oneof(
  fc.constantFrom('', '0\r\n\r\n', 'hello', '5\r\nhello\r\n0\r\n\r\n', BODY),
  fc.array(chunk, { maxLength: 2 }).map((chunks) => chunks.join('')),
);
const contradictoryCase: Arbitrary<FramingCase> = fc
  .record({
    before: fc.array(fc.constant(RIGHT), { maxLength: 2 }),
    line: fc.constantFrom('POST / HTTP/1.1', 'GET /health HTTP/1.1'),
    others: fc.subarray(['X: y', TARGET, 'Connection: keep-alive']),
    lines: contradiction,
    content: contradictoryBody,
    isOnePiece: fc.boolean(),
  })
  .map(({ before, line, others, lines, content, isOnePiece }) => {
    const refused = [line, 'Host: 127.0.0.1', ...others, ...lines, '', content].join('\r\n');
    const behind = signUpOf(SMUGGLED);
    return {
      pieces: [...before, ...(isOnePiece ? [refused + behind] : [refused, behind])],
      contradiction: before.length,
    };
  });

const framingCase: Arbitrary<FramingCase> = fc.oneof(
  { arbitrary: anyCase, weight: 4 },
  { arbitrary: contradictoryCase, weight: 1 },
);

export async function framingTarget(): Promise<RunnableTarget> {
  const makeWorld = createWorldMaker();
  return toRunnable<FramingCase>({
    name: 'framing',
    inputs:
      'bytes on a socket: lengths that contradict each other, bad chunks, line ends, start lines, headers, pipelines',
    arbitrary: framingCase,
    start: async () => {
      const world = await makeWorld();
      const listening = await world.pool.listen();
      await checkSignUpWorks(world, listening);
      const faults = watchErrors();
      let cases = 0;
      return {
        run: async ({ pieces, contradiction: refused }) => {
          const statuses = await exchange(listening, pieces);
          if (refused !== undefined) await checkNothingBehind(world, refused, statuses);
          faults.check();
          cases += 1;
          if (cases % CLIENT_EVERY === 0) await signInOrdinarily(world, listening);
          world.takeLog();
        },
        stop: async () => {
          await signInOrdinarily(world, listening);
          await listening.close();
          faults.stop();
        },
      };
    },
    casesOfAWorld: 5000,
  });
}

/** The server writes its own faults to the terminal, and whoever has gone does not see the reply. */
function watchErrors() {
  const write = console.error;
  let fault: unknown;
  console.error = (...written: readonly unknown[]) => {
    fault ??= written[0];
  };
  return {
    check: () => {
      if (fault === undefined) return;
      const text = `The server has a fault: ${describe(fault)}`;
      fault = undefined;
      throw new Fault(text);
    },
    stop: () => {
      console.error = write;
    },
  };
}

/**
 * Writes everything, ends its own side, and waits until the server has answered what it takes and closed.
 *
 * @returns the statuses of the answers
 */
async function exchange({ port }: Listening, pieces: readonly string[]): Promise<readonly number[]> {
  const socket = connect({ port, host: '127.0.0.1' });
  let answered = '';
  socket.setEncoding('latin1');
  socket.on('data', (data: string) => {
    answered = answered.length < 100_000 ? answered + data : answered;
  });
  // The server may close while something is still written
  socket.on('error', () => {});
  const closed = new Promise<boolean>((resolve) => {
    socket.once('close', () => resolve(true));
    socket.setTimeout(LIMIT_MS, () => resolve(false));
  });
  for (const piece of pieces) await write(socket, expand(piece));
  socket.end();
  const isClosed = await closed;
  socket.destroy();
  if (!isClosed) throw new Fault(`The connection was open after ${LIMIT_MS} ms: ${answered.slice(0, 500)}`);
  return checkAnswers(answered);
}

const write = (socket: Socket, data: string): Promise<void> =>
  new Promise((resolve) => {
    // It is called with an error as well, if the server has closed
    socket.write(Buffer.from(data, 'latin1'), () => setImmediate(resolve));
  });

/** Every status line is an answer or a refusal of the pool or of Node's parser. @returns the statuses */
function checkAnswers(answered: string): readonly number[] {
  const statuses = [...answered.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const wrong = statuses.find((status) => status >= 500);
  if (wrong !== undefined) throw new Fault(`Status ${wrong}: ${answered.slice(0, 1000)}`);
  if (answered.includes('InternalErrorException')) throw new Fault(answered.slice(0, 1000));
  return statuses;
}

const hasUser = async ({ pool }: PoolWorld, Username: string): Promise<boolean> => {
  const input = JSON.stringify({ UserPoolId: POOL_ID, Username });
  return (await sendOperation(pool, 'AdminGetUser', input)).status === 200;
};

/** The sign-up that is smuggled signs a user up where it may. Otherwise that nobody is signed up would show nothing. */
async function checkSignUpWorks(world: PoolWorld, listening: Listening): Promise<void> {
  const username = 'not-smuggled';
  await exchange(listening, [RIGHT, signUpOf(username)]);
  if (!(await hasUser(world, username)))
    throw new Fault('A sign-up behind a right request was not carried out');
}

/** @param before how many right requests came before the contradiction, which is the last one that may have an answer */
async function checkNothingBehind(
  world: PoolWorld,
  before: number,
  statuses: readonly number[],
): Promise<void> {
  if (await hasUser(world, SMUGGLED)) {
    // So that smaller inputs are not blamed for this user
    const input = JSON.stringify({ UserPoolId: POOL_ID, Username: SMUGGLED });
    await sendOperation(world.pool, 'AdminDeleteUser', input);
    throw new Fault('The sign-up behind a contradiction was carried out');
  }
  if (statuses.length > before + 1 || statuses.some((status) => status !== 400)) {
    throw new Fault(`${before} right requests and a contradiction were answered with ${statuses.join(', ')}`);
  }
}

async function signInOrdinarily(world: PoolWorld, { endpoint }: Listening): Promise<void> {
  const input = {
    ClientId: 'web',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'alice', PASSWORD },
  };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': targetOf('InitiateAuth') },
    body: JSON.stringify(input),
  });
  const reply = (await response.json()) as { readonly AuthenticationResult?: object };
  if (!reply.AuthenticationResult) throw new Fault(`An ordinary client gets ${JSON.stringify(reply)}`);
  const inProcess = await sendOperation(world.pool, 'InitiateAuth', JSON.stringify(input));
  if (inProcess.status !== 200) throw new Fault(`In the process: ${inProcess.status}`);
}
