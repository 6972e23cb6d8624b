/** Configuration of which an app client or a pool has one: styles, risks, logs, domains and import jobs. */
import { outputMistakes } from '../model/output-mistakes.ts';
import { createAdminWire, FIRST_POOL } from '../pools/admin-wire.ts';
import { refused } from '../wire.ts';

const NOT_FOUND = { status: 400, __type: 'ResourceNotFoundException' };
const invalid = (message: string) => refused('InvalidParameterException', message);

describe('managed login branding', () => {
  const STYLE = { ClientId: 'web', Settings: { components: { favicon: { enabledTypes: ['ICO'] } } } };

  test('CreateManagedLoginBranding is described by its id and by its app client', async () => {
    const { onPool, now } = createAdminWire();
    const { status, ...created } = await onPool('CreateManagedLoginBranding', STYLE);
    const branding = created['ManagedLoginBranding'] as { readonly ManagedLoginBrandingId: string };
    const { ManagedLoginBrandingId } = branding;
    expect(branding).toEqual({
      CreationDate: now() / 1000,
      LastModifiedDate: now() / 1000,
      ManagedLoginBrandingId: expect.any(String),
      Settings: STYLE.Settings,
      UseCognitoProvidedValues: false,
      UserPoolId: FIRST_POOL,
    });
    expect(outputMistakes('CreateManagedLoginBranding', created)).toEqual([]);
    const expected = { status, ...created };
    expect(await onPool('DescribeManagedLoginBranding', { ManagedLoginBrandingId })).toEqual(expected);
    expect(await onPool('DescribeManagedLoginBrandingByClient', { ClientId: 'web' })).toEqual(expected);
    expect(await onPool('CreateManagedLoginBranding', STYLE)).toMatchObject({
      status: 400,
      __type: 'ManagedLoginBrandingExistsException',
    });
  });

  test('UpdateManagedLoginBranding keeps what is omitted, and DeleteManagedLoginBranding removes it', async () => {
    const { onPool, now, wait } = createAdminWire();
    const { ManagedLoginBranding } = await onPool('CreateManagedLoginBranding', STYLE);
    const { ManagedLoginBrandingId } = ManagedLoginBranding as { readonly ManagedLoginBrandingId: string };
    wait(60);
    const Assets = [{ Category: 'FAVICON_ICO', ColorMode: 'LIGHT', Extension: 'ICO', Bytes: 'AAAA' }];
    expect(await onPool('UpdateManagedLoginBranding', { ManagedLoginBrandingId, Assets })).toMatchObject({
      ManagedLoginBranding: { Assets, LastModifiedDate: now() / 1000, Settings: STYLE.Settings },
    });
    expect(await onPool('DeleteManagedLoginBranding', { ManagedLoginBrandingId })).toEqual({ status: 200 });
    for (const operation of ['Describe', 'Update', 'Delete']) {
      expect(await onPool(`${operation}ManagedLoginBranding`, { ManagedLoginBrandingId })).toMatchObject(
        NOT_FOUND,
      );
    }
  });

  test('CreateManagedLoginBranding needs an app client, and either own settings or those of AWS', async () => {
    const { onPool } = createAdminWire();
    expect(await onPool('CreateManagedLoginBranding', { ...STYLE, ClientId: 'other' })).toMatchObject(
      NOT_FOUND,
    );
    expect(
      await onPool('CreateManagedLoginBranding', { ...STYLE, UseCognitoProvidedValues: true }),
    ).toMatchObject({ status: 400, __type: 'InvalidParameterException' });
    expect(await onPool('DescribeManagedLoginBrandingByClient', { ClientId: 'web' })).toMatchObject(
      NOT_FOUND,
    );
  });
});

describe('UI customisation', () => {
  test('SetUICustomization needs a domain, and GetUICustomization falls back to that of all clients', async () => {
    const { onPool, now, wait } = createAdminWire();
    const get = async (more: object = {}) => (await onPool('GetUICustomization', more))['UICustomization'];
    const style = { CSS: '.logo-customizable { max-width: 60%; }', ImageFile: 'AAAA' };
    expect(await onPool('SetUICustomization', style)).toMatchObject({
      status: 400,
      __type: 'InvalidParameterException',
    });
    expect(await get()).toEqual({});
    await onPool('CreateUserPoolDomain', { Domain: 'shop' });
    const { status, ...set } = await onPool('SetUICustomization', style);
    expect(outputMistakes('SetUICustomization', set)).toEqual([]);
    expect(await get({ ClientId: 'web' })).toEqual(set['UICustomization']);
    const created = now() / 1000;
    wait(60);
    await onPool('SetUICustomization', { ClientId: 'web', CSS: '.label {}' });
    expect(await get({ ClientId: 'web' })).toMatchObject({ CSS: '.label {}', ClientId: 'web' });
    await onPool('SetUICustomization', { CSS: '.label {}' });
    expect(await get()).toEqual({
      ClientId: 'ALL',
      CreationDate: created,
      CSS: '.label {}',
      CSSVersion: '20260924135115',
      LastModifiedDate: now() / 1000,
      UserPoolId: FIRST_POOL,
    });
    expect(await onPool('SetUICustomization', { ClientId: 'other' })).toMatchObject(NOT_FOUND);
  });
});

describe('risk configuration', () => {
  test('SetRiskConfiguration of an app client comes before that of the pool in DescribeRiskConfiguration', async () => {
    const { onPool, now } = createAdminWire();
    const of = async (more: object) => (await onPool('DescribeRiskConfiguration', more))['RiskConfiguration'];
    expect(await of({})).toEqual({ UserPoolId: FIRST_POOL });
    const blocked = { RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'] } };
    const { status, ...set } = await onPool('SetRiskConfiguration', blocked);
    expect(outputMistakes('SetRiskConfiguration', set)).toEqual([]);
    expect(await of({ ClientId: 'web' })).toEqual({
      ...blocked,
      LastModifiedDate: now() / 1000,
      UserPoolId: FIRST_POOL,
    });
    const compromised = { CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } } };
    await onPool('SetRiskConfiguration', { ClientId: 'web', ...compromised });
    expect(await of({ ClientId: 'web' })).toMatchObject({ ClientId: 'web', ...compromised });
    expect(await of({})).toMatchObject(blocked);
    expect(await onPool('SetRiskConfiguration', { ClientId: 'other' })).toMatchObject(NOT_FOUND);
    expect(await onPool('DescribeRiskConfiguration', { ClientId: 'other' })).toMatchObject(NOT_FOUND);
  });
});

test('GetLogDeliveryConfiguration gives what SetLogDeliveryConfiguration set', async () => {
  const { onPool } = createAdminWire();
  const get = () => onPool('GetLogDeliveryConfiguration');
  const configuration = (LogConfigurations: readonly object[]) => ({
    status: 200,
    LogDeliveryConfiguration: { LogConfigurations, UserPoolId: FIRST_POOL },
  });
  expect(await get()).toEqual(configuration([]));
  const logs = [
    {
      LogLevel: 'ERROR',
      EventSource: 'userNotification',
      CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:pool' },
    },
  ];
  expect(await onPool('SetLogDeliveryConfiguration', { LogConfigurations: logs })).toEqual(
    configuration(logs),
  );
  expect(await get()).toEqual(configuration(logs));
});

describe('domains', () => {
  const of = 'DomainDescription';

  test('CreateUserPoolDomain of a prefix is described, whichever pool has it', async () => {
    const { admin, createPool, onPool } = createAdminWire();
    const UserPoolId = await createPool();
    expect(await onPool('CreateUserPoolDomain', { Domain: 'shop' }, UserPoolId)).toEqual({
      status: 200,
      ManagedLoginVersion: 1,
    });
    const { status, ...described } = await admin('DescribeUserPoolDomain', { Domain: 'shop' });
    expect(outputMistakes('DescribeUserPoolDomain', described)).toEqual([]);
    expect(described[of]).toEqual({
      AWSAccountId: '000000000000',
      Domain: 'shop',
      ManagedLoginVersion: 1,
      Status: 'ACTIVE',
      UserPoolId,
    });
    const taken = invalid('Domain already associated with another user pool.');
    expect(await onPool('CreateUserPoolDomain', { Domain: 'shop' })).toMatchObject(taken);
    expect(await onPool('CreateUserPoolDomain', { Domain: 'other' }, UserPoolId)).toMatchObject(
      invalid('User pool already has a domain configured.'),
    );
  });

  test('CreateUserPoolDomain takes a custom domain beside the prefix', async () => {
    const { describe: describePool, onPool } = createAdminWire();
    const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' };
    await onPool('CreateUserPoolDomain', { Domain: 'shop' });
    expect(await onPool('CreateUserPoolDomain', { Domain: 'auth.example.com' })).toMatchObject(
      invalid(
        'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$',
      ),
    );
    expect(
      await onPool('CreateUserPoolDomain', { Domain: 'auth.example.com', CustomDomainConfig }),
    ).toMatchObject({ status: 200, CloudFrontDomain: 'auth.example.com.cloudfront.invalid' });
    expect(await describePool(FIRST_POOL)).toMatchObject({
      Domain: 'shop',
      CustomDomain: 'auth.example.com',
    });
  });

  test('DescribeUserPoolDomain of an unknown domain is empty', async () => {
    const { admin } = createAdminWire();
    expect(await admin('DescribeUserPoolDomain', { Domain: 'nothing' })).toEqual({ status: 200, [of]: {} });
  });

  test('UpdateUserPoolDomain changes it, and DeleteUserPoolDomain makes it free', async () => {
    const { admin, createPool, onPool } = createAdminWire();
    await onPool('CreateUserPoolDomain', { Domain: 'shop' });
    expect(await onPool('UpdateUserPoolDomain', { Domain: 'shop', ManagedLoginVersion: 2 })).toEqual({
      status: 200,
      ManagedLoginVersion: 2,
    });
    expect(await admin('DescribeUserPoolDomain', { Domain: 'shop' })).toMatchObject({
      [of]: { ManagedLoginVersion: 2 },
    });
    const noSuchDomain = invalid('No such domain or user pool exists.');
    const other = await createPool();
    for (const operation of ['UpdateUserPoolDomain', 'DeleteUserPoolDomain']) {
      expect(await onPool(operation, { Domain: 'shop' }, other)).toMatchObject(noSuchDomain);
    }
    expect(await onPool('DeleteUserPoolDomain', { Domain: 'shop' })).toEqual({ status: 200 });
    expect(await onPool('DeleteUserPoolDomain', { Domain: 'shop' })).toMatchObject(noSuchDomain);
    expect(await onPool('CreateUserPoolDomain', { Domain: 'shop' }, other)).toMatchObject({ status: 200 });
  });
});

describe('import jobs', () => {
  const JOB = { JobName: 'move', CloudWatchLogsRoleArn: 'arn:aws:iam::000000000000:role/import' };

  test('GetCSVHeader has the attributes of the pool', async () => {
    const { createPool, onPool } = createAdminWire();
    const id = await createPool({ Schema: [{ Name: 'team', AttributeDataType: 'String' }] });
    const { CSVHeader, UserPoolId } = await onPool('GetCSVHeader', {}, id);
    expect(UserPoolId).toBe(id);
    expect(CSVHeader).toEqual(
      expect.arrayContaining(['name', 'custom:team', 'cognito:mfa_enabled', 'cognito:username']),
    );
    expect(CSVHeader).not.toContain('sub');
  });

  test('CreateUserImportJob, StartUserImportJob and StopUserImportJob change the state in this order', async () => {
    const { onPool, now, wait } = createAdminWire();
    const { status, ...created } = await onPool('CreateUserImportJob', JOB);
    expect(outputMistakes('CreateUserImportJob', created)).toEqual([]);
    const job = created['UserImportJob'] as { readonly JobId: string };
    const { JobId } = job;
    expect(job).toMatchObject({ ...JOB, CreationDate: now() / 1000, Status: 'Created' });
    const notNow = { status: 400, __type: 'PreconditionNotMetException' };
    expect(await onPool('StopUserImportJob', { JobId })).toMatchObject(notNow);
    wait(60);
    expect(await onPool('StartUserImportJob', { JobId })).toMatchObject({
      UserImportJob: { StartDate: now() / 1000, Status: 'Pending' },
    });
    expect(await onPool('StartUserImportJob', { JobId })).toMatchObject(notNow);
    expect(await onPool('StopUserImportJob', { JobId })).toMatchObject({
      UserImportJob: { CompletionDate: now() / 1000, Status: 'Stopped' },
    });
    expect(await onPool('DescribeUserImportJob', { JobId })).toMatchObject({
      UserImportJob: { ...job, Status: 'Stopped' },
    });
  });

  test('ListUserImportJobs lists page by page, and an unknown job is not found', async () => {
    const { onPool, wait } = createAdminWire();
    await onPool('CreateUserImportJob', JOB);
    wait(1);
    await onPool('CreateUserImportJob', { ...JOB, JobName: 'second' });
    const { UserImportJobs, PaginationToken } = await onPool('ListUserImportJobs', { MaxResults: 1 });
    expect(UserImportJobs).toMatchObject([{ JobName: 'move' }]);
    expect(await onPool('ListUserImportJobs', { MaxResults: 1, PaginationToken })).toEqual({
      status: 200,
      UserImportJobs: [expect.objectContaining({ JobName: 'second' })],
    });
    for (const operation of ['Describe', 'Start', 'Stop']) {
      expect(await onPool(`${operation}UserImportJob`, { JobId: 'import-nothing' })).toMatchObject(NOT_FOUND);
    }
  });
});
