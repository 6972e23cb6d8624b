/** Identities of external providers that are linked to users of the pool. */
import { createAdmin, EMPTY_BODY, NO_USER } from './admin-calls.ts';
import { claimsOf } from './raw-calls.ts';
import { PASSWORD, refused, signedIn } from './wire.ts';

const OWN = { ProviderName: 'Cognito', ProviderAttributeValue: 'alice' };
const source = (ProviderAttributeValue: string) => ({
  ProviderName: 'Google',
  ProviderAttributeName: 'Cognito_Subject',
  ProviderAttributeValue,
});

function world() {
  const users = ['alice', 'Google_99'].map((username) => ({ username, password: PASSWORD }));
  const wire = createAdmin({ users });
  const link = (id: string, DestinationUser: object = OWN) =>
    wire.admin('AdminLinkProviderForUser', { DestinationUser, SourceUser: source(id) });
  const identities = () => wire.pool.users.find('alice')?.attributes['identities'];
  return { ...wire, link, identities };
}

describe('AdminLinkProviderForUser', () => {
  test('adds to the attribute, which the ID token has as a list', async () => {
    const { adminText, identities, now, signIn, admin } = world();
    const input = { DestinationUser: OWN, SourceUser: source('1') };
    expect(await adminText('AdminLinkProviderForUser', input)).toEqual(EMPTY_BODY);
    const identity = { userId: '1', providerName: 'Google', providerType: 'Google', issuer: null };
    expect(JSON.parse(identities() ?? '')).toEqual([{ ...identity, primary: false, dateCreated: now() }]);
    expect(await admin('AdminGetUser', { Username: 'alice' })).toMatchObject({
      UserAttributes: [{ Name: 'identities', Value: identities() }, { Name: 'sub' }],
    });
    expect(claimsOf((await signIn()).AuthenticationResult.IdToken)['identities']).toEqual([
      { ...identity, primary: 'false', dateCreated: String(now()) },
    ]);
  });

  test('refuses an identity that is linked or has signed up, a sixth one, and an unknown user', async () => {
    const { link, identities } = world();
    for (const id of ['1', '2', '3', '4', '5']) expect(await link(id)).toEqual({ status: 200 });
    const before = identities();
    expect(await link('1')).toEqual(
      refused('InvalidParameterException', 'SourceUser is already linked to DestinationUser'),
    );
    expect(await link('99')).toEqual(
      refused(
        'InvalidParameterException',
        'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
      ),
    );
    expect(await link('6')).toMatchObject({ __type: 'LimitExceededException' });
    expect(await link('6', { ...OWN, ProviderAttributeValue: 'nobody' })).toEqual(NO_USER);
    expect(await link('6', {})).toMatchObject({ __type: 'InvalidParameterException' });
    expect(identities()).toBe(before);
    expect(await link('6', source('99'))).toEqual({ status: 200 });
  });
});

describe('AdminDisableProviderForUser', () => {
  test('removes one link', async () => {
    const { link, admin, adminText, identities } = world();
    await link('1');
    await link('2');
    expect(await adminText('AdminDisableProviderForUser', { User: source('1') })).toEqual(EMPTY_BODY);
    expect(JSON.parse(identities() ?? '')).toMatchObject([{ userId: '2' }]);
    expect(await admin('AdminDisableProviderForUser', { User: source('1') })).toEqual(NO_USER);
    await admin('AdminDisableProviderForUser', { User: source('2') });
    expect(identities()).toBeUndefined();
  });

  test('removes the password of a user of the pool', async () => {
    const { admin, adminText, signIn } = world();
    expect(await signIn()).toMatchObject(signedIn);
    const User = { ...OWN, ProviderAttributeName: 'Cognito_Subject' };
    expect(await adminText('AdminDisableProviderForUser', { User })).toEqual(EMPTY_BODY);
    expect(await signIn()).toMatchObject({ __type: 'NotAuthorizedException' });
    expect(
      await admin('AdminDisableProviderForUser', { User: { ...User, ProviderAttributeValue: 'nobody' } }),
    ).toEqual(NO_USER);
  });
});

test('a user cannot write identities', async () => {
  const { call, signIn } = world();
  const { AccessToken } = (await signIn()).AuthenticationResult;
  const UserAttributes = [{ Name: 'identities', Value: '[]' }];
  expect(await call('UpdateUserAttributes', { AccessToken, UserAttributes })).toMatchObject({ status: 400 });
});

test('a seed whose identities are not a list signs in all the same', async () => {
  const users = [{ username: 'alice', password: PASSWORD, attributes: { identities: 'none' } }];
  const { signIn } = createAdmin({ users });
  expect(claimsOf((await signIn()).AuthenticationResult.IdToken)['identities']).toBe('none');
});
