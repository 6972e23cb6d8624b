/**
 * The table of challenges: everything this package knows about one ChallengeName, in one row.
 *
 * To add one: its row here, its shapes in `challenge.ts`, its cases in `test/cognito/challenge-cases.ts`.
 */

import { type ArgumentError, malformed, mustBe, ProtocolError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { generateEphemeral } from '../../srp/client.ts';
import { devicePasswordVerifierResponses, passwordVerifierResponses } from '../../srp/wire-parameters.ts';
import type { Connection } from '../client/connection.ts';
import type { AuthReply } from '../client/wire-types.ts';
import {
  codeWithoutBlanks,
  isNonEmptyString,
  isRecord,
  isStringArray,
  isStringMap,
  ownProperty,
} from '../values.ts';
import {
  type ChallengeName,
  type ChallengeOf,
  type ChallengeShapes,
  FIRST_FACTORS,
  MFA_TYPES,
  type MfaType,
} from './challenge-types.ts';
import { credentialJson } from './passkey-json.ts';
import { type Attempt, beginPasswordExchange, serviceTime } from './sign-in-attempt.ts';
import { verifySetupCode } from './software-token-setup.ts';

type Responses = Readonly<Record<string, string>>;

/** A challenge that the engine answers by itself. */
interface EngineRow {
  /** ChallengeResponses, without SECRET_HASH and DEVICE_KEY; USERNAME where the challenge names another. */
  readonly prove: (attempt: Attempt, parameters: Responses) => Responses;
}

/** A challenge that the caller is asked. */
export interface CallerRow<Name extends ChallengeName> {
  /** What to show. */
  readonly read: (reply: AuthReply) => ChallengeShapes[Name]['show'];
  /**
   * ChallengeResponses, without USERNAME, SECRET_HASH and DEVICE_KEY.
   *
   * @throws ArgumentError ANSWER_INVALID for another shape, before anything is sent
   */
  readonly write: (
    answer: ChallengeShapes[Name]['answer'],
    challenge: ChallengeOf<Name>,
    attempt: Attempt,
  ) => Responses;
  /** Another operation that has to come first; it gives the Session to answer with. */
  readonly before?: (
    connection: Connection,
    challenge: ChallengeOf<Name>,
    answer: ChallengeShapes[Name]['answer'],
  ) => Promise<string | undefined>;
}

const codeRow = <Name extends 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'>(key: string): CallerRow<Name> => ({
  read: ({ ChallengeParameters }) => {
    const { CODE_DELIVERY_DESTINATION: destination, CODE_DELIVERY_DELIVERY_MEDIUM: medium = '' } =
      ChallengeParameters;
    return destination === undefined ? {} : { delivery: { destination, medium } };
  },
  write: (answer) => ({ [key]: code(answer) }),
});

const passwordRow = <Name extends 'PASSWORD' | 'ADMIN_NO_SRP_AUTH'>(): CallerRow<Name> => ({
  read: () => ({}),
  write: (answer) => ({ PASSWORD: text(answer, 'password') }),
});

type Challenges = { readonly [Name in ChallengeName]: CallerRow<Name> } & {
  readonly [Name in 'PASSWORD_VERIFIER' | 'DEVICE_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER']: EngineRow;
};

export const CHALLENGES: Challenges = {
  PASSWORD_VERIFIER: {
    prove: (attempt, parameters) => {
      const { passwordExchange, pool, username } = attempt;
      if (!passwordExchange) throw unexpected('PASSWORD_VERIFIER', 'a password');
      const { ephemeral, password } = passwordExchange;
      const input = { userPoolId: pool.userPoolId, username, password, now: serviceTime(attempt) };
      return passwordVerifierResponses(ephemeral, parameters, input);
    },
  },
  DEVICE_SRP_AUTH: {
    prove: (attempt) => {
      if (!attempt.device) throw unexpected('DEVICE_SRP_AUTH', 'a device');
      attempt.deviceEphemeral = generateEphemeral(attempt.options.rng);
      return { SRP_A: attempt.deviceEphemeral.SRP_A };
    },
  },
  DEVICE_PASSWORD_VERIFIER: {
    prove: (attempt, parameters) => {
      const { device, deviceEphemeral, username } = attempt;
      if (!device || !deviceEphemeral) {
        throw unexpected('DEVICE_PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH before it');
      }
      const input = { username, device, now: serviceTime(attempt) };
      return devicePasswordVerifierResponses(deviceEphemeral, parameters, input);
    },
  },
  SMS_MFA: codeRow('SMS_MFA_CODE'),
  EMAIL_OTP: codeRow('EMAIL_OTP_CODE'),
  SMS_OTP: codeRow('SMS_OTP_CODE'),
  SOFTWARE_TOKEN_MFA: {
    read: ({ ChallengeParameters }) =>
      omitUndefined({ friendlyDeviceName: ChallengeParameters['FRIENDLY_DEVICE_NAME'] }),
    write: (answer) => ({ SOFTWARE_TOKEN_MFA_CODE: code(answer) }),
  },
  SELECT_MFA_TYPE: {
    read: (reply) => ({ options: mfaTypes(reply, 'MFAS_CAN_CHOOSE') }),
    write: (answer, { options }) => ({ ANSWER: choice(answer, options, MFA_TYPES) }),
  },
  MFA_SETUP: {
    read: (reply) => ({ options: mfaTypes(reply, 'MFAS_CAN_SETUP') }),
    write: (answer): Responses => {
      if ('email' in answer) return { EMAIL: text(answer, 'email') };
      code(answer);
      return {};
    },
    before: async (connection, { session }, answer) =>
      'email' in answer ? session : verifySetupCode(connection, session, answer),
  },
  NEW_PASSWORD_REQUIRED: {
    read: (reply) => ({
      requiredAttributes: jsonParameter(reply, 'requiredAttributes', isStringArray, []).map((name) =>
        name.replace(ATTRIBUTE, ''),
      ),
      userAttributes: jsonParameter(reply, 'userAttributes', isStringMap, {}),
    }),
    write: (answer, { requiredAttributes, userAttributes }, attempt) => {
      const attributes = strings(answer, 'attributes');
      const missing = requiredAttributes.find(
        (name) => !ownProperty(attributes, name) && !ownProperty(userAttributes, name),
      );
      if (missing !== undefined) throw wrongAnswer(`attributes.${missing}`, 'given: the pool requires it');
      const responses: Record<string, string> = { NEW_PASSWORD: text(answer, 'newPassword') };
      for (const [name, value] of Object.entries(attributes)) {
        const present = ownProperty(userAttributes, name);
        if (!present) responses[ATTRIBUTE + name] = value;
        // Another value is not taken here
        else if (present !== value) attempt.unsentAttributes = { ...attempt.unsentAttributes, [name]: value };
      }
      return responses;
    },
  },
  CUSTOM_CHALLENGE: {
    read: ({ ChallengeParameters }) => {
      const { USERNAME: _, USER_ID_FOR_SRP: __, ...publicParameters } = ChallengeParameters;
      return { publicParameters };
    },
    write: (answer) => ({ ANSWER: text(answer, 'answer') }),
  },
  SELECT_CHALLENGE: {
    read: ({ AvailableChallenges = [] }) => ({
      options: FIRST_FACTORS.filter((factor) => AvailableChallenges.includes(factor)),
    }),
    write: (answer, { options }, attempt): Responses => {
      const ANSWER = choice(answer, options, FIRST_FACTORS);
      if (ANSWER === 'PASSWORD') return { ANSWER, PASSWORD: text(answer, 'password') };
      if (ANSWER !== 'PASSWORD_SRP') return { ANSWER };
      return { ANSWER, ...beginPasswordExchange(attempt, text(answer, 'password')) };
    },
  },
  PASSWORD: passwordRow(),
  PASSWORD_SRP: {
    read: () => ({}),
    write: (answer, _, attempt) => beginPasswordExchange(attempt, text(answer, 'password')),
  },
  ADMIN_NO_SRP_AUTH: passwordRow(),
  WEB_AUTHN: {
    read: (reply) => ({ requestOptions: jsonParameter(reply, 'CREDENTIAL_REQUEST_OPTIONS', isRecord) }),
    write: ({ credential }) => ({
      CREDENTIAL: JSON.stringify(credentialJson(credential, 'answer.credential')),
    }),
  },
  UNKNOWN: {
    read: ({ ChallengeName: name = '', AvailableChallenges: availableChallenges }) =>
      omitUndefined({ challengeName: name, availableChallenges }),
    write: (answer) => strings(answer, 'responses'),
  },
};

const ATTRIBUTE = 'userAttributes.';

/** The row of a wire ChallengeName; of UNKNOWN for names this package has not heard of. */
export const challengeName = (wireName = ''): keyof Challenges =>
  Object.hasOwn(CHALLENGES, wireName) ? (wireName as keyof Challenges) : 'UNKNOWN';

const mfaTypes = (reply: AuthReply, name: string): MfaType[] =>
  MFA_TYPES.filter((type) => jsonParameter(reply, name, isStringArray, []).includes(type));

/** Some challenge parameters are JSON inside a string. */
function jsonParameter<T>(
  { ChallengeParameters, ChallengeName }: AuthReply,
  name: string,
  is: (value: unknown) => value is T,
  absent?: T,
): T {
  const json = ChallengeParameters[name];
  if (json === undefined && absent !== undefined) return absent;
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    // Not JSON, as good as JSON of another kind
  }
  if (is(value)) return value;
  throw malformed('CHALLENGE_PARAMETER_INVALID', name, `what ${ChallengeName} has there, as JSON`);
}

const wrongAnswer = (field: string, expected: string): ArgumentError =>
  mustBe('ANSWER_INVALID', `answer.${field}`, expected);

function text(answer: object, field: string): string {
  const value = (answer as Readonly<Record<string, unknown>>)[field];
  if (isNonEmptyString(value)) return value;
  throw wrongAnswer(field, 'a string that is not empty');
}

const code = (answer: { readonly code: string }): string => codeWithoutBlanks(answer, 'answer.code');

/** @param offered none where the service does not say */
function choice<T extends string>(
  answer: { readonly choice: string },
  offered: readonly T[],
  all: readonly T[],
): T {
  const values = offered.length > 0 ? offered : all;
  const value = text(answer, 'choice') as T;
  if (values.includes(value)) return value;
  throw wrongAnswer('choice', `one of ${values.join(', ')}`);
}

function strings(answer: object, field: string): Readonly<Record<string, string>> {
  const value = (answer as Readonly<Record<string, unknown>>)[field] ?? {};
  if (isStringMap(value)) return value;
  throw wrongAnswer(field, 'an object of strings');
}

function unexpected(name: string, needed: string): ProtocolError {
  const message = `The service asks ${name}, and this call has not ${needed}`;
  return new ProtocolError('CHALLENGE_UNEXPECTED', message, { field: 'ChallengeName' });
}
