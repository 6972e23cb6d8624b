/** An error of one build is an instance of the class of every other build, because an application may load several of them. */
import { evaluate } from '../support/node-process.ts';

const BUILDS = {
  'the default build': `await import('cognito-srp-engine')`,
  './portable': `await import('cognito-srp-engine/portable')`,
  'the CommonJS build': `createRequire(import.meta.url)('cognito-srp-engine')`,
  'the portable CommonJS build': `createRequire(import.meta.url)('cognito-srp-engine/portable')`,
};

const pairs = Object.keys(BUILDS).flatMap((thrower) =>
  Object.keys(BUILDS).map((asker) => [thrower, asker] as const),
);

/** [made by, asked as] → whether it is an instance. The first row is of errors that the package throws itself. */
type Answers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

let answers: Answers;
beforeAll(async () => {
  answers = await evaluate<Answers>(
    'module',
    `import { createRequire } from 'node:module';
    const builds = { ${Object.entries(BUILDS)
      .map(([name, load]) => `${JSON.stringify(name)}: ${load}`)
      .join(', ')} };
    const pool = { userPoolId: 'us-east-1_AbCdEf123', clientId: 'web' };
    const refuse = async () => Response.json({ __type: 'NotAuthorizedException', message: 'no' }, { status: 400 });
    const garble = async () => new Response('{');
    const answers = {};
    for (const [thrower, { refreshTokens }] of Object.entries(builds)) {
      const errorOf = (input, fetch) =>
        refreshTokens(pool, input, { fetch, maxAttempts: 1 }).catch((error) => error);
      const errors = {
        ArgumentError: await errorOf({}, refuse),
        ProtocolError: await errorOf({ refreshToken: 'r' }, garble),
        ServiceError: await errorOf({ refreshToken: 'r' }, refuse),
      };
      answers[thrower] = {};
      for (const [asker, classes] of Object.entries(builds)) {
        answers[thrower][asker] = Object.entries(errors).flatMap(([kind, error]) =>
          Object.keys(errors).filter((name) => error instanceof classes[name]).map((name) => kind + ' is ' + name));
      }
    }
    console.log(JSON.stringify(answers));`,
  );
});

test.each(pairs)('what %s throws is an instance of the classes of %s', (thrower, asker) => {
  expect(answers[thrower]?.[asker]).toEqual([
    'ArgumentError is ArgumentError',
    'ProtocolError is ProtocolError',
    'ServiceError is ServiceError',
  ]);
});
