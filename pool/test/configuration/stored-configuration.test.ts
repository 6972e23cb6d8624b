/** Configuration that the pool stores and describes: it comes back as it was set, with dates, pages and refusals. */
import { outputMistakes } from '../model/output-mistakes.ts';
import { createAdminWire, FIRST_POOL } from '../pools/admin-wire.ts';
import type { Reply } from '../wire.ts';

/** A family of operations: what is created, and how its members are named. */
interface Family {
  /** Create, describe, update, delete and list. */
  readonly operations: readonly [string, string, string, string, string];
  readonly input: Readonly<Record<string, unknown>>;
  /** The input of a second document. */
  readonly other: Readonly<Record<string, unknown>>;
  readonly changes: Readonly<Record<string, unknown>>;
  /** The member of replies that has the document. */
  readonly member: string;
  readonly id: string;
  /** An id that nothing has. */
  readonly unknownId: string;
  readonly listMember: string;
  readonly dated: boolean;
  readonly duplicate: string;
}

const UNKNOWN_UUID = '00000000-0000-4000-8000-000000000000';

const RESOURCE_SERVERS: Family = {
  operations: [
    'CreateResourceServer',
    'DescribeResourceServer',
    'UpdateResourceServer',
    'DeleteResourceServer',
    'ListResourceServers',
  ],
  input: { Identifier: 'orders', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }] },
  other: { Identifier: 'stock', Name: 'Stock' },
  changes: { Name: 'Old orders', Scopes: [] },
  member: 'ResourceServer',
  id: 'Identifier',
  unknownId: 'nothing',
  listMember: 'ResourceServers',
  dated: false,
  duplicate: 'InvalidParameterException',
};

const IDENTITY_PROVIDERS: Family = {
  operations: [
    'CreateIdentityProvider',
    'DescribeIdentityProvider',
    'UpdateIdentityProvider',
    'DeleteIdentityProvider',
    'ListIdentityProviders',
  ],
  input: {
    ProviderName: 'Google',
    ProviderType: 'Google',
    ProviderDetails: { client_id: 'a', client_secret: 'b', authorize_scopes: 'openid' },
    AttributeMapping: { email: 'email' },
    IdpIdentifiers: ['example.com'],
  },
  other: {
    ProviderName: 'Work',
    ProviderType: 'OIDC',
    ProviderDetails: { oidc_issuer: 'https://example.com' },
  },
  changes: { AttributeMapping: { email: 'mail' } },
  member: 'IdentityProvider',
  id: 'ProviderName',
  unknownId: 'Nobody',
  listMember: 'Providers',
  dated: true,
  duplicate: 'DuplicateProviderException',
};

const TERMS: Family = {
  operations: ['CreateTerms', 'DescribeTerms', 'UpdateTerms', 'DeleteTerms', 'ListTerms'],
  input: {
    ClientId: 'web',
    TermsName: 'terms-of-use',
    TermsSource: 'LINK',
    Enforcement: 'NONE',
    Links: { 'cognito:default': 'https://example.com/terms' },
  },
  other: { ClientId: 'web', TermsName: 'privacy-policy', TermsSource: 'LINK', Enforcement: 'NONE' },
  changes: { Links: { 'cognito:default': 'https://example.com/new' } },
  member: 'Terms',
  id: 'TermsId',
  unknownId: UNKNOWN_UUID,
  listMember: 'Terms',
  dated: true,
  duplicate: 'TermsExistsException',
};

const CIMD_POLICIES: Family = {
  operations: [
    'CreateCIMDPolicy',
    'DescribeCIMDPolicy',
    'UpdateCIMDPolicy',
    'DeleteCIMDPolicy',
    'ListCIMDPolicies',
  ],
  input: { ClientId: 'web', PolicyName: 'partners', URLPatterns: ['https://example.com/*'] },
  other: { ClientId: 'web', PolicyName: 'others', URLPatterns: ['https://example.org/*'] },
  changes: { ClientId: 'web', URLPatterns: ['https://example.net/*'] },
  member: 'CIMDPolicy',
  id: 'CIMDPolicyId',
  unknownId: 'nothing',
  listMember: 'CIMDPolicies',
  dated: true,
  duplicate: 'InvalidParameterException',
};

const FAMILIES: readonly [string, Family][] = [
  RESOURCE_SERVERS,
  IDENTITY_PROVIDERS,
  TERMS,
  CIMD_POLICIES,
].map((family) => [family.operations.join(', '), family]);

const documentIn = (reply: Reply, member: string) => reply[member] as Readonly<Record<string, unknown>>;
const withoutStatus = ({ status, ...body }: Reply) => body;

describe.each(FAMILIES)('%s', (_, family) => {
  const [create, describing, update, remove, list] = family.operations;
  const nothing = { status: 400, __type: 'ResourceNotFoundException', message: expect.any(String) };
  const seconds = (now: () => number) => now() / 1000;

  test('what is created is described and listed, with its dates', async () => {
    const { onPool, now, wait } = createAdminWire();
    const created = await onPool(create, family.input);
    const document = documentIn(created, family.member);
    const dates = { CreationDate: seconds(now), LastModifiedDate: seconds(now) };
    expect(document).toMatchObject({ UserPoolId: FIRST_POOL, ...family.input, ...(family.dated && dates) });
    expect(outputMistakes(create, withoutStatus(created))).toEqual([]);
    const described = await onPool(describing, { [family.id]: document[family.id] });
    expect(described).toEqual(created);
    wait(1);
    await onPool(create, family.other);
    const first = await onPool(list, { MaxResults: 1 });
    expect(outputMistakes(list, withoutStatus(first))).toEqual([]);
    expect(first[family.listMember]).toMatchObject([{ [family.id]: document[family.id] }]);
    const second = await onPool(list, { MaxResults: 1, NextToken: first['NextToken'] });
    expect(second[family.listMember]).toHaveLength(1);
    expect(second[family.listMember]).not.toEqual(first[family.listMember]);
    expect(second).not.toHaveProperty('NextToken');
    // The page is the same when the one before it is gone
    await onPool(remove, { [family.id]: document[family.id] });
    expect(await onPool(list, { MaxResults: 1, NextToken: first['NextToken'] })).toEqual(second);
  });

  test('what is changed has another date, and the rest is kept', async () => {
    const { onPool, now, wait } = createAdminWire();
    const created = documentIn(await onPool(create, family.input), family.member);
    const id = { [family.id]: created[family.id] };
    wait(60);
    const expected = {
      ...created,
      ...family.changes,
      ...(family.dated && { LastModifiedDate: seconds(now) }),
    };
    const updated = await onPool(update, { ...id, ...family.changes });
    expect(updated).toEqual({ status: 200, [family.member]: expected });
    expect(outputMistakes(update, withoutStatus(updated))).toEqual([]);
    expect(await onPool(describing, id)).toEqual(updated);
  });

  test('what is deleted is gone', async () => {
    const { onPool } = createAdminWire();
    const created = documentIn(await onPool(create, family.input), family.member);
    const id = { [family.id]: created[family.id] };
    expect(await onPool(remove, id)).toEqual({ status: 200 });
    expect(await onPool(describing, id)).toEqual(nothing);
    expect((await onPool(list))[family.listMember]).toEqual([]);
  });

  test('a second one of the same name is refused, and the first stays', async () => {
    const { onPool } = createAdminWire();
    await onPool(create, family.input);
    const before = await onPool(list);
    expect(await onPool(create, family.input)).toMatchObject({ status: 400, __type: family.duplicate });
    expect(await onPool(list)).toEqual(before);
  });

  test('what is not there is not found', async () => {
    const { onPool } = createAdminWire();
    const id = { [family.id]: family.unknownId };
    expect(await onPool(describing, id)).toEqual(nothing);
    expect(await onPool(update, { ...id, ...family.changes })).toEqual(nothing);
    expect(await onPool(remove, id)).toEqual(nothing);
    expect((await onPool(list))[family.listMember]).toEqual([]);
  });

  test('another pool does not have it', async () => {
    const { createPool, onPool } = createAdminWire();
    await onPool(create, family.input);
    expect((await onPool(list, {}, await createPool()))[family.listMember]).toEqual([]);
  });
});

describe('resource servers', () => {
  test('CreateResourceServer and DescribeResourceServer refuse with the known texts', async () => {
    const { onPool } = createAdminWire();
    await onPool('CreateResourceServer', RESOURCE_SERVERS.input);
    expect(await onPool('CreateResourceServer', RESOURCE_SERVERS.input)).toMatchObject({
      message: `orders already exists in user pool ${FIRST_POOL}.`,
    });
    expect(await onPool('DescribeResourceServer', { Identifier: 'nothing' })).toMatchObject({
      message: 'Resource server nothing does not exist.',
    });
  });
});

describe('identity providers', () => {
  test('GetIdentityProviderByIdentifier finds one, and no second one can have the identifier', async () => {
    const { onPool } = createAdminWire();
    const created = await onPool('CreateIdentityProvider', IDENTITY_PROVIDERS.input);
    const find = (IdpIdentifier: string) => onPool('GetIdentityProviderByIdentifier', { IdpIdentifier });
    expect(await find('example.com')).toEqual(created);
    expect(await find('example.org')).toMatchObject({ __type: 'ResourceNotFoundException' });
    const second = { ...IDENTITY_PROVIDERS.other, IdpIdentifiers: ['example.com'] };
    expect(await onPool('CreateIdentityProvider', second)).toMatchObject({
      status: 400,
      __type: 'DuplicateProviderException',
    });
    const same = { ProviderName: 'Google', IdpIdentifiers: ['example.com', 'example.org'] };
    expect(await onPool('UpdateIdentityProvider', same)).toMatchObject({ status: 200 });
    expect(await find('example.org')).toMatchObject({ IdentityProvider: { ProviderName: 'Google' } });
  });
});

describe('terms', () => {
  test('DescribeTermsByClient finds a document by its app client and name', async () => {
    const { onPool } = createAdminWire();
    const created = await onPool('CreateTerms', TERMS.input);
    const find = (ClientId: string, TermsName: string) =>
      onPool('DescribeTermsByClient', { ClientId, TermsName });
    expect(await find('web', 'terms-of-use')).toEqual(created);
    for (const wrong of [await find('web', 'privacy-policy'), await find('other', 'terms-of-use')]) {
      expect(wrong).toMatchObject({ status: 400, __type: 'ResourceNotFoundException' });
    }
  });

  test('UpdateTerms refuses the name of another document of the app client', async () => {
    const { onPool } = createAdminWire();
    await onPool('CreateTerms', TERMS.input);
    const { TermsId } = documentIn(await onPool('CreateTerms', TERMS.other), 'Terms');
    expect(await onPool('UpdateTerms', { TermsId, TermsName: 'terms-of-use' })).toMatchObject({
      status: 400,
      __type: 'TermsExistsException',
    });
  });
});

describe('client metadata documents', () => {
  test('ListClientMetadataURLs has none, and UpdateClientMetadataURLState finds none', async () => {
    const { onPool } = createAdminWire();
    const created = documentIn(await onPool('CreateCIMDPolicy', CIMD_POLICIES.input), 'CIMDPolicy');
    const { CIMDPolicyId } = created;
    expect(await onPool('ListClientMetadataURLs', { CIMDPolicyId })).toEqual({
      status: 200,
      ClientMetadataURLs: [],
    });
    const change = { CIMDPolicyId, URL: 'https://example.com/client', Action: 'REFRESH' };
    expect(await onPool('UpdateClientMetadataURLState', change)).toMatchObject({
      status: 400,
      __type: 'CachedCIMDURLDoesNotExistException',
    });
    for (const operation of ['ListClientMetadataURLs', 'UpdateClientMetadataURLState']) {
      expect(await onPool(operation, { ...change, CIMDPolicyId: 'nothing' })).toMatchObject({
        __type: 'ResourceNotFoundException',
      });
    }
  });
});
