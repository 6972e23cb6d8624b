/** What is wrong about triggers is named at the start, and what cannot be known then is said when it is used. */
import { createPoolService, createUserPool, type UserPoolOptions } from '../../src/index.ts';
import { createAdmin } from '../admin-calls.ts';
import { createWire, refused } from '../wire.ts';
import { arn } from './lambda-server.ts';

const ENDPOINT = 'http://127.0.0.1:3001';
const withArn = (LambdaConfig: object): UserPoolOptions => ({ userPool: { LambdaConfig } });
const NEEDS_ENDPOINT =
  'is an ARN, so lambdaEndpoint (--lambda-endpoint) must say where the Lambda API is, or triggers must have a function';
const MUST_BE_ARN =
  'must be the ARN of a Lambda function, like "arn:aws:lambda:us-east-1:000000000000:function:NAME"';

test.each<readonly [unknown, string]>([
  [
    { triggers: { PreSignUp: () => {} } },
    /^triggers\.PreSignUp is not a known field; the fields are preSignUp, /,
  ],
  [{ triggers: { verifyAuthChallenge: () => {} } }, /^triggers\.verifyAuthChallenge is not a known field/],
  [{ triggers: { preSignUp: 'handler' } }, 'triggers.preSignUp must be a function'],
  [{ triggers: { preSignUp: null } }, 'triggers.preSignUp must be a function'],
  [{ triggers: 'handlers.mjs' }, 'triggers must be an object'],
  [{ preTokenGenerationVersion: 'V4_0' }, 'preTokenGenerationVersion must be one of V1_0, V2_0, V3_0'],
  [{ triggerTimeoutMs: 0 }, 'triggerTimeoutMs must be a whole number from 1 to 900000'],
  [{ triggerAttempts: 11 }, 'triggerAttempts must be a whole number from 1 to 10'],
  [{ encodeSenderCode: 'a2V5' }, 'encodeSenderCode must be a function'],
  [{ logTriggers: true }, 'logTriggers must be a function'],
  ...[
    'ftp://127.0.0.1',
    '127.0.0.1:3001',
    'http://user:word@127.0.0.1',
    'http://127.0.0.1/2015-03-31',
    'http://127.0.0.1?a',
  ].map(
    (lambdaEndpoint) =>
      [
        { lambdaEndpoint },
        'lambdaEndpoint must be a URL like "http://127.0.0.1:3001", without user, path and query',
      ] as const,
  ),
  [withArn({ PreSignUp: arn('f') }), `userPool.LambdaConfig.PreSignUp ${NEEDS_ENDPOINT}`],
  [
    withArn({ CustomSMSSender: { LambdaArn: arn('f'), LambdaVersion: 'V1_0' } }),
    `userPool.LambdaConfig.CustomSMSSender.LambdaArn ${NEEDS_ENDPOINT}`,
  ],
  [
    withArn({ PreTokenGenerationConfig: { LambdaArn: arn('f'), LambdaVersion: 'V2_0' } }),
    `userPool.LambdaConfig.PreTokenGenerationConfig.LambdaArn ${NEEDS_ENDPOINT}`,
  ],
  [withArn({ PreTokenGeneration: arn('f') }), `userPool.LambdaConfig.PreTokenGeneration ${NEEDS_ENDPOINT}`],
  [
    {
      ...withArn({ CustomEmailSender: { LambdaArn: 'f', LambdaVersion: 'V1_0' } }),
      lambdaEndpoint: ENDPOINT,
    },
    `userPool.LambdaConfig.CustomEmailSender.LambdaArn ${MUST_BE_ARN}`,
  ],
  [
    { ...withArn({ PreSignUp: 'arn:aws:sns:eu-west-1:123456789012:topic' }), lambdaEndpoint: ENDPOINT },
    `userPool.LambdaConfig.PreSignUp ${MUST_BE_ARN}`,
  ],
  [
    { ...withArn({ PreSignUp: 7 }), lambdaEndpoint: ENDPOINT },
    'userPool.LambdaConfig.PreSignUp must be a string',
  ],
] as readonly (readonly [unknown, string])[])('names what is wrong in %j', (options, message) => {
  expect(() => createUserPool(options as UserPoolOptions)).toThrow(message);
});

test('names the pool of an ARN without an endpoint', () => {
  const pools = [{}, { userPoolId: 'eu-west-1_Other', clients: [], ...withArn({ UserMigration: arn('f') }) }];
  expect(() => createPoolService({ pools })).toThrow(
    `pools[1].userPool.LambdaConfig.UserMigration ${NEEDS_ENDPOINT}`,
  );
});

test('an ARN with an endpoint, or with a function in its place, is right', () => {
  expect(() =>
    createUserPool({ ...withArn({ PreSignUp: arn('f') }), lambdaEndpoint: ENDPOINT }),
  ).not.toThrow();
  expect(() =>
    createUserPool({ ...withArn({ PreSignUp: arn('f') }), triggers: { preSignUp: (event) => event } }),
  ).not.toThrow();
});

test('a pool without the triggers of CUSTOM_AUTH refuses it', async () => {
  expect(await createWire().initiate('CUSTOM_AUTH', { USERNAME: 'alice' })).toMatchObject(
    refused('InvalidParameterException', 'Custom auth lambda trigger is not configured for the user pool.'),
  );
});

describe('an ARN that UpdateUserPool sets', () => {
  const refusal = (text: string) =>
    refused('UnexpectedLambdaException', `DefineAuthChallenge invocation failed due to error ${text}.`);
  const signInWith = async (DefineAuthChallenge: string, options: UserPoolOptions = {}) => {
    const { admin, initiate } = createAdmin(options);
    expect(await admin('UpdateUserPool', { LambdaConfig: { DefineAuthChallenge } })).toMatchObject({
      status: 200,
    });
    return initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  };

  test('without an endpoint says what to do when it is used', async () => {
    expect(await signInWith(arn('f'))).toMatchObject(
      refusal(
        'NoEndpoint: the pool has an ARN in LambdaConfig and no endpoint of the Lambda API. Start it with the option lambdaEndpoint (--lambda-endpoint URL), or give it a function',
      ),
    );
  });

  test('that is not of a function says so when it is used', async () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:topic';
    expect(await signInWith(topic, { lambdaEndpoint: ENDPOINT })).toMatchObject(
      refusal(
        'InvalidArn: LambdaConfig must have the ARN of a Lambda function, like arn:aws:lambda:us-east-1:000000000000:function:NAME',
      ),
    );
  });
});
