/** What the two ceremonies of passkeys ask for, and each thing that they refuse. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { type CeremonyOptions, createAuthenticator } from '../../test/support/authenticator.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { createAdmin } from './admin-calls.ts';
import { PASSWORD, refused, signedIn, type Wire, WRONG_PASSWORD } from './wire.ts';

const MINUTE = 60;
const INVALID = refused('InvalidParameterException', 'Credential data is not valid');
const NOT_UNDER_WAY = refused('WebAuthnChallengeNotFoundException', 'No registration is under way.');
const ORIGIN_REFUSED = refused('WebAuthnOriginNotAllowedException', 'The origin is not allowed.');

type Authenticator = ReturnType<typeof createAuthenticator>;
interface Created {
  readonly id: string;
  readonly response: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

function world(options: UserPoolOptions = {}) {
  const wire = createAdmin({
    users: ['alice', 'bob'].map((username) => ({ username, password: PASSWORD })),
    clients: [{ clientId: 'web' }, { clientId: 'other' }].map((client) => ({
      ...client,
      explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
    })),
    ...options,
  });
  const tokenOf = async (USERNAME = 'alice', ClientId = 'web') => {
    const signed = await wire.initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD }, { ClientId });
    return signed.AuthenticationResult.AccessToken;
  };
  const start = async (AccessToken: string) =>
    (await wire.call('StartWebAuthnRegistration', { AccessToken }))[
      'CredentialCreationOptions'
    ] as CeremonyOptions;
  const complete = (AccessToken: string, Credential: object) =>
    wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
  const create = (authenticator: Authenticator, asked: CeremonyOptions) =>
    authenticator.create(asked) as unknown as Created;
  return {
    wire,
    tokenOf,
    start,
    complete,
    /** Registers a passkey of alice. `change` makes another credential of the right one. */
    register: async (authenticator = createAuthenticator(), change = (made: Created): object => made) => {
      const AccessToken = await tokenOf();
      const made = create(authenticator, await start(AccessToken));
      return { AccessToken, made, reply: await complete(AccessToken, change(made)) };
    },
    list: async (AccessToken: string) =>
      (await wire.call('ListWebAuthnCredentials', { AccessToken }))['Credentials'] as readonly object[],
  };
}

/** A pool whose UserVerification is required, by its options or by SetUserPoolMfaConfig. */
const REQUIRED: UserPoolOptions = { passkeyUserVerification: 'required' };
const careless = () => createAuthenticator(undefined, { verifiesUser: false });

async function ask(wire: Wire, USERNAME = 'alice', ClientId = 'web') {
  const parameters = { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' };
  const asked = await wire.initiate('USER_AUTH', parameters, { ClientId });
  const request = JSON.parse(
    asked.ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '',
  ) as CeremonyOptions;
  return {
    request,
    answer: (credential: object | string) =>
      wire.respond('WEB_AUTHN', asked.Session, {
        CREDENTIAL: typeof credential === 'string' ? credential : JSON.stringify(credential),
      }),
  };
}

describe('a registration', () => {
  test('asks for ES256 or RS256, a discoverable key and no attestation, and names the passkeys that are there', async () => {
    const { register, start } = world();
    const { AccessToken, made } = await register();
    const asked = await start(AccessToken);
    expect(asked).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: 'localhost', name: 'localhost' },
      user: { name: 'alice', displayName: 'alice' },
      attestation: 'none',
      pubKeyCredParams: [
        { alg: -7, type: 'public-key' },
        { alg: -257, type: 'public-key' },
      ],
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      excludeCredentials: [{ id: made.id, type: 'public-key', transports: ['internal'] }],
    });
  });

  test('does not demand that the user is verified', async () => {
    const { register } = world();
    expect((await register(careless())).reply).toEqual({ status: 200 });
  });

  test('asks for it and demands it where UserVerification is required', async () => {
    const { register, start } = world(REQUIRED);
    const { AccessToken, reply } = await register(careless());
    expect(reply).toMatchObject({ status: 400, __type: 'WebAuthnCredentialNotSupportedException' });
    expect(await start(AccessToken)).toMatchObject({
      authenticatorSelection: { userVerification: 'required' },
    });
    expect((await register()).reply).toEqual({ status: 200 });
  });

  test('takes a credential without transports and attachment', async () => {
    const { register, list } = world();
    const { AccessToken, reply } = await register(undefined, ({ response, ...made }) => {
      const { transports: _, ...others } = response;
      return { ...made, authenticatorAttachment: null, response: others };
    });
    expect(reply).toEqual({ status: 200 });
    const [listed] = await list(AccessToken);
    expect(listed).toMatchObject({ AuthenticatorTransports: [] });
    expect(listed).not.toHaveProperty('AuthenticatorAttachment');
  });

  test.each([
    ['an attachment that is not a text', { authenticatorAttachment: 7 }, {}],
    ['a transport that is not a text', {}, { transports: ['internal', 7] }],
  ])('with %s is refused', async (_, member, inResponse) => {
    const { register } = world();
    const { reply } = await register(undefined, (made) => ({
      ...made,
      ...member,
      response: { ...made.response, ...inResponse },
    }));
    expect(reply).toMatchObject(INVALID);
  });

  test.each(['http://localhost', 'https://localhost', 'http://127.0.0.1:8080'])(
    'from %s is taken',
    async (origin) => {
      expect((await world().register(createAuthenticator(origin))).reply).toEqual({ status: 200 });
    },
  );

  test.each([
    'http://localhost:3000.example.com',
    'xhttp://localhost:3000',
    'http://localhost:',
    'ftp://localhost',
  ])('from %s is refused', async (origin) => {
    expect((await world().register(createAuthenticator(origin))).reply).toMatchObject(ORIGIN_REFUSED);
  });

  test('is read as base64url', async () => {
    // Its base64url has - and _ several times
    const origin = 'https://example.com/>>>>>>??????';
    const { register } = world({ relyingPartyOrigins: [origin] });
    const { made, reply } = await register(createAuthenticator(origin));
    expect(made.response['clientDataJSON']).toMatch(/-.*-.*_.*_/);
    expect(reply).toEqual({ status: 200 });
  });

  test.each([
    ['a blank before it', (text: string) => ` ${text}`],
    ['a blank after it', (text: string) => `${text} `],
    ['a challenge that is not a text', () => encoded({ challenge: 7, origin: 'http://localhost' })],
    ['an origin that is not a text', () => encoded({ challenge: 'AAAA', origin: 7 })],
    ['null', () => encoded(null)],
  ])('with client data that have %s is refused', async (_, change) => {
    const { reply } = await world().register(undefined, (made) => ({
      ...made,
      response: { ...made.response, clientDataJSON: change(String(made.response['clientDataJSON'])) },
    }));
    expect(reply).toMatchObject(INVALID);
  });

  test('whose response is null is refused', async () => {
    const { reply } = await world().register(undefined, (made) => ({ ...made, response: null }));
    expect(reply).toMatchObject(INVALID);
  });

  test('with the challenge of a sign-in, of another user or of long ago is refused', async () => {
    const { wire, tokenOf, start, complete, register } = world();
    const authenticator = createAuthenticator();
    const { AccessToken } = await register(authenticator);
    const { request } = await ask(wire);
    expect(await complete(AccessToken, authenticator.create(request))).toMatchObject(NOT_UNDER_WAY);
    const ofBob = authenticator.create(await start(await tokenOf('bob')));
    expect(await complete(AccessToken, ofBob)).toMatchObject(NOT_UNDER_WAY);
    const late = authenticator.create(await start(AccessToken));
    wire.wait(16 * MINUTE);
    expect(await complete(AccessToken, late)).toMatchObject(NOT_UNDER_WAY);
  });

  test('that another client began is refused', async () => {
    const { tokenOf, start, complete } = world();
    const made = createAuthenticator().create(await start(await tokenOf('alice', 'other')));
    expect(await complete(await tokenOf(), made)).toMatchObject(
      refused('WebAuthnClientMismatchException', 'Another client began the registration.'),
    );
  });

  test('for another relying party is refused', async () => {
    const { tokenOf, start, complete } = world();
    const AccessToken = await tokenOf();
    const made = createAuthenticator().create({ ...(await start(AccessToken)), rp: { id: 'example.com' } });
    expect(await complete(AccessToken, made)).toMatchObject(
      refused('WebAuthnRelyingPartyMismatchException', 'The relying party does not match.'),
    );
  });

  test('with the client data of a sign-in is refused', async () => {
    const { reply } = await world().register(undefined, (made) => {
      const data = JSON.parse(
        Buffer.from(String(made.response['clientDataJSON']), 'base64url').toString(),
      ) as object;
      return {
        ...made,
        response: { ...made.response, clientDataJSON: encoded({ ...data, type: 'webauthn.get' }) },
      };
    });
    expect(reply).toMatchObject(
      refused(
        'WebAuthnCredentialNotSupportedException',
        'Unexpected registration response type: webauthn.get',
      ),
    );
  });

  test('whose attestation has a wrong signature is refused', async () => {
    const { reply } = await world().register(undefined, (made) => ({
      ...made,
      response: {
        ...made.response,
        attestationObject: withWrongAttestation(String(made.response['attestationObject'])),
      },
    }));
    expect(reply).toMatchObject(refused('WebAuthnCredentialNotSupportedException', 'Not verified.'));
  });
});

describe('a sign-in by WEB_AUTHN', () => {
  test('asks for the passkeys of the user, by the ways that reach them', async () => {
    const { wire, register } = world();
    const { made } = await register();
    expect((await ask(wire)).request).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'localhost',
      userVerification: 'preferred',
      allowCredentials: [{ id: made.id, type: 'public-key', transports: ['internal'] }],
    });
  });

  test('asks to verify the user and demands it once UserVerification is required', async () => {
    const { wire, register } = world();
    const [verifying, other] = [createAuthenticator(), careless()];
    for (const authenticator of [verifying, other]) await register(authenticator);
    const WebAuthnConfiguration = { RelyingPartyId: 'localhost', UserVerification: 'required' };
    expect(await wire.admin('SetUserPoolMfaConfig', { WebAuthnConfiguration })).toMatchObject({
      status: 200,
    });
    const { request, answer } = await ask(wire);
    expect(request).toMatchObject({ userVerification: 'required' });
    expect(await answer(other.get(request))).toMatchObject(WRONG_PASSWORD);
    const again = await ask(wire);
    expect(await again.answer(verifying.get(again.request))).toMatchObject(signedIn);
  });

  test('takes each of two passkeys', async () => {
    const { wire, register } = world();
    const authenticators = [createAuthenticator(), createAuthenticator()];
    for (const authenticator of authenticators)
      expect((await register(authenticator)).reply.status).toBe(200);
    for (const authenticator of authenticators) {
      const { request, answer } = await ask(wire);
      expect(await answer(authenticator.get(request))).toMatchObject(signedIn);
    }
  });

  test('is refused with a passkey that is not one of the user', async () => {
    const { wire, register } = world();
    await register();
    const stranger = createAuthenticator();
    stranger.create({ challenge: 'AAAA' });
    const { request, answer } = await ask(wire);
    const { challenge } = request;
    expect(await answer(stranger.get({ challenge }))).toMatchObject(WRONG_PASSWORD);
  });

  test('is refused with the challenge of a registration, of another user or of another client', async () => {
    const { wire, register, start, complete, tokenOf } = world();
    const authenticator = createAuthenticator();
    const { AccessToken } = await register(authenticator);
    const bobs = createAuthenticator();
    const bob = await tokenOf('bob');
    await complete(bob, bobs.create(await start(bob)));
    const { challenge: ofRegistration } = await start(AccessToken);
    const { challenge: ofBob } = (await ask(wire, 'bob')).request;
    const { challenge: ofClient } = (await ask(wire, 'alice', 'other')).request;
    for (const challenge of [ofRegistration, ofBob, ofClient]) {
      const { answer } = await ask(wire);
      expect(await answer(authenticator.get({ challenge }))).toMatchObject(WRONG_PASSWORD);
    }
  });

  test('is refused from a page of another origin', async () => {
    const { wire, register } = world();
    const authenticator = createAuthenticator();
    await register(authenticator);
    const { request, answer } = await ask(wire);
    const pageOrigin = 'https://example.com';
    expect(await answer(authenticator.get({ ...request, pageOrigin }))).toMatchObject(WRONG_PASSWORD);
  });

  test('is refused if the counter has gone back: then the key was copied', async () => {
    const { wire, register } = world();
    const authenticator = createAuthenticator();
    await register(authenticator);
    const [first, second] = [await ask(wire), await ask(wire)];
    const older = authenticator.get(first.request);
    expect(await second.answer(authenticator.get(second.request))).toMatchObject(signedIn);
    expect(await first.answer(older)).toMatchObject(WRONG_PASSWORD);
  });

  test.each(['null', '{"response":null}', '[]'])('is refused with the text %s', async (text) => {
    const { wire, register } = world();
    await register();
    const { answer } = await ask(wire);
    expect(await answer(text)).toMatchObject(INVALID);
  });
});

const encoded = (data: unknown): string => Buffer.from(JSON.stringify(data)).toString('base64url');

/** Makes of the attestation "none" one by the key itself ("packed", WebAuthn §8.2), with the signature of another key. */
function withWrongAttestation(attestationObject: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signature = createSign('sha256').update('another text').sign(privateKey);
  const cborText = (text: string) => (0x60 | text.length).toString(16) + Buffer.from(text).toString('hex');
  // CBOR: { alg: -7, sig: the signature }
  const statement = `a2${cborText('alg')}26${cborText('sig')}58${signature.length.toString(16)}${signature.toString('hex')}`;
  const before = `${cborText('none')}${cborText('attStmt')}a0`;
  const hex = Buffer.from(attestationObject, 'base64url').toString('hex');
  expect(hex).toContain(before);
  const packed = hex.replace(before, `${cborText('packed')}${cborText('attStmt')}${statement}`);
  return Buffer.from(packed, 'hex').toString('base64url');
}
