/** ListUsers: filters, attributes and pages. */
import { createAdmin, NO_BODY } from './admin-calls.ts';
import { refused } from './wire.ts';

const person = (username: string, attributes: Readonly<Record<string, string>>, more: object = {}) => ({
  username,
  attributes: { sub: `sub-${username}`, ...attributes },
  ...more,
});

const PEOPLE = [
  person('anna', { email: 'anna@example.com', given_name: 'Anna', family_name: 'Reddy', name: 'Anna "A" R' }),
  person('Annabel', { phone_number: '+491234', preferred_username: 'belle' }, { enabled: false }),
  person('bert', { email: 'bert@example.org', given_name: 'Bert' }, { status: 'FORCE_CHANGE_PASSWORD' }),
];

interface Listed {
  readonly Username: string;
  readonly Attributes: readonly { readonly Name: string }[];
}

const world = (options: object = {}) => {
  const wire = createAdmin({ users: PEOPLE, ...options });
  const list = (input: object) => wire.admin('ListUsers', input);
  const names = async (input: object) =>
    ((await list(input))['Users'] as readonly Listed[]).map(({ Username }) => Username).sort();
  return { ...wire, list, names };
};

test('ListUsers describes every user, with sub as the last attribute', async () => {
  const { list, now } = world();
  const { Users, ...more } = await list({});
  expect(Users).toHaveLength(3);
  expect(Users).toContainEqual({
    Attributes: [
      { Name: 'phone_number', Value: '+491234' },
      { Name: 'preferred_username', Value: 'belle' },
      { Name: 'sub', Value: 'sub-Annabel' },
    ],
    Enabled: false,
    UserCreateDate: now() / 1000,
    UserLastModifiedDate: now() / 1000,
    UserStatus: 'CONFIRMED',
    Username: 'Annabel',
  });
  expect(more).toEqual({ status: 200 });
});

describe('Filter', () => {
  test.each([
    ['', ['Annabel', 'anna', 'bert']],
    ['username = "anna"', ['anna']],
    ['username ^= "anna"', ['anna']],
    ['username = "ANNA"', []],
    ['email="anna@example.com"', ['anna']],
    ['"email" ^= "bert@"', ['bert']],
    ['  email   =   "bert@example.org"  ', ['bert']],
    ['phone_number = "+491234"', ['Annabel']],
    ['name = "Anna \\"A\\" R"', ['anna']],
    ['given_name ^= "A"', ['anna']],
    ['family_name = "Reddy"', ['anna']],
    ['family_name = ""', []],
    ['preferred_username = "belle"', ['Annabel']],
    ['sub = "sub-bert"', ['bert']],
    ['sub ^= "sub-"', ['Annabel', 'anna', 'bert']],
    ['cognito:user_status = "force_change_password"', ['bert']],
    ['"cognito:user_status" = "CONFIRMED"', ['Annabel', 'anna']],
    ['status = "Enabled"', ['anna', 'bert']],
    ['status = "Disabled"', ['Annabel']],
    ['status = "disabled"', []],
  ])('%s', async (Filter, expected) => {
    expect(await world().names({ Filter })).toEqual(expected);
  });

  test.each([
    'email = anna',
    'email',
    'email "x"',
    'email != "x"',
    '= "x"',
    'email = "x" and name = "y"',
    'email = "x',
  ])('%s is refused', async (Filter) => {
    expect(await world().list({ Filter })).toEqual(
      refused('InvalidParameterException', 'Error while parsing filter.'),
    );
  });

  test.each(['custom:team', 'birthdate', 'constructor'])('%s cannot be searched for', async (name) => {
    expect(await world().list({ Filter: `${name} = "x"` })).toEqual(
      refused('InvalidParameterException', `Invalid search attribute: ${name}`),
    );
  });

  test('a name matches in any case where the pool does not tell them apart', async () => {
    const { names } = world({ caseSensitive: false });
    expect(await names({ Filter: 'username ^= "ANNA"' })).toEqual(['Annabel', 'anna']);
    expect(await names({ Filter: 'given_name = "anna"' })).toEqual([]);
  });
});

describe('AttributesToGet', () => {
  const Filter = 'given_name ^= ""';

  test('has only these', async () => {
    const { list } = world();
    expect(await list({ Filter, AttributesToGet: ['given_name', 'sub'] })).toMatchObject({
      Users: [
        {
          Attributes: [
            { Name: 'given_name', Value: 'Anna' },
            { Name: 'sub', Value: 'sub-anna' },
          ],
        },
        {
          Attributes: [
            { Name: 'given_name', Value: 'Bert' },
            { Name: 'sub', Value: 'sub-bert' },
          ],
        },
      ],
    });
    expect(await list({ Filter: 'sub = "sub-bert"', AttributesToGet: [] })).toMatchObject({
      Users: [{ Username: 'bert', Attributes: [] }],
    });
  });

  test('one that a user of the page does not have is refused', async () => {
    const { list } = world();
    const none = refused('InvalidParameterException', 'One or more requested attributes do not exist.');
    expect(await list({ Filter, AttributesToGet: ['family_name'] })).toEqual(none);
    expect(await list({ Filter, AttributesToGet: ['unknown'] })).toEqual(none);
  });
});

describe('pages', () => {
  const users = Array.from({ length: 130 }, (_, index) => ({ username: `user${index}` }));

  test('hold every user once, 60 at most', async () => {
    const { list } = world({ users });
    const sizes: number[] = [];
    const seen = new Set<string>();
    let token: unknown;
    do {
      const { Users, PaginationToken } = await list({ Limit: 0, PaginationToken: token });
      sizes.push((Users as Listed[]).length);
      for (const { Username } of Users as Listed[]) seen.add(Username);
      token = PaginationToken;
    } while (token !== undefined && sizes.length < 9);
    expect(sizes).toEqual([60, 60, 10]);
    expect(seen.size).toBe(130);
  });

  test('stay right while users go, and new ones come last', async () => {
    const { list, admin, adminText, pool, wait } = world();
    const first = await list({ Limit: 2 });
    const shown = (first['Users'] as Listed[]).map(({ Username }) => Username);
    expect(await adminText('AdminDeleteUser', { Username: shown[1] })).toEqual(NO_BODY);
    wait(1);
    pool.users.add({ username: 'aaron' });
    const { Users, PaginationToken } = await list({ Limit: 2, PaginationToken: first['PaginationToken'] });
    const rest = PEOPLE.map(({ username }) => username).filter((name) => !shown.includes(name));
    expect((Users as Listed[]).map(({ Username }) => Username)).toEqual([...rest, 'aaron']);
    expect(PaginationToken).toBeUndefined();
    expect(await admin('ListUsers', { Limit: 61 })).toMatchObject({ __type: 'InvalidParameterException' });
  });

  test('a token of something else is refused', async () => {
    const { list, admin } = world();
    await admin('CreateGroup', { GroupName: 'a' });
    await admin('CreateGroup', { GroupName: 'b' });
    const { NextToken } = await admin('ListGroups', { Limit: 1 });
    for (const PaginationToken of ['x', 'AAQA-', String(NextToken)]) {
      const refusal = await list({ PaginationToken });
      expect(refusal).toMatchObject({ status: 400, __type: 'InvalidParameterException' });
      expect(refusal.message).toMatch(/^Paging marker .* is invalid for request [0-9a-f-]{36}$/);
    }
  });
});
