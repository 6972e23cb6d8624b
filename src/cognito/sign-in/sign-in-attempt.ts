/** What one call of `signIn` or `respond` is given, and knows while it runs. */
import type { ReplyOrigin } from '../../errors.ts';
import type { Ephemeral } from '../../srp/client.ts';
import { generateEphemeral } from '../../srp/client.ts';
import type { DeviceCredentials } from '../../srp/verifier.ts';
import { type CallOptions, type Connection, clock } from '../client/connection.ts';
import type { ContextData } from '../client/wire-types.ts';
import type { DeviceProblem, DeviceSource } from './stored-device.ts';

/** A server's part of `SignInOptions`. */
export interface AdminOptions extends CallOptions {
  /**
   * `true`, or `{ contextData }` for threat protection: AdminInitiateAuth and AdminRespondToAuthChallenge in place of
   * InitiateAuth and RespondToAuthChallenge. For servers, with a `transport` that signs its calls (the AWS SDK's
   * client).
   */
  readonly admin?: true | { readonly contextData?: ContextData } | undefined;
}

/** What `signIn` and `respond` take last. */
export interface SignInOptions extends AdminOptions {
  /**
   * A device that was confirmed earlier, or a function that finds one by user name: it stands in for the
   * second factor where the pool says so. One that cannot be used is said in `step.deviceProblem` and
   * left aside; it never keeps the user out.
   */
  readonly device?: DeviceSource | null | undefined;
}

/** What is known while the call runs. It ends with the call; nothing of it is returned. */
export interface Attempt extends Connection<SignInOptions> {
  /** As typed, until a reply names the canonical user. */
  username: string;
  /** Whether `username` is the canonical one. */
  canonical?: boolean;
  /** The device that is offered. */
  device?: DeviceCredentials;
  /** Whose the device is, as far as it says. */
  deviceOwner?: string | undefined;
  deviceProblem?: DeviceProblem | undefined;
  /** The key of the device that was refused, here or in a call before. */
  refusedDevice?: string | undefined;
  /** The name by which the device was looked for last. */
  deviceAskedBy?: string;
  /** The password and the ephemeral whose SRP_A the service has, until PASSWORD_VERIFIER comes. */
  passwordExchange?: { readonly password: string; readonly ephemeral: Ephemeral };
  /** The same for the device, between DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER. */
  deviceEphemeral?: Ephemeral;
  /** Where the last reply came from. */
  origin?: ReplyOrigin;
  /** How far the service's clock is ahead of ours, in milliseconds. */
  clockOffsetMs?: number;
  /** Attributes given with a new password that the service does not take with it. */
  unsentAttributes?: Readonly<Record<string, string>> | undefined;
}

/** Begins an SRP exchange with a password: draws a, keeps it for the verifier challenge, gives SRP_A to send. */
export function beginPasswordExchange(attempt: Attempt, password: string): { readonly SRP_A: string } {
  const ephemeral = generateEphemeral(attempt.options.rng);
  attempt.passwordExchange = { password, ephemeral };
  return { SRP_A: ephemeral.SRP_A };
}

/** Milliseconds since the epoch by the service's clock, as far as it is known. */
export function serviceTime({ options, clockOffsetMs = 0 }: Attempt): number {
  return clock(options) + clockOffsetMs;
}
