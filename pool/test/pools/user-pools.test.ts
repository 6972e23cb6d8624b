/** Pools are made, described, listed and removed at run time. */
import { outputMistakes } from '../model/output-mistakes.ts';
import { refused } from '../wire.ts';
import { createAdminWire, type DescribedPool, FIRST_POOL } from './admin-wire.ts';

const invalid = (message: string) => refused('InvalidParameterException', message);
const noPool = (id: string) => refused('ResourceNotFoundException', `User pool ${id} does not exist.`);
const namesOf = (attributes: DescribedPool['SchemaAttributes']) => attributes.map(({ Name }) => Name);

describe('CreateUserPool', () => {
  test('a minimal pool has the defaults that were measured', async () => {
    const { admin, now } = createAdminWire();
    const { status, UserPool } = await admin('CreateUserPool', { PoolName: 'shop', UserPoolTier: 'LITE' });
    const { SchemaAttributes, ...pool } = UserPool as DescribedPool;
    const seconds = now() / 1000;
    expect(status).toBe(200);
    expect(pool).toEqual({
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Name: 'verified_email', Priority: 1 },
          { Name: 'verified_phone_number', Priority: 2 },
        ],
      },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.Id}`,
      CreationDate: seconds,
      DeletionProtection: 'INACTIVE',
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      EstimatedNumberOfUsers: 0,
      Id: expect.stringMatching(/^us-east-1_[A-Za-z0-9]{9}$/),
      IssuerConfiguration: { Type: 'ORIGINAL' },
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      LambdaConfig: {},
      LastModifiedDate: seconds,
      MfaConfiguration: 'OFF',
      Name: 'shop',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      UserPoolTier: 'LITE',
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    });
    expect(namesOf(SchemaAttributes).slice(0, 3)).toEqual(['sub', 'name', 'given_name']);
    expect(SchemaAttributes).toHaveLength(20);
  });

  test('its reply and its description have the shapes of the model', async () => {
    const { admin, createPool } = createAdminWire();
    const { status, ...created } = await admin('CreateUserPool', {
      PoolName: 'shop',
      Schema: [{ Name: 'team', AttributeDataType: 'String' }],
      UserPoolTags: { stage: 'test' },
    });
    expect(outputMistakes('CreateUserPool', created)).toEqual([]);
    const { status: _, ...described } = await admin('DescribeUserPool', { UserPoolId: await createPool() });
    expect(outputMistakes('DescribeUserPool', described)).toEqual([]);
  });

  test('the tier is ESSENTIALS, and a policy that is given in part has defaults for the rest', async () => {
    const { createPool, describe: of } = createAdminWire();
    const id = await createPool({ Policies: { PasswordPolicy: { MinimumLength: 12 } } });
    expect(await of(id)).toMatchObject({
      UserPoolTier: 'ESSENTIALS',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
    });
  });

  test('custom attributes get their prefix, and standard ones are changed in place', async () => {
    const { createPool, describe: of } = createAdminWire();
    const id = await createPool({
      Schema: [
        { Name: 'team', AttributeDataType: 'String', Mutable: true },
        { Name: 'rank', AttributeDataType: 'Number', DeveloperOnlyAttribute: true },
        { Name: 'email', AttributeDataType: 'String', Required: true },
      ],
    });
    const { SchemaAttributes } = await of(id);
    expect(SchemaAttributes).toEqual(
      expect.arrayContaining([
        {
          AttributeDataType: 'String',
          DeveloperOnlyAttribute: false,
          Mutable: true,
          Name: 'custom:team',
          Required: false,
          StringAttributeConstraints: {},
        },
        expect.objectContaining({ Name: 'dev:rank', Mutable: false, NumberAttributeConstraints: {} }),
        expect.objectContaining({
          Name: 'email',
          Required: true,
          StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
        }),
      ]),
    );
    expect(namesOf(SchemaAttributes).filter((name) => name === 'email')).toHaveLength(1);
  });

  const text = { AttributeDataType: 'String' };

  test.each([
    [{ ...text, Name: 'a', Required: true }, 'Required custom attributes are not supported currently.'],
    [
      { Name: 'a', AttributeDataType: 'Text' },
      'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.',
    ],
    [
      { Name: 'email', AttributeDataType: 'Number' },
      'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email',
    ],
    [
      { ...text, Name: 'a', StringAttributeConstraints: { MaxLength: '2049' } },
      'user.a: String attributes cannot have a length of more than 2048',
    ],
    [
      { ...text, Name: 'a', StringAttributeConstraints: { MinLength: '9', MaxLength: '1' } },
      'user.a: Max length cannot be less than min length.',
    ],
    [
      {
        Name: 'a',
        AttributeDataType: 'Number',
        NumberAttributeConstraints: { MinValue: '9', MaxValue: '1' },
      },
      'user.a: Max value cannot be less than min value.',
    ],
    [
      { Name: 'a', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: 'x' } },
      'Invalid NumberAttributeConstraints.MinValue for schema attribute a',
    ],
  ])('the attribute %j is refused, and no pool is made', async (attribute, message) => {
    const { admin } = createAdminWire();
    expect(await admin('CreateUserPool', { PoolName: 'shop', Schema: [attribute] })).toMatchObject(
      invalid(message),
    );
    const { UserPools } = await admin('ListUserPools', { MaxResults: 60 });
    expect(UserPools).toHaveLength(1);
  });

  test.each([
    [
      { MfaConfiguration: 'ON' },
      'InvalidParameterException',
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    ],
    [
      { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection',
    ],
    [
      {
        AdminCreateUserConfig: { UnusedAccountValidityDays: 3 },
        Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 5 } },
      },
      'InvalidParameterException',
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    ],
    [
      {
        AdminCreateUserConfig: { UnusedAccountValidityDays: 5 },
        Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 5 } },
      },
      'InvalidParameterException',
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    ],
    [
      {
        AutoVerifiedAttributes: ['phone_number'],
        UserAttributeUpdateSettings: {
          AttributesRequireVerificationBeforeUpdate: ['phone_number', 'email'],
        },
      },
      'InvalidParameterException',
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    ],
  ])('%j is refused', async (settings, name, message) => {
    const { admin } = createAdminWire();
    expect(await admin('CreateUserPool', { PoolName: 'shop', ...settings })).toMatchObject(
      refused(name, message),
    );
  });

  test('names need not be unique', async () => {
    const { createPool } = createAdminWire();
    expect(await createPool()).not.toBe(await createPool());
  });
});

describe('DescribeUserPool', () => {
  test('adds the tags, the attribute identities and the number of users', async () => {
    const { createPool, describe: of, onPool } = createAdminWire();
    const made = await of(await createPool());
    expect(made).toMatchObject({ UserPoolTags: {}, EstimatedNumberOfUsers: 0 });
    expect(namesOf(made.SchemaAttributes)).toContain('identities');
    expect(made).not.toHaveProperty('Domain');
    expect(await of(FIRST_POOL)).toMatchObject({ EstimatedNumberOfUsers: 1 });
    await onPool('CreateUserPoolDomain', { Domain: 'shop' });
    expect(await of(FIRST_POOL)).toMatchObject({ Domain: 'shop' });
  });

  test('an unknown pool is refused', async () => {
    const { admin } = createAdminWire();
    expect(await admin('DescribeUserPool', { UserPoolId: 'us-east-1_Nowhere00' })).toMatchObject(
      noPool('us-east-1_Nowhere00'),
    );
  });
});

describe('DeleteUserPool', () => {
  test('afterwards the pool does not exist', async () => {
    const { admin, createPool } = createAdminWire();
    const UserPoolId = await createPool();
    expect(await admin('DeleteUserPool', { UserPoolId })).toEqual({ status: 200 });
    expect(await admin('DescribeUserPool', { UserPoolId })).toMatchObject(noPool(UserPoolId));
    expect(await admin('DeleteUserPool', { UserPoolId })).toMatchObject(noPool(UserPoolId));
  });

  test('a pool that is protected or has a domain stays', async () => {
    const { admin, createPool, onPool, describe: of } = createAdminWire();
    const UserPoolId = await createPool({ DeletionProtection: 'ACTIVE' });
    await onPool('CreateUserPoolDomain', { Domain: 'shop' }, UserPoolId);
    expect(await admin('DeleteUserPool', { UserPoolId })).toMatchObject(
      invalid(
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      ),
    );
    await onPool('UpdateUserPool', { DeletionProtection: 'INACTIVE' }, UserPoolId);
    expect(await admin('DeleteUserPool', { UserPoolId })).toMatchObject(
      invalid('User pool cannot be deleted. It has a domain configured that should be deleted first.'),
    );
    expect(await of(UserPoolId)).toMatchObject({ Domain: 'shop' });
    await onPool('DeleteUserPoolDomain', { Domain: 'shop' }, UserPoolId);
    expect(await admin('DeleteUserPool', { UserPoolId })).toEqual({ status: 200 });
  });
});

describe('ListUserPools', () => {
  test('lists every pool once, page by page', async () => {
    const { admin, createPool, wait } = createAdminWire();
    const ids = [FIRST_POOL];
    for (let i = 0; i < 2; i++) {
      wait(1);
      ids.push(await createPool());
    }
    const { UserPools: first, NextToken } = await admin('ListUserPools', { MaxResults: 2 });
    expect(first).toMatchObject([{ Id: ids[0] }, { Id: ids[1], Name: 'made', LambdaConfig: {} }]);
    expect(await admin('ListUserPools', { MaxResults: 2, NextToken })).toEqual({
      status: 200,
      UserPools: [expect.objectContaining({ Id: ids[2] })],
    });
    // The page is the same when a pool of the one before it is gone
    await admin('DeleteUserPool', { UserPoolId: ids[1] });
    expect(await admin('ListUserPools', { MaxResults: 2, NextToken })).toMatchObject({
      UserPools: [{ Id: ids[2] }],
    });
  });

  test('a size is required, and a token must be one that it gave', async () => {
    const { admin } = createAdminWire();
    expect(await admin('ListUserPools', {})).toMatchObject(
      invalid(
        "1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null",
      ),
    );
    expect(await admin('ListUserPools', { MaxResults: 1, NextToken: 'x' })).toMatchObject(
      invalid('Provided pagination token is invalid. Check the token and try your request again.'),
    );
  });
});

describe('AddCustomAttributes', () => {
  const team = { Name: 'team', AttributeDataType: 'String' };

  test('adds to the schema', async () => {
    const { createPool, describe: of, onPool, wait, now } = createAdminWire();
    const id = await createPool();
    wait(60);
    expect(await onPool('AddCustomAttributes', { CustomAttributes: [team] }, id)).toEqual({ status: 200 });
    const { SchemaAttributes, LastModifiedDate } = await of(id);
    expect(namesOf(SchemaAttributes)).toContain('custom:team');
    expect(LastModifiedDate).toBe(now() / 1000);
  });

  test('an existing name is refused, and nothing of the batch is added', async () => {
    const { createPool, describe: of, onPool } = createAdminWire();
    const id = await createPool({ Schema: [team] });
    const CustomAttributes = [{ ...team, Name: 'other' }, team];
    expect(await onPool('AddCustomAttributes', { CustomAttributes }, id)).toMatchObject(
      invalid('custom:team: Existing attribute already has name custom:team.'),
    );
    expect(namesOf((await of(id)).SchemaAttributes)).not.toContain('custom:other');
    const required = { ...team, Name: 'email', Required: true };
    expect(await onPool('AddCustomAttributes', { CustomAttributes: [required] }, id)).toMatchObject(
      invalid('Required custom attributes are not supported currently.'),
    );
  });
});
