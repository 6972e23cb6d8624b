/**
 * What one call of `signIn` or `respond` was given, and what it has learnt since.
 *
 * An attempt is a value: each reply and each answer makes a new one. It ends with the call, and no part of it is returned.
 */
import type { Ephemeral } from '../../srp/ephemeral.ts';
import type { CallOptions } from '../client/call-options.ts';
import type { Connection } from '../client/connection.ts';
import type { ContextData } from '../client/wire-types.ts';
import type { DeviceSlot, SignInUser } from './device-slot.ts';
import type { DeviceSource } from './stored-device.ts';

/** The part of `SignInOptions` that is for servers. */
export interface AdminOptions extends CallOptions {
  /**
   * Calls AdminInitiateAuth and AdminRespondToAuthChallenge in place of InitiateAuth and RespondToAuthChallenge. Give
   * `true`, or `{ contextData }` for threat protection. It needs a `transport` that signs its calls, such as the AWS SDK's
   * client, and belongs on a server.
   */
  readonly admin?: true | { readonly contextData?: ContextData } | undefined;
}

/** What `signIn` and `respond` take as their last argument. */
export interface SignInOptions extends AdminOptions {
  /**
   * A device that was confirmed earlier, or a function that finds one by user name. It stands in for the second factor if
   * the pool allows that. A device that cannot be used never keeps the user out: sign-in goes on without it, and
   * `step.deviceProblem` says why.
   */
  readonly device?: DeviceSource | null | undefined;
}

export interface Attempt {
  readonly connection: Connection<SignInOptions>;
  readonly user: SignInUser;
  readonly device: DeviceSlot;
  /** Where to look the device up. It is missing if no device is to be offered. */
  readonly deviceSource: DeviceSource | null | undefined;
  /** The password and the ephemeral whose SRP_A the service has, until PASSWORD_VERIFIER comes. */
  readonly passwordExchange?: PasswordExchange | undefined;
  /** The ephemeral of DEVICE_SRP_AUTH, until DEVICE_PASSWORD_VERIFIER comes. */
  readonly deviceEphemeral?: Ephemeral | undefined;
  /** How far the service's clock is ahead of the caller's, in milliseconds. */
  readonly clockOffsetMs: number;
  /** Attributes that were given with a new password and that the service does not take with it. */
  readonly unsentAttributes?: Readonly<Record<string, string>> | undefined;
  /** Whether the session of the challenge that `respond` was given is spent. */
  readonly challengeSpent?: boolean;
}

/** A password and the ephemeral that proves it. The ephemeral is used once. */
export interface PasswordExchange {
  readonly password: string;
  readonly ephemeral: Ephemeral;
}
