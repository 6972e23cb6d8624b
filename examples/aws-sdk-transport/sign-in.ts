/** The AWS SDK carries the calls, with its proxies and middleware. This package answers the challenges. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  ConfirmDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  UpdateDeviceStatusCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  type Credentials,
  type SignInOptions,
  type Step,
  signIn,
  type Transport,
  type UserPoolClient,
} from 'cognito-srp-engine';

/**
 * Makes a client of the SDK for {@link sdkTransport}.
 *
 * The SDK would repeat a request whose reply got lost. A Session is good once, so the service refuses the second copy,
 * and that refusal hides the outcome of the first. This package repeats only what can be repeated.
 */
export const createSdkClient = (config: CognitoIdentityProviderClientConfig): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({ ...config, maxAttempts: 1 });

/** The commands of a sign-in, a device and the set-up of an authenticator app. Another operation needs one more line. */
const COMMANDS = {
  InitiateAuth: InitiateAuthCommand,
  RespondToAuthChallenge: RespondToAuthChallengeCommand,
  AdminInitiateAuth: AdminInitiateAuthCommand,
  AdminRespondToAuthChallenge: AdminRespondToAuthChallengeCommand,
  AssociateSoftwareToken: AssociateSoftwareTokenCommand,
  VerifySoftwareToken: VerifySoftwareTokenCommand,
  ConfirmDevice: ConfirmDeviceCommand,
  UpdateDeviceStatus: UpdateDeviceStatusCommand,
  GetTokensFromRefreshToken: GetTokensFromRefreshTokenCommand,
};

/** A command with its input erased, because each command of the SDK takes the input of its own operation. */
type AnyCommand = new (input: object) => InitiateAuthCommand;

/** Makes a transport. @throws TypeError for an operation that {@link COMMANDS} does not have */
export function sdkTransport(client: CognitoIdentityProviderClient): Transport {
  return async (operation, input, abortSignal) => {
    if (!Object.hasOwn(COMMANDS, operation)) {
      throw new TypeError(
        `"operation" must be one of ${Object.keys(COMMANDS).join(', ')}, got "${operation}"`,
      );
    }
    const Command = COMMANDS[operation as keyof typeof COMMANDS] as AnyCommand;
    return { ...(await client.send(new Command(input), abortSignal ? { abortSignal } : {})) };
  };
}

export const signInBySdk = (
  client: CognitoIdentityProviderClient,
  pool: UserPoolClient,
  credentials: Credentials,
): Promise<Step> => signIn(pool, credentials, { transport: sdkTransport(client) });

/** Makes a transport for `signIn` and `respond` on a server. It calls the admin operations, which the SDK signs. */
export const adminOptions = (client: CognitoIdentityProviderClient): SignInOptions => ({
  transport: sdkTransport(client),
  admin: true,
});

export const signInAsAdmin = (
  client: CognitoIdentityProviderClient,
  pool: UserPoolClient,
  user: { readonly username: string; readonly password: string },
): Promise<Step> => signIn(pool, { flow: 'ADMIN_USER_PASSWORD_AUTH', ...user }, adminOptions(client));
