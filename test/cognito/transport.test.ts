/** A transport carries the calls in place of fetch, and its errors become those of the engine. */

import { createUserPool } from '../../pool/src/index.ts';
import { ServiceError, signIn, type Transport, type TransportRefusal } from '../../src/index.ts';
import { alice, client, recorder, refusal } from '../support/client.ts';
import { call } from '../support/pool-calls.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';
import { exceptionsLike, isKnownByBeginOfText } from './refusal-lookalikes.ts';

const pool = createUserPool({ users: [alice], lockout: false });
const quick = { retryDelayMs: 1 };

/** As the AWS SDK v3 throws: a class of its own, with `$fault` and `$metadata`. */
class CognitoIdentityProviderServiceException extends Error {
  readonly $fault: string;
  readonly $metadata: object;
  constructor(name: string, message: string, httpStatusCode = 400) {
    super(message);
    this.name = name;
    this.$fault = httpStatusCode < 500 ? 'client' : 'server';
    this.$metadata = { httpStatusCode, requestId: 'request-7', attempts: 1, totalRetryDelay: 0 };
  }
}

/** As `client.send` answers: the output with `$metadata`, absent members as undefined; throws refusals. */
const sdk: Transport = async (operation, input) => {
  const { status, body } = await call(pool, operation, input);
  if (status !== 200) {
    throw new CognitoIdentityProviderServiceException(body.__type ?? '', body.message ?? '', status);
  }
  return { Session: undefined, AuthenticationResult: undefined, ...body, $metadata: { httpStatusCode: 200 } };
};

test('signs in over a transport, and without any fetch', async () => {
  const calls: string[] = [];
  const transport: Transport = (operation, input, signal) => {
    expect(signal).toBeInstanceOf(AbortSignal);
    calls.push(operation);
    return sdk(operation, input, signal);
  };
  const fetch = () => {
    throw new Error('fetch was called');
  };
  expect(await signIn(client, alice, { transport, fetch })).toMatchObject({
    status: 'signed-in',
    username: 'alice',
  });
  expect(calls).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
});

test('a wrong password over the SDK is the same ServiceError as over fetch', async () => {
  const wrong = { ...alice, password: 'wrong-password' };
  const expected = {
    name: 'NotAuthorizedException',
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
    recovery: 'start-again',
    operation: 'RespondToAuthChallenge',
    status: 400,
    message: 'Incorrect username or password.',
  };
  const overSdk = await errorOf(() => signIn(client, wrong, { transport: sdk }));
  expect(overSdk).toBeInstanceOf(ServiceError);
  expect(overSdk).toMatchObject({ ...expected, requestId: 'request-7' });
  const overFetch = await errorOf(() => signIn(client, wrong, { fetch: pool.fetch }));
  expect(overFetch).toBeInstanceOf(ServiceError);
  expect(overFetch).toMatchObject(expected);
});

/** As `k6/http` answers: any status resolves, header names have capitals, and `json()` is not a promise. */
async function asyncRequest(method: string, url: string, body: string, params: { headers: object }) {
  const response = await pool.fetch(url, { method, body, headers: { ...params.headers } });
  const text = await response.text();
  const headers = { 'X-Amzn-Requestid': response.headers.get('x-amzn-requestid') ?? '' };
  return { status: response.status, headers, json: () => JSON.parse(text) as Record<string, string> };
}

/** A transport over `k6/http`. It throws what the service names, as it came. */
const k6: Transport = async (operation, input) => {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
  };
  const response = await asyncRequest('POST', 'http://127.0.0.1/', JSON.stringify(input), { headers });
  const output = response.json();
  if (response.status === 200) return output;
  const $metadata = { httpStatusCode: response.status, requestId: response.headers['X-Amzn-Requestid'] };
  const refused: TransportRefusal = { name: output['__type'] ?? '', message: output['message'], $metadata };
  throw Object.assign(new Error(), refused);
};

describe('a transport of its own kind', () => {
  test('signs in', async () => {
    expect(await signIn(client, alice, { transport: k6 })).toMatchObject({ status: 'signed-in' });
  });

  test('refuses as the service did', async () => {
    const error = await errorOf(() => signIn(client, { ...alice, password: 'wrong' }, { transport: k6 }));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
      recovery: 'start-again',
      operation: 'RespondToAuthChallenge',
      status: 400,
      requestId: expect.stringMatching(/./),
    });
  });
});

describe('a refusal is told by its name:', () => {
  const refusedWith = (thrown: unknown) =>
    errorOf(() => signIn(client, alice, { transport: () => Promise.reject(thrown), maxAttempts: 1 }));
  const named = (name: string, more: object = {}) =>
    Object.assign(new Error('Incorrect username or password.'), { name, ...more });
  const expected = { name: 'NotAuthorizedException', code: 'INCORRECT_USERNAME_OR_PASSWORD' };
  const withoutText = { code: 'REFUSED', message: 'The service refused InitiateAuth and gave no message' };

  test.each<[string, unknown, object]>([
    ['an Error with that name alone', named('NotAuthorizedException'), { ...expected, status: undefined }],
    [
      'a plain object',
      { name: 'NotAuthorizedException', message: 'Incorrect username or password.' },
      { ...expected, status: undefined, requestId: undefined },
    ],
    [
      'status and request id',
      named('NotAuthorizedException', { $metadata: { httpStatusCode: 400, requestId: 'request-7' } }),
      { ...expected, status: 400, requestId: 'request-7' },
    ],
    ['$metadata that is not an object', named('NotAuthorizedException', { $metadata: 'none' }), expected],
    [
      'an exception of the SDK whose name does not end in Exception',
      named('BrandNew', { $fault: 'client', $metadata: {} }),
      { code: 'REFUSED', name: 'BrandNew' },
    ],
    ['the wire with a namespace', named('com.amazonaws.cognito#NotAuthorizedException'), expected],
    ['the wire with a URL behind', named('NotAuthorizedException:http://internal.amazon.com/'), expected],
    ['no text', { name: 'NotAuthorizedException' }, { name: 'NotAuthorizedException', ...withoutText }],
    ['a text that is no text', { name: 'NotAuthorizedException', message: 7 }, withoutText],
    [
      'an exception that nobody knows',
      named('BrandNewException'),
      { code: 'REFUSED', name: 'BrandNewException' },
    ],
  ])('%s', async (_, thrown, meaning) => {
    const error = await refusedWith(thrown);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ operation: 'InitiateAuth', ...meaning });
  });

  test.each([
    ['TypeError', named('TypeError')],
    ['AbortError', named('AbortError')],
    ['an Error with the fault of an SDK alone', named('BrandNew', { $fault: 'client' })],
    ['an Error with the metadata of an SDK alone', named('BrandNew', { $metadata: {} })],
    ['ExceptionError', named('ExceptionError')],
    ['an empty name', named('')],
    ['a name that is no text', { name: 7, message: 'NotAuthorizedException' }],
    ['a text', 'NotAuthorizedException'],
  ])('%s is not a refusal', async (_, thrown) => {
    const error = await refusedWith(thrown);
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'NETWORK_FAILED', recovery: 'try-later' });
    expect(error.cause).toBe(thrown);
  });

  test('a throttled request is repeated', async () => {
    let calls = 0;
    const transport: Transport = async (operation, input) => {
      calls += 1;
      if (calls % 2 === 1) throw named('TooManyRequestsException');
      return sdk(operation, input);
    };
    expect((await signIn(client, alice, { transport, ...quick })).status).toBe('signed-in');
    expect(calls).toBe(4);
  });
});

test('a throttled request is repeated', async () => {
  let calls = 0;
  const transport: Transport = async (operation, input) => {
    calls += 1;
    if (calls % 2 === 1) {
      throw new CognitoIdentityProviderServiceException('TooManyRequestsException', 'Rate exceeded');
    }
    return sdk(operation, input);
  };
  expect((await signIn(client, alice, { transport, ...quick })).status).toBe('signed-in');
  expect(calls).toBe(4);
});

test.each([
  ['an Error', new Error('socket hang up')],
  ['a text', 'offline'],
  ['nothing', undefined],
])('%s of the transport is NETWORK_FAILED with it as the cause', async (_title, thrown) => {
  const transport: Transport = () => Promise.reject(thrown);
  const error = await errorOf(() => signIn(client, alice, { transport, maxAttempts: 1 }));
  expect(error).toMatchObject({
    name: 'ProtocolError',
    code: 'NETWORK_FAILED',
    operation: 'InitiateAuth',
    recovery: 'try-later',
    message: 'InitiateAuth: the transport failed',
  });
  expect(error.cause).toBe(thrown);
  expectNoSecret(error, [alice.password]);
});

test('fetch is asked to keep nothing and to follow no redirect', async () => {
  let sent: RequestInit = {};
  const { fetch } = recorder((_sent, init) => {
    sent = init;
    return refusal('NotAuthorizedException', 'no');
  });
  await errorOf(() => signIn(client, alice, { fetch, ...quick }));
  expect(sent).toMatchObject({
    method: 'POST',
    redirect: 'manual',
    headers: { 'Cache-Control': 'no-store', 'Content-Type': 'application/x-amz-json-1.1' },
  });
});

test('a ServiceError of the transport comes through as it is', async () => {
  const thrown = new ServiceError('REFUSED', 'try-later', 'ProxyException', 'The proxy refuses');
  const transport: Transport = () => Promise.reject(thrown);
  expect(await errorOf(() => signIn(client, alice, { transport, ...quick }))).toBe(thrown);
});

test('a transport that throws at once is like one that rejects', async () => {
  const transport: Transport = () => {
    throw new Error('not connected');
  };
  const error = await errorOf(() => signIn(client, alice, { transport, maxAttempts: 1 }));
  expect(error).toMatchObject({ code: 'NETWORK_FAILED' });
});

test.each([undefined, null, 'text', 7])('an output of %p is REPLY_MALFORMED', async (output) => {
  const error = await errorOf(() => signIn(client, alice, { transport: async () => output, ...quick }));
  expect(error).toMatchObject({ name: 'ProtocolError', code: 'REPLY_MALFORMED', operation: 'InitiateAuth' });
  expect(error.message).toBe('InitiateAuth: "output" must be an object');
});

describe('what the exceptions mean', () => {
  const rows: readonly [exception: string, text: string, code: string, recovery: string][] = [
    [
      'NotAuthorizedException',
      'Incorrect username or password',
      'INCORRECT_USERNAME_OR_PASSWORD',
      'start-again',
    ],
    ['NotAuthorizedException', 'Password attempts exceeded', 'ATTEMPTS_EXCEEDED', 'try-later'],
    ['NotAuthorizedException', 'User is disabled', 'USER_DISABLED', 'ask-administrator'],
    [
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator',
      'TEMPORARY_PASSWORD_EXPIRED',
      'ask-administrator',
    ],
    [
      'NotAuthorizedException',
      'Invalid session for the user, session is expired',
      'SESSION_EXPIRED',
      'start-again',
    ],
    [
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once',
      'SESSION_USED',
      'start-again',
    ],
    ['NotAuthorizedException', 'Invalid session for the user', 'SESSION_INVALID', 'start-again'],
    [
      'NotAuthorizedException',
      'Unable to verify secret hash for client web',
      'SECRET_HASH_REFUSED',
      'fix-configuration',
    ],
    [
      'NotAuthorizedException',
      'Client web is configured with secret but SECRET_HASH was not received',
      'SECRET_HASH_REFUSED',
      'fix-configuration',
    ],
    [
      'InvalidParameterException',
      'App client web is not configured for secret but secret hash was received',
      'SECRET_HASH_REFUSED',
      'fix-configuration',
    ],
    [
      'InvalidParameterException',
      'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english',
      'TIMESTAMP_REFUSED',
      'start-again',
    ],
    [
      'InvalidParameterException',
      'USER_SRP_AUTH flow not enabled for this client',
      'FLOW_NOT_ENABLED',
      'fix-configuration',
    ],
    [
      'InvalidParameterException',
      'Missing required parameter SRP_A',
      'PARAMETER_REFUSED',
      'fix-configuration',
    ],
    ['UserNotFoundException', 'User does not exist', 'USER_NOT_FOUND', 'start-again'],
    ['UserNotConfirmedException', 'User is not confirmed', 'USER_NOT_CONFIRMED', 'confirm-sign-up'],
    [
      'PasswordResetRequiredException',
      'Password reset required for the user',
      'PASSWORD_RESET_REQUIRED',
      'reset-password',
    ],
    [
      'ResourceNotFoundException',
      'User pool client web does not exist',
      'CLIENT_NOT_FOUND',
      'fix-configuration',
    ],
    [
      'ResourceNotFoundException',
      'User pool eu-west-1_x does not exist',
      'CLIENT_NOT_FOUND',
      'fix-configuration',
    ],
    ['ResourceNotFoundException', 'Device does not exist', 'DEVICE_NOT_FOUND', 'start-again'],
    ['UserLambdaValidationException', 'PreAuth failed with error no', 'TRIGGER_REFUSED', 'start-again'],
    // What a trigger says in its own words is no refusal of the service
    [
      'UserLambdaValidationException',
      'PreAuth failed with error flow not enabled for this client',
      'TRIGGER_REFUSED',
      'start-again',
    ],
    ['TooManyFailedAttemptsException', 'Too many failed attempts', 'ATTEMPTS_EXCEEDED', 'try-later'],
    ['UnauthorizedException', 'Invalid client or secret', 'SECRET_HASH_REFUSED', 'fix-configuration'],
    [
      'UnsupportedOperationException',
      'This API does not support refresh token rotation',
      'OPERATION_NOT_ENABLED',
      'fix-configuration',
    ],
    ['UnknownOperationException', 'Not here', 'OPERATION_UNKNOWN', 'fix-configuration'],
    ...[
      'MissingAuthenticationTokenException',
      'AccessDeniedException',
      'UnrecognizedClientException',
      'InvalidClientTokenIdException',
      'InvalidSignatureException',
      'IncompleteSignatureException',
      'ExpiredTokenException',
    ].map((name): [string, string, string, string] => [
      name,
      'Not by you',
      'CREDENTIALS_REFUSED',
      'fix-configuration',
    ]),
    ['InvalidSmsRoleAccessPolicyException', 'No role', 'POOL_MISCONFIGURED', 'fix-configuration'],
    ['InvalidUserPoolConfigurationException', 'No pool', 'POOL_MISCONFIGURED', 'fix-configuration'],
    ['WebAuthnNotEnabledException', 'Not here', 'PASSKEY_NOT_ENABLED', 'fix-configuration'],
    ['WebAuthnClientMismatchException', 'Not yours', 'PASSKEY_REFUSED', 'start-again'],
    ['UnexpectedLambdaException', 'PreAuth failed', 'TRIGGER_FAILED', 'fix-configuration'],
    ['InvalidLambdaResponseException', 'Unrecognizable lambda output', 'TRIGGER_FAILED', 'fix-configuration'],
    ['ForbiddenException', 'Request not allowed due to WAF block', 'FIREWALL_REFUSED', 'fix-configuration'],
    ['TooManyRequestsException', 'Too many requests', 'THROTTLED', 'try-later'],
    ['TooManyRequestsException', 'Rate exceeded', 'THROTTLED', 'try-later'],
    [
      'LimitExceededException',
      'Attempt limit exceeded, please try after some time',
      'ATTEMPTS_EXCEEDED',
      'try-later',
    ],
    ['InternalErrorException', 'Something went wrong', 'INTERNAL_ERROR', 'try-later'],
    ['ServiceUnavailableException', 'Try again', 'INTERNAL_ERROR', 'try-later'],
    ['RefreshTokenReuseException', 'The token was used before', 'REFRESH_TOKEN_REUSED', 'start-again'],
    ['UnsupportedException', 'Unsupported x-amz-target header', 'OPERATION_UNKNOWN', 'fix-configuration'],
    ['UnsupportedException', 'Cognito: AuthFlow=USER_AUTH', 'FLOW_NOT_ENABLED', 'fix-configuration'],
    ['InternalFailureException', 'It is not implemented', 'OPERATION_UNKNOWN', 'fix-configuration'],
    ['ExpiredCodeException', 'Your software token has already been used once', 'CODE_USED', 'answer-again'],
    ['CodeDeliveryFailureException', 'Not delivered', 'CODE_DELIVERY_FAILED', 'try-later'],
    ['AliasExistsException', 'Already there', 'ALIAS_EXISTS', 'start-again'],
    ['SoftwareTokenMFANotFoundException', 'Nothing is set up', 'MFA_NOT_SET_UP', 'start-again'],
    ['InvalidParameterException', 'A text that nobody has seen', 'PARAMETER_REFUSED', 'fix-configuration'],
    ['NotAuthorizedException', 'A text that nobody has seen', 'REFUSED', 'start-again'],
    ['SomethingNewException', 'Incorrect username or password', 'REFUSED', 'start-again'],
  ];
  const both = rows.flatMap(([name, text, ...meaning]) => [
    [name, text, ...meaning] as const,
    [name, `${text}.`, ...meaning] as const,
  ]);

  const refusedOverFetch = (name: string, text: string) =>
    errorOf(() => {
      const { fetch } = recorder(() => refusal(name, text));
      return signIn(client, alice, { fetch, maxAttempts: 1 });
    });

  test.each(rows.flatMap(([name, text]) => exceptionsLike(name).map((other) => [other, text] as const)))(
    '%s %j is an exception that nobody knows',
    async (name, text) => {
      expect(await refusedOverFetch(name, text)).toMatchObject({ code: 'REFUSED' });
    },
  );

  test.each(rows.filter(([name, , code]) => isKnownByBeginOfText(name, code)))(
    '%s with other words before %j is not %s',
    async (name, text, code) => {
      expect(await refusedOverFetch(name, `It was said: ${text}`)).not.toMatchObject({ code });
    },
  );

  test.each(both)('%s %j is %s, %s', async (name, text, code, recovery) => {
    const expected = { name, message: text, code, recovery, requestId: 'request-7' };
    const overFetch = await refusedOverFetch(name, text);
    expect(overFetch).toMatchObject({ ...expected, status: 400 });

    const transport: Transport = async () => {
      throw new CognitoIdentityProviderServiceException(name, text, 404);
    };
    const overSdk = await errorOf(() => signIn(client, alice, { transport, maxAttempts: 1 }));
    expect(overSdk).toMatchObject({ ...expected, status: 404 });

    const $metadata = { httpStatusCode: 400, requestId: 'request-7' };
    const plain: Transport = () => Promise.reject({ name, message: text, $metadata });
    const overPlain = await errorOf(() => signIn(client, alice, { transport: plain, maxAttempts: 1 }));
    expect(overPlain).toMatchObject({ ...expected, status: 400 });
  });
});
