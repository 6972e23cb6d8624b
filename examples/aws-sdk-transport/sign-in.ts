/** The AWS SDK carries the calls: its proxies and middleware, this package's challenges. */
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
 * A client for {@link sdkTransport}.
 *
 * The SDK would send a request again whose reply got lost. A Session is good once: the second copy is refused,
 * and that refusal hides what became of the first. This package sends again what can be sent again.
 */
export const createSdkClient = (config: CognitoIdentityProviderClientConfig): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({ ...config, maxAttempts: 1 });

/** Operation → its command: those of a sign-in, a device and an authenticator's set-up. Others take a line more. */
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

/** A command as `send` takes it; each of the SDK's own takes the input of its operation. */
type AnyCommand = new (input: object) => InitiateAuthCommand;

/** @throws TypeError for an operation that {@link COMMANDS} does not have */
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

/** For `signIn` and `respond` on a server: the admin operations, signed with the client's AWS credentials. */
export const adminOptions = (client: CognitoIdentityProviderClient): SignInOptions => ({
  transport: sdkTransport(client),
  admin: true,
});

export const signInAsAdmin = (
  client: CognitoIdentityProviderClient,
  pool: UserPoolClient,
  user: { readonly username: string; readonly password: string },
): Promise<Step> => signIn(pool, { flow: 'ADMIN_USER_PASSWORD_AUTH', ...user }, adminOptions(client));
