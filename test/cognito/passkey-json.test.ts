/** A passkey as a browser has it, with ArrayBuffers, and as the service has it, as JSON (WebAuthn §5.1 and §5.2). */
import { runInNewContext } from 'node:vm';
import {
  completePasskeyRegistration,
  passkeyCreation,
  passkeyRequest,
  respond,
  signIn,
} from '../../src/index.ts';
import { client } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const bytes = (...values: readonly number[]): ArrayBuffer => new Uint8Array(values).buffer;

/** What is sent of a credential. */
async function sentOf(credential: unknown): Promise<unknown> {
  let sent: unknown;
  const transport = async (_: string, input: object) => {
    sent = (input as { Credential: unknown }).Credential;
    return {};
  };
  await completePasskeyRegistration(
    client,
    { accessToken: 'a', credential: credential as object },
    { transport },
  );
  return sent;
}

test('a new passkey of a browser without toJSON is written as JSON', async () => {
  const credential = {
    id: 'AQID',
    rawId: bytes(1, 2, 3),
    type: 'public-key',
    authenticatorAttachment: 'platform',
    response: {
      clientDataJSON: bytes(255, 254),
      attestationObject: new Uint8Array([0, 9, 8, 0]).subarray(1, 3),
      transports: ['internal'],
      getTransports() {
        return this.transports;
      },
    },
    extensions: { credProps: { rk: true } },
    getClientExtensionResults() {
      return this.extensions;
    },
  };
  expect(await sentOf(credential)).toEqual({
    id: 'AQID',
    rawId: 'AQID',
    type: 'public-key',
    authenticatorAttachment: 'platform',
    response: { clientDataJSON: '__4', attestationObject: 'CQg', transports: ['internal'] },
    clientExtensionResults: { credProps: { rk: true } },
  });
});

test('an assertion is written with what it has, and bytes of another realm are bytes, too', async () => {
  const ofAnotherRealm: unknown = runInNewContext('new Uint8Array([1, 2]).buffer');
  const credential = {
    id: 'x',
    response: {
      clientDataJSON: ofAnotherRealm,
      authenticatorData: bytes(3),
      signature: bytes(4),
      userHandle: null,
    },
  };
  expect(await sentOf(credential)).toEqual({
    id: 'x',
    rawId: '',
    response: { clientDataJSON: 'AQI', authenticatorData: 'Aw', signature: 'BA' },
    clientExtensionResults: {},
  });
  const withUser = { ...credential.response, userHandle: bytes(5) };
  expect(await sentOf({ id: 'x', rawId: null, response: withUser })).toMatchObject({
    rawId: '',
    response: { userHandle: 'BQ' },
  });
});

test('a passkey that is JSON already, or can make its JSON, is sent as it is', async () => {
  const json = { id: 'x', rawId: 'x', response: { clientDataJSON: 'AAAA' }, more: 1 };
  expect(await sentOf(json)).toEqual(json);
  const response = { clientDataJSON: bytes(1) };
  expect(await sentOf({ id: 'x', response, toJSON: () => json })).toEqual(json);
  expect(await sentOf({ id: 'x', response, toJSON: () => 'no object' })).toMatchObject({
    response: { clientDataJSON: 'AQ' },
  });
});

describe('a passkey of a password manager, whose prototype is the native one, which refuses its methods,', () => {
  const refuse = () => {
    throw new TypeError('Illegal invocation');
  };
  const native = { toJSON: refuse, getClientExtensionResults: refuse, getTransports: refuse };
  const credentialOf = (response: object): object => ({
    __proto__: native,
    id: 'AQID',
    rawId: bytes(1, 2, 3),
    type: 'public-key',
    authenticatorAttachment: 'platform',
    response: { __proto__: native, clientDataJSON: bytes(255, 254), ...response },
  });
  const common = {
    id: 'AQID',
    rawId: 'AQID',
    type: 'public-key',
    clientExtensionResults: {},
    authenticatorAttachment: 'platform',
  };

  test('is registered with what it has', async () => {
    expect(await sentOf(credentialOf({ attestationObject: bytes(9, 8) }))).toEqual({
      ...common,
      response: { clientDataJSON: '__4', attestationObject: 'CQg' },
    });
  });

  test('signs in with what it has', async () => {
    let sent = '';
    const transport = async (operation: string, input: object) => {
      if (operation === 'InitiateAuth') {
        const ChallengeParameters = { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify({ challenge: 'AAAA' }) };
        return { ChallengeName: 'WEB_AUTHN', Session: 's'.repeat(30), ChallengeParameters };
      }
      sent = (input as { ChallengeResponses: Record<string, string> }).ChallengeResponses['CREDENTIAL'] ?? '';
      return { AuthenticationResult: { AccessToken: 'a.b.c', ExpiresIn: 3600 } };
    };
    const credentials = { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'WEB_AUTHN' } as const;
    const asked = await signIn(client, credentials, { transport });
    if (asked.status !== 'challenge' || asked.challenge.name !== 'WEB_AUTHN') throw new Error('asks else');
    const credential = credentialOf({ authenticatorData: bytes(3), signature: bytes(4) });
    const step = await respond(client, asked.challenge, { credential }, { transport });
    expect(step.status).toBe('signed-in');
    expect(JSON.parse(sent)).toEqual({
      ...common,
      response: { clientDataJSON: '__4', authenticatorData: 'Aw', signature: 'BA' },
    });
  });
});

test.each<[unknown, string, string]>([
  [undefined, 'credential', 'what navigator.credentials gave, or its toJSON()'],
  [{ response: {} }, 'credential', 'what navigator.credentials gave, or its toJSON()'],
  [{ id: 'x' }, 'credential', 'what navigator.credentials gave, or its toJSON()'],
  [{ id: 'x', rawId: 7, response: {} }, 'credential.rawId', 'an ArrayBuffer for bytes'],
  [{ id: 'x', response: { signature: [1] } }, 'credential.response.signature', 'an ArrayBuffer for bytes'],
])('%j is not a passkey: the message names the member', async (credential, field, expected) => {
  const error = await errorOf(() => sentOf(credential));
  expect(error).toMatchObject({ code: 'ANSWER_INVALID', field });
  expect(error.message).toMatch(new RegExp(`^"${field}" must be what navigator`));
  expect(error.message).toContain(expected);
});

describe('the options of the service', () => {
  const creation = {
    challenge: 'AQ',
    rp: { id: 'example.com' },
    user: { id: 'Ag', name: 'alice' },
    excludeCredentials: [{ id: 'Aw', type: 'public-key' }],
  };
  const toNumbers = (buffer: unknown) => [...new Uint8Array(buffer as ArrayBuffer)];

  test('become those of navigator.credentials.create, with ArrayBuffers for bytes', () => {
    const { publicKey } = passkeyCreation(creation);
    expect(publicKey).toMatchObject({ rp: { id: 'example.com' }, user: { name: 'alice' } });
    expect([publicKey.challenge, publicKey.user.id].map(toNumbers)).toEqual([[1], [2]]);
    const { excludeCredentials } = publicKey as {
      excludeCredentials?: readonly { id: unknown; type: string }[];
    };
    expect(excludeCredentials?.map(({ id, type }) => [toNumbers(id), type])).toEqual([[[3], 'public-key']]);
    expect(publicKey).not.toHaveProperty('allowCredentials');
  });

  test('become those of navigator.credentials.get', () => {
    const { publicKey } = passkeyRequest({
      challenge: 'AQ',
      rpId: 'example.com',
      allowCredentials: [{ id: 'Aw' }],
    });
    expect(publicKey).toMatchObject({ rpId: 'example.com' });
    expect(toNumbers(publicKey.challenge)).toEqual([1]);
    expect(publicKey.allowCredentials?.map(({ id }) => toNumbers(id))).toEqual([[3]]);
    expect(passkeyRequest({ challenge: 'AQ' }).publicKey).not.toHaveProperty('allowCredentials');
    expect(passkeyRequest({ challenge: 'AQ', allowCredentials: 'x' }).publicKey).toHaveProperty(
      'allowCredentials',
      'x',
    );
  });

  test.each<[() => unknown, string]>([
    [() => passkeyRequest(undefined as never), '"requestOptions" must be an object'],
    [() => passkeyCreation(undefined as never), '"creationOptions" must be an object'],
    [() => passkeyRequest({}), '"challenge" must be base64url'],
    [() => passkeyRequest({ challenge: '%' }), '"challenge" must be base64url'],
    [() => passkeyCreation({ ...creation, challenge: 7 }), '"challenge" must be base64url'],
    [() => passkeyCreation({ ...creation, user: 'alice' }), '"id" must be base64url'],
    [
      () => passkeyCreation({ ...creation, excludeCredentials: [{}] }),
      '"excludeCredentials.id" must be base64url',
    ],
    [
      () => passkeyRequest({ challenge: 'AQ', allowCredentials: [null] }),
      '"allowCredentials.id" must be base64url',
    ],
  ])('%#: the message names what is not base64url', async (convert, message) => {
    expect((await errorOf(convert)).message).toBe(message);
  });
});
