/** Fills a server of others through its own admin API: user pools of each kind that the cases need, app clients, and users. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';

export const PASSWORD = 'Correct-Horse-9';
export const PHONE = '+4915100000008';

const TRIGGER = 'arn:aws:lambda:us-east-1:000000000000:function:custom-challenge';
/** The triggers of a sign-in by a custom challenge. */
const TRIGGERS = {
  DefineAuthChallenge: TRIGGER,
  CreateAuthChallenge: TRIGGER,
  VerifyAuthChallengeResponse: TRIGGER,
};

const BY_EMAIL = { UsernameAttributes: ['email'] };

/** The settings of each kind of pool. The SRP of moto works in pools of e-mail addresses alone, so most of them are. */
const KINDS = {
  byEmail: BY_EMAIL,
  byName: {},
  factors: { ...BY_EMAIL, MfaConfiguration: 'OPTIONAL' },
  factorDemanded: { ...BY_EMAIL, MfaConfiguration: 'ON' },
  devices: {
    ...BY_EMAIL,
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  },
  custom: { ...BY_EMAIL, LambdaConfig: TRIGGERS },
  // The least that AWS takes, so that any text of six characters is a password
  anyPassword: {
    Policies: {
      PasswordPolicy: {
        MinimumLength: 6,
        RequireLowercase: false,
        RequireUppercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
      },
    },
  },
};

const FLOWS = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'USER_AUTH', 'REFRESH_TOKEN_AUTH'];

/**
 * @param {string} endpoint of the server
 * @param {{ knowsMfaConfig?: boolean }} what it knows. Where SetUserPoolMfaConfig is missing, the pool is made with its MFA.
 * @returns a function that gives the pool of a kind, and makes it where it is the first to ask
 */
export function openPools(endpoint, { knowsMfaConfig = true } = {}) {
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    // ministack-strict knows this key and its secret. The other servers take every key
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const pools = {};
  return (kind) => {
    pools[kind] ??= createPool(sdk, endpoint, kind, knowsMfaConfig);
    return pools[kind];
  };
}

async function createPool(sdk, endpoint, kind, knowsMfaConfig) {
  const settings = KINDS[kind];
  const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: kind, ...settings }));
  const UserPoolId = UserPool.Id;
  const { MfaConfiguration } = settings;
  if (MfaConfiguration && knowsMfaConfig) {
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    await sdk.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration, SoftwareTokenMfaConfiguration }),
    );
  }
  const createClient = async (ClientName, GenerateSecret) => {
    const ExplicitAuthFlows = FLOWS.map((flow) => `ALLOW_${flow}`);
    const input = { UserPoolId, ClientName, GenerateSecret, ExplicitAuthFlows };
    const { UserPoolClient } = await sdk.send(new CreateUserPoolClientCommand(input));
    const { ClientId: clientId, ClientSecret: clientSecret } = UserPoolClient;
    return { userPoolId: UserPoolId, clientId, endpoint, ...(GenerateSecret && { clientSecret }) };
  };
  let names = 0;
  /** @returns a name that no user has, which is an e-mail address, so that pools of both kinds take it */
  const takeName = () => {
    names += 1;
    return `user-${names}@example.com`;
  };
  /** Adds a user with a temporary password. @returns the user's name */
  const addTemporaryUser = async () => {
    const Username = takeName();
    const UserAttributes = [
      { Name: 'email', Value: Username },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'phone_number', Value: PHONE },
      { Name: 'phone_number_verified', Value: 'true' },
    ];
    const input = { UserPoolId, Username, UserAttributes, TemporaryPassword: PASSWORD };
    await sdk.send(new AdminCreateUserCommand({ ...input, MessageAction: 'SUPPRESS' }));
    return Username;
  };
  const setPassword = (Username, Password) =>
    sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  return {
    web: await createClient('web', false),
    withSecret: await createClient('server', true),
    takeName,
    addTemporaryUser,
    setPassword,
    /** @returns the user's name. The password is PASSWORD. */
    addUser: async () => {
      const username = await addTemporaryUser();
      await setPassword(username, PASSWORD);
      return username;
    },
  };
}
