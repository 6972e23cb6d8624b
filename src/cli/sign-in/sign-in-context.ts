/** What every step of one sign-in needs: streams, user pool, flags and files. */
import type { CallOptions, Challenge, UserPoolClient } from '../../index.ts';
import type { Io } from '../io.ts';
import type { DeviceFile } from '../stored/device-file.ts';
import type { GivenAnswers } from './given-answers.ts';

export interface SignInContext {
  readonly io: Io;
  readonly pool: UserPoolClient;
  readonly call: CallOptions;
  readonly givenAnswers: GivenAnswers;
  /** @returns undefined if there is no password */
  readonly readPassword: () => Promise<string | undefined>;
  /** Whether a person at the terminal can be asked for what is missing. */
  readonly canAskPerson: boolean;
  readonly json: boolean;
  /** The user name as it was typed. */
  readonly alias: string;
  /** The file of --device. */
  readonly deviceFile: DeviceFile | undefined;
  /** Whether --remember-device was given. */
  readonly rememberDevice: boolean;
  /** The challenge that `respond` got. */
  readonly challengeFromFile?: Challenge | undefined;
}
