/** The check of outputs sees what AWS's model does not allow. */
import { outputMistakes } from './output-mistakes.ts';

const user = {
  Enabled: true,
  UserAttributes: [{ Name: 'sub', Value: '1' }],
  UserCreateDate: 1_790_272_691.96,
  UserStatus: 'CONFIRMED',
  Username: 'ann',
};

test('an output of the model has no mistakes, and neither has an empty body where there is none', () => {
  expect(outputMistakes('AdminGetUser', user)).toEqual([]);
  expect(outputMistakes('AdminDeleteUser', undefined)).toEqual([]);
  expect(outputMistakes('AdminEnableUser', {})).toEqual([]);
});

test.each<[string, string, unknown, string]>([
  ['an unknown member', 'AdminGetUser', { ...user, Password: 'x' }, 'Password: is not in the model'],
  ['null', 'AdminGetUser', { ...user, MFAOptions: null }, 'MFAOptions: is null'],
  [
    'an unknown status',
    'AdminGetUser',
    { ...user, UserStatus: 'NEW' },
    'UserStatus: "NEW" is not in the enum',
  ],
  [
    'milliseconds',
    'AdminGetUser',
    { ...user, UserCreateDate: Date.now() },
    'UserCreateDate: is not a timestamp',
  ],
  ['microseconds', 'AdminGetUser', { ...user, UserCreateDate: 1.2345 }, 'UserCreateDate: is not a timestamp'],
  ['a text for a list', 'AdminGetUser', { ...user, UserAttributes: 'sub' }, 'UserAttributes: is not a list'],
  [
    'a wrong member',
    'AdminGetUser',
    { ...user, UserAttributes: [{ Name: 1 }] },
    'UserAttributes[0].Name: is not a string',
  ],
  [
    'another order',
    'AdminGetUser',
    { Username: 'ann', Enabled: true },
    'the body: is not in the order of the alphabet',
  ],
  ['a missing member', 'AdminGetUser', {}, 'Username: is missing'],
  ['a body where there is none', 'AdminDeleteUser', {}, 'the body: is not empty'],
  ['no body where there is one', 'AdminEnableUser', undefined, 'the body: is undefined'],
])('%s is a mistake', (_, operation, output, mistake) => {
  expect(outputMistakes(operation, output)).toContain(mistake);
});
