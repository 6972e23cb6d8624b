/** A passkey is registered and signs in by WEB_AUTHN, and wrong ones are refused. */

import { createAuthenticator } from '../../test/support/authenticator.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { createWire, refused, SESSION_USED, signedIn, type Texts, type Wire } from './wire.ts';

const begin = (wire: Wire, more: Texts = {}) => wire.initiate('USER_AUTH', { USERNAME: 'alice', ...more });

describe('WEB_AUTHN', () => {
  const registered = async (options: UserPoolOptions = {}, origin?: string) => {
    const wire = createWire(options);
    const authenticator = createAuthenticator(origin);
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    const { CredentialCreationOptions } = await wire.call('StartWebAuthnRegistration', { AccessToken });
    const Credential = authenticator.create(CredentialCreationOptions as { challenge: string });
    const completed = await wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
    return { wire, authenticator, AccessToken, Credential, completed };
  };
  const optionsOf = (parameters: Texts) =>
    JSON.parse(parameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as { challenge: string; rpId: string };

  test('a passkey is registered, listed, used and deleted', async () => {
    const { wire, authenticator, AccessToken, Credential, completed } = await registered();
    expect(completed).toEqual({ status: 200 });
    expect(await wire.call('ListWebAuthnCredentials', { AccessToken })).toEqual({
      status: 200,
      Credentials: [
        {
          CredentialId: Credential.id,
          FriendlyCredentialName: 'Passkey 1',
          RelyingPartyId: 'localhost',
          AuthenticatorAttachment: 'platform',
          AuthenticatorTransports: ['internal'],
          CreatedAt: wire.now() / 1000,
        },
      ],
    });

    expect(await wire.call('GetUserAuthFactors', { AccessToken })).toMatchObject({
      ConfiguredUserAuthFactors: ['PASSWORD', 'WEB_AUTHN'],
    });

    const asked = await begin(wire, { PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    expect(asked).toMatchObject({ ChallengeName: 'WEB_AUTHN', AvailableChallenges: ['WEB_AUTHN'] });
    expect(optionsOf(asked.ChallengeParameters)).toMatchObject({
      rpId: 'localhost',
      allowCredentials: [{ id: Credential.id, type: 'public-key' }],
    });
    const CREDENTIAL = JSON.stringify(authenticator.get(optionsOf(asked.ChallengeParameters)));
    const answer = () => wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL });
    expect(await Promise.all([answer(), answer()])).toMatchObject([signedIn, SESSION_USED]);
    expect(await answer()).toMatchObject(SESSION_USED);

    const CredentialId = Credential.id;
    expect(await wire.call('DeleteWebAuthnCredential', { AccessToken, CredentialId })).toEqual({
      status: 200,
    });
    expect(await wire.call('DeleteWebAuthnCredential', { AccessToken, CredentialId })).toMatchObject({
      __type: 'ResourceNotFoundException',
    });
    expect(await begin(wire, { PREFERRED_CHALLENGE: 'WEB_AUTHN' })).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
    });
  });

  test('where it is chosen, an assertion of another challenge is refused and ends the attempt', async () => {
    const { wire, authenticator } = await registered();
    const { Session, AvailableChallenges } = await begin(wire);
    expect(AvailableChallenges).toContain('WEB_AUTHN');
    const asked = await wire.respond('SELECT_CHALLENGE', Session, { ANSWER: 'WEB_AUTHN' });
    const options = optionsOf(asked.ChallengeParameters);
    const stale = JSON.stringify(authenticator.get({ ...options, challenge: 'c3RhbGU' }));
    expect(await wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL: stale })).toMatchObject({
      __type: 'NotAuthorizedException',
    });
    const right = JSON.stringify(authenticator.get(options));
    expect(await wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL: right })).toMatchObject(SESSION_USED);
  });

  test('an altered signature is refused', async () => {
    const { wire, authenticator } = await registered();
    const asked = await begin(wire, { PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    const { response, ...assertion } = authenticator.get(optionsOf(asked.ChallengeParameters));
    const { authenticatorData } = authenticator.get(optionsOf(asked.ChallengeParameters))['response'] as {
      authenticatorData: string;
    };
    const CREDENTIAL = JSON.stringify({
      ...assertion,
      response: { ...(response as object), authenticatorData },
    });
    expect(await wire.respond('WEB_AUTHN', asked.Session, { CREDENTIAL })).toMatchObject({
      __type: 'NotAuthorizedException',
    });
  });

  test('text that is not a credential is refused, and does not count as an answer', async () => {
    const { wire, authenticator } = await registered();
    const { Session, ChallengeParameters } = await begin(wire, { PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    const invalid = refused('InvalidParameterException', 'Credential data is not valid');
    const withClientData = (clientDataJSON: unknown) => JSON.stringify({ response: { clientDataJSON } });
    for (const text of ['{', '7', '{}', withClientData('A'), withClientData('AAAA'), withClientData(7)]) {
      expect(await wire.respond('WEB_AUTHN', Session, { CREDENTIAL: text })).toMatchObject(invalid);
    }
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    const Credential = { response: { clientDataJSON: 'A' } };
    expect(await wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential })).toMatchObject(
      invalid,
    );
    const CREDENTIAL = JSON.stringify(authenticator.get(optionsOf(ChallengeParameters)));
    expect(await wire.respond('WEB_AUTHN', Session, { CREDENTIAL })).toMatchObject(signedIn);
  });

  test('registrations come from allowed origins, for this relying party, to a challenge that waits', async () => {
    expect((await registered({}, 'https://localhost:8443')).completed).toEqual({ status: 200 });
    expect((await registered({}, 'https://example.com')).completed).toMatchObject({
      __type: 'WebAuthnOriginNotAllowedException',
    });
    const origins = { relyingPartyOrigins: ['https://example.com'] };
    expect((await registered(origins, 'https://example.com')).completed).toEqual({ status: 200 });
    expect((await registered(origins)).completed).toMatchObject({
      __type: 'WebAuthnOriginNotAllowedException',
    });

    const refused = await registered({}, 'https://example.com');
    const again = { AccessToken: refused.AccessToken, Credential: refused.Credential };
    expect(await refused.wire.call('CompleteWebAuthnRegistration', again)).toMatchObject({
      __type: 'WebAuthnChallengeNotFoundException',
    });

    const { wire, AccessToken, Credential } = await registered();
    expect(await wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential })).toMatchObject({
      __type: 'WebAuthnChallengeNotFoundException',
    });
    const { CredentialCreationOptions } = await wire.call('StartWebAuthnRegistration', { AccessToken });
    const elsewhere = createAuthenticator().create({
      ...(CredentialCreationOptions as { challenge: string }),
      rp: { id: 'example.com' },
    });
    expect(
      await wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential: elsewhere }),
    ).toMatchObject({ __type: 'WebAuthnRelyingPartyMismatchException' });
  });
});

test('ListWebAuthnCredentials has pages, the oldest passkey first', async () => {
  const wire = createWire();
  const passkey = (id: string, createdAt: number) => ({
    id,
    publicKey: new Uint8Array(),
    relyingPartyId: 'localhost',
    counter: 0,
    transports: [],
    attachment: undefined,
    name: id,
    createdAt,
  });
  const passkeys = [passkey('b', 2000), passkey('a', 1000), passkey('c', 3000)];
  wire.pool.users.update('alice', { passkeys });
  const { AccessToken } = (await wire.signIn()).AuthenticationResult;
  const list = (more: object) => wire.call('ListWebAuthnCredentials', { AccessToken, ...more });
  const { Credentials, NextToken } = await list({ MaxResults: 2 });
  expect(Credentials).toMatchObject([{ CredentialId: 'a' }, { CredentialId: 'b' }]);
  const last = await list({ MaxResults: 2, NextToken });
  expect(last['Credentials']).toMatchObject([{ CredentialId: 'c', CreatedAt: 3 }]);
  expect(last).not.toHaveProperty('NextToken');
  expect(await list({ NextToken: '1' })).toMatchObject({ __type: 'InvalidParameterException' });
});
