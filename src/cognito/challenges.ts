/**
 * The table of challenges: everything this package knows about one ChallengeName, in one row.
 *
 * To add one: its row here, its shapes in `challenge.ts`, its cases in `test/cognito/challenges.test.ts`.
 */
import { ArgumentError, ProtocolError } from '../errors.ts';
import { generateEphemeral } from '../srp/client.ts';
import {
  type DeviceCredentials,
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  passwordVerifierResponses,
} from '../srp/password-verifier.ts';
import { type Attempt, beginPasswordExchange, serviceTime } from './attempt.ts';
import type { Connection } from './call.ts';
import type {
  ChallengeName,
  ChallengeOf,
  ChallengeShapes,
  Delivery,
  FirstFactor,
  MfaType,
} from './challenge.ts';
import type { AuthReply } from './operations.ts';
import { credentialJson } from './passkey.ts';
import { verifySetupCode } from './software-token.ts';

type Parameters = Readonly<Record<string, string>>;
type Responses = Readonly<Record<string, string>>;

/** A challenge that the engine answers by itself. */
interface EngineRow {
  readonly answeredBy: 'engine';
  readonly responses: (attempt: Attempt, parameters: Parameters) => Responses;
}

/** A challenge that the caller is asked. */
export interface CallerRow<Name extends ChallengeName> {
  readonly answeredBy: 'caller';
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
  /** What of the answer the service does not take here. */
  readonly unsent?: (
    answer: ChallengeShapes[Name]['answer'],
    challenge: ChallengeOf<Name>,
  ) => Readonly<Record<string, string>>;
}

const codeRow = <Name extends 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'>(key: string): CallerRow<Name> => ({
  answeredBy: 'caller',
  read: ({ ChallengeParameters }) => delivery(ChallengeParameters ?? {}),
  write: (answer) => ({ [key]: code(answer) }),
});

const passwordRow = <Name extends 'PASSWORD' | 'ADMIN_NO_SRP_AUTH'>(): CallerRow<Name> => ({
  answeredBy: 'caller',
  read: () => ({}),
  write: (answer) => ({ PASSWORD: text(answer, 'password') }),
});

type Challenges = { readonly [Name in ChallengeName]: CallerRow<Name> } & {
  readonly [Name in 'PASSWORD_VERIFIER' | 'DEVICE_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER']: EngineRow;
};

export const CHALLENGES: Challenges = {
  PASSWORD_VERIFIER: {
    answeredBy: 'engine',
    responses: (attempt, parameters) => {
      const exchange = attempt.passwordExchange;
      if (!exchange) throw unexpected('PASSWORD_VERIFIER', 'a password');
      return passwordVerifierResponses(exchange.ephemeral, parameters, {
        ...attempt.pool,
        username: attempt.username,
        password: exchange.password,
        now: serviceTime(attempt),
      });
    },
  },
  DEVICE_SRP_AUTH: {
    answeredBy: 'engine',
    responses: (attempt) => {
      const device = deviceOf(attempt, 'DEVICE_SRP_AUTH');
      attempt.deviceEphemeral = generateEphemeral(attempt.options.rng);
      return deviceSrpAuthResponses(attempt.deviceEphemeral, {
        ...attempt.pool,
        username: attempt.username,
        deviceKey: device.key,
      });
    },
  },
  DEVICE_PASSWORD_VERIFIER: {
    answeredBy: 'engine',
    responses: (attempt, parameters) => {
      const device = deviceOf(attempt, 'DEVICE_PASSWORD_VERIFIER');
      if (!attempt.deviceEphemeral) throw unexpected('DEVICE_PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH before it');
      return devicePasswordVerifierResponses(attempt.deviceEphemeral, parameters, {
        ...attempt.pool,
        username: attempt.username,
        device,
        now: serviceTime(attempt),
      });
    },
  },
  SMS_MFA: codeRow('SMS_MFA_CODE'),
  EMAIL_OTP: codeRow('EMAIL_OTP_CODE'),
  SMS_OTP: codeRow('SMS_OTP_CODE'),
  SOFTWARE_TOKEN_MFA: {
    answeredBy: 'caller',
    read: ({ ChallengeParameters }) => {
      const friendlyDeviceName = ChallengeParameters?.['FRIENDLY_DEVICE_NAME'];
      return friendlyDeviceName ? { friendlyDeviceName } : {};
    },
    write: (answer) => ({ SOFTWARE_TOKEN_MFA_CODE: code(answer) }),
  },
  SELECT_MFA_TYPE: {
    answeredBy: 'caller',
    read: (reply) => ({ options: mfaTypes(reply, 'MFAS_CAN_CHOOSE') }),
    write: (answer) => ({ ANSWER: oneOf(answer, 'choice', MFA_TYPES) }),
  },
  MFA_SETUP: {
    answeredBy: 'caller',
    read: (reply) => ({ options: mfaTypes(reply, 'MFAS_CAN_SETUP') }),
    write: (answer): Responses => {
      if ('email' in object(answer)) return { EMAIL: text(answer, 'email') };
      code(answer);
      return {};
    },
    before: async (connection, challenge, answer) =>
      'code' in answer
        ? verifySetupCode(connection, challenge.session, { ...answer, code: code(answer) })
        : challenge.session,
  },
  NEW_PASSWORD_REQUIRED: {
    answeredBy: 'caller',
    read: (reply) => ({
      requiredAttributes: jsonParameter(reply, 'requiredAttributes', '[]', isStrings).map((name) =>
        name.startsWith(ATTRIBUTE) ? name.slice(ATTRIBUTE.length) : name,
      ),
      userAttributes: jsonParameter(reply, 'userAttributes', '{}', isStringMap),
    }),
    write: (answer, challenge) => {
      const given = Object.entries(attributesOf(answer)).filter(([name]) => !hasValue(challenge, name));
      return {
        NEW_PASSWORD: text(answer, 'newPassword'),
        ...Object.fromEntries(given.map(([name, value]) => [ATTRIBUTE + name, value])),
      };
    },
    unsent: (answer, challenge) =>
      Object.fromEntries(
        Object.entries(attributesOf(answer)).filter(
          ([name, value]) => hasValue(challenge, name) && challenge.userAttributes[name] !== value,
        ),
      ),
  },
  CUSTOM_CHALLENGE: {
    answeredBy: 'caller',
    read: ({ ChallengeParameters = {} }) => {
      const { USERNAME: _, USER_ID_FOR_SRP: __, ...publicParameters } = ChallengeParameters;
      return { publicParameters };
    },
    write: (answer) => ({ ANSWER: text(answer, 'answer') }),
  },
  SELECT_CHALLENGE: {
    answeredBy: 'caller',
    read: ({ AvailableChallenges = [] }) => ({ options: AvailableChallenges.filter(isFirstFactor) }),
    write: (answer, _, attempt): Responses => {
      const ANSWER = oneOf(answer, 'choice', FIRST_FACTORS);
      if (ANSWER === 'PASSWORD') return { ANSWER, PASSWORD: text(answer, 'password') };
      if (ANSWER !== 'PASSWORD_SRP') return { ANSWER };
      return { ANSWER, SRP_A: beginPasswordExchange(attempt, text(answer, 'password')).SRP_A };
    },
  },
  PASSWORD: passwordRow(),
  PASSWORD_SRP: {
    answeredBy: 'caller',
    read: () => ({}),
    write: (answer, _, attempt) => ({
      SRP_A: beginPasswordExchange(attempt, text(answer, 'password')).SRP_A,
    }),
  },
  ADMIN_NO_SRP_AUTH: passwordRow(),
  WEB_AUTHN: {
    answeredBy: 'caller',
    read: (reply) => ({
      requestOptions: jsonParameter(reply, 'CREDENTIAL_REQUEST_OPTIONS', undefined, isObject),
    }),
    write: (answer) => ({ CREDENTIAL: JSON.stringify(credentialJson(object(answer)['credential'])) }),
  },
  UNKNOWN: {
    answeredBy: 'caller',
    read: ({ ChallengeName = '', AvailableChallenges }) => ({
      challengeName: ChallengeName,
      ...(AvailableChallenges && { availableChallenges: AvailableChallenges }),
    }),
    write: (answer) => {
      const responses = object(answer)['responses'];
      if (!isStringMap(responses)) throw invalid('responses', 'an object of strings');
      return responses;
    },
  },
};

const ATTRIBUTE = 'userAttributes.';
const MFA_TYPES: readonly MfaType[] = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];
const FIRST_FACTORS: readonly FirstFactor[] = [
  'PASSWORD_SRP',
  'PASSWORD',
  'EMAIL_OTP',
  'SMS_OTP',
  'WEB_AUTHN',
];
const isFirstFactor = (name: string): name is FirstFactor =>
  (FIRST_FACTORS as readonly string[]).includes(name);

/** The row of a wire ChallengeName; of UNKNOWN for names this package has not heard of. */
export function challengeName(wireName: string): keyof Challenges {
  return Object.hasOwn(CHALLENGES, wireName) ? (wireName as keyof Challenges) : 'UNKNOWN';
}

function delivery(parameters: Parameters): { readonly delivery?: Delivery } {
  const destination = parameters['CODE_DELIVERY_DESTINATION'];
  if (destination === undefined) return {};
  return { delivery: { destination, medium: parameters['CODE_DELIVERY_DELIVERY_MEDIUM'] ?? '' } };
}

const mfaTypes = (reply: AuthReply, name: string): MfaType[] =>
  MFA_TYPES.filter((type) => jsonParameter(reply, name, '[]', isStrings).includes(type));

/** Some challenge parameters are JSON inside a string. */
function jsonParameter<T>(
  { ChallengeParameters, ChallengeName }: AuthReply,
  name: string,
  fallback: string | undefined,
  is: (value: unknown) => value is T,
): T {
  const json = ChallengeParameters?.[name] ?? fallback;
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    value = undefined;
  }
  if (!is(value)) {
    throw new ProtocolError(
      'CHALLENGE_PARAMETER_INVALID',
      `${ChallengeName}: "${name}" holds no JSON of its kind`,
      {
        field: name,
      },
    );
  }
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const isStringMap = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((item) => typeof item === 'string');

function invalid(field: string, expected: string): ArgumentError {
  return new ArgumentError('ANSWER_INVALID', `answer.${field}`, `"answer.${field}" must be ${expected}`);
}

function object(answer: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(answer)) throw new ArgumentError('ANSWER_INVALID', 'answer', '"answer" must be an object');
  return answer;
}

function text(answer: unknown, field: string): string {
  const value = object(answer)[field];
  if (typeof value !== 'string' || value === '') throw invalid(field, 'a string that is not empty');
  return value;
}

/** People type "123 456", and copy codes with the blanks around them. */
function code(answer: unknown): string {
  const digits = text(answer, 'code').replace(/\s/g, '');
  if (digits === '') throw invalid('code', 'the code the user was sent');
  return digits;
}

function oneOf<T extends string>(answer: unknown, field: string, values: readonly T[]): T {
  const value = values.find((item) => item === object(answer)[field]);
  if (value === undefined) throw invalid(field, `one of ${values.join(', ')}`);
  return value;
}

function attributesOf(answer: unknown): Readonly<Record<string, string>> {
  const attributes = object(answer)['attributes'] ?? {};
  if (!isStringMap(attributes)) throw invalid('attributes', 'an object of strings');
  return attributes;
}

const hasValue = ({ userAttributes }: ChallengeOf<'NEW_PASSWORD_REQUIRED'>, name: string): boolean =>
  (userAttributes[name] ?? '') !== '';

function unexpected(name: string, needed: string): ProtocolError {
  return new ProtocolError(
    'CHALLENGE_UNEXPECTED',
    `The service asks ${name}, and this call has not ${needed}`,
    {
      field: 'ChallengeName',
    },
  );
}

function deviceOf({ deviceState: { device } }: Attempt, name: string): DeviceCredentials {
  if (!device) throw unexpected(name, 'a device');
  return device;
}
