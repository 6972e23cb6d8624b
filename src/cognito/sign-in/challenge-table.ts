/**
 * The table of challenges: everything this package knows about one ChallengeName stands in one row.
 *
 * To add a challenge, add its row here, its shapes in `challenge-types.ts`, and its cases in
 * `test/cognito/challenge-cases.ts`.
 */
import { malformed, mustBe, ProtocolError, type ReplyOrigin } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { generateEphemeral } from '../../srp/ephemeral.ts';
import { deviceIdentity, userIdentity } from '../../srp/identity.ts';
import { provePassword } from '../../srp/password-proof.ts';
import type { Connection } from '../client/connection.ts';
import { isRecord, isStringArray, isStringMap, ownProperty, parseJson, scalarText } from '../values.ts';
import { readAnswerMap, readChoice, readCode, readText, wrongAnswer } from './answer-members.ts';
import {
  type Challenge,
  type ChallengeCommon,
  type ChallengeName,
  type ChallengeOf,
  type ChallengeShapes,
  FIRST_FACTORS,
  MFA_TYPES,
} from './challenge-types.ts';
import { credentialText } from './passkey-json.ts';
import type { AuthReply } from './replies.ts';
import type { Attempt } from './sign-in-attempt.ts';
import { verifySetupCode } from './software-token-setup.ts';

type Responses = Readonly<Record<string, string>>;

/** What a challenge came with. The challenge keeps it, so that it can be read again in another process. */
export interface ChallengeSource {
  /** The wire's ChallengeName. */
  readonly challengeName: string;
  readonly parameters: Responses;
  readonly availableChallenges: readonly string[];
  /** Where the reply came from. A kept challenge does not have it. */
  readonly origin?: ReplyOrigin | undefined;
}

/** What is sent to answer a challenge, and what the challenges after it need. */
export interface ChallengeAnswer {
  /** ChallengeResponses, without USERNAME, SECRET_HASH and DEVICE_KEY. */
  readonly responses: Responses;
  /** Members that the attempt takes over. */
  readonly remember?: Partial<Pick<Attempt, 'passwordExchange' | 'deviceEphemeral' | 'unsentAttributes'>>;
}

/** A challenge that the engine answers by itself. */
export interface EngineRow {
  readonly kind: 'engine';
  /**
   * @throws ProtocolError CHALLENGE_UNEXPECTED if the attempt does not have what is to be proved, or as `provePassword`
   *   for parameters that no correct service sends
   */
  readonly prove: (attempt: Attempt, reply: AuthReply) => ChallengeAnswer;
}

/** A challenge that the caller is asked. */
export interface CallerRow<Name extends ChallengeName> {
  readonly kind: 'caller';
  readonly name: Name;
  /** What to show. */
  readonly read: (source: ChallengeSource) => ChallengeShapes[Name]['show'];
  /** @throws ArgumentError ANSWER_INVALID for an answer of another shape, before anything is sent */
  readonly write: (
    answer: ChallengeShapes[Name]['answer'],
    challenge: ChallengeOf<Name>,
    attempt: Attempt,
  ) => ChallengeAnswer;
  /**
   * An operation that has to come before the answer.
   *
   * @returns the Session to answer with
   */
  readonly before?: (
    connection: Connection,
    challenge: ChallengeOf<Name>,
    answer: ChallengeShapes[Name]['answer'],
  ) => Promise<string | undefined>;
}

// Functions that make rows are marked, because otherwise a bundle would have the table although nothing in it signs in

/* @__NO_SIDE_EFFECTS__ */
function codeRow<Name extends 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'>(
  name: Name,
  responseName: string,
): CallerRow<Name> {
  return {
    kind: 'caller',
    name,
    read: ({ parameters }) => {
      const { CODE_DELIVERY_DESTINATION: destination, CODE_DELIVERY_DELIVERY_MEDIUM: medium = '' } =
        parameters;
      return destination === undefined ? {} : { delivery: { destination, medium } };
    },
    write: (answer) => ({ responses: { [responseName]: readCode(answer) } }),
  };
}

/* @__NO_SIDE_EFFECTS__ */
function passwordRow<Name extends 'PASSWORD' | 'ADMIN_NO_SRP_AUTH'>(name: Name): CallerRow<Name> {
  return {
    kind: 'caller',
    name,
    read: () => ({}),
    write: (answer) => ({ responses: { PASSWORD: readText(answer, 'password') } }),
  };
}

/** The challenges that the engine answers by itself. */
type EngineChallengeName = 'PASSWORD_VERIFIER' | 'DEVICE_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER';

type Challenges = { readonly [Name in ChallengeName]: CallerRow<Name> } & {
  readonly [Name in EngineChallengeName]: EngineRow;
};

export const CHALLENGES: Challenges = {
  PASSWORD_VERIFIER: {
    kind: 'engine',
    prove: (attempt, reply) => {
      const { passwordExchange, connection, user } = attempt;
      if (!passwordExchange) throw unexpectedChallenge(reply, 'a password');
      const { ephemeral, password } = passwordExchange;
      const now = serviceTime(attempt);
      const identity = userIdentity(connection.pool.userPoolId, user.name);
      const proof = provePassword(ephemeral, reply.ChallengeParameters, { identity, password, now });
      return { responses: { ...proof } };
    },
  },
  DEVICE_SRP_AUTH: {
    kind: 'engine',
    prove: ({ device, connection }, reply) => {
      if (device.state !== 'found') throw unexpectedChallenge(reply, 'a device');
      const deviceEphemeral = generateEphemeral(connection.options.rng);
      return { responses: { SRP_A: deviceEphemeral.SRP_A }, remember: { deviceEphemeral } };
    },
  },
  DEVICE_PASSWORD_VERIFIER: {
    kind: 'engine',
    prove: (attempt, reply) => {
      const { device, deviceEphemeral } = attempt;
      if (device.state !== 'found' || !deviceEphemeral) {
        throw unexpectedChallenge(reply, 'DEVICE_SRP_AUTH before it');
      }
      const { password } = device.credentials;
      const now = serviceTime(attempt);
      const identity = deviceIdentity(device.credentials);
      const proof = provePassword(deviceEphemeral, reply.ChallengeParameters, { identity, password, now });
      return { responses: { ...proof } };
    },
  },
  SMS_MFA: codeRow('SMS_MFA', 'SMS_MFA_CODE'),
  EMAIL_OTP: codeRow('EMAIL_OTP', 'EMAIL_OTP_CODE'),
  SMS_OTP: codeRow('SMS_OTP', 'SMS_OTP_CODE'),
  SOFTWARE_TOKEN_MFA: {
    kind: 'caller',
    name: 'SOFTWARE_TOKEN_MFA',
    read: ({ parameters }) => omitUndefined({ friendlyDeviceName: parameters['FRIENDLY_DEVICE_NAME'] }),
    write: (answer) => ({ responses: { SOFTWARE_TOKEN_MFA_CODE: readCode(answer) } }),
  },
  SELECT_MFA_TYPE: {
    kind: 'caller',
    name: 'SELECT_MFA_TYPE',
    read: (source) => ({ options: readMfaOptions(source, 'MFAS_CAN_CHOOSE') }),
    write: (answer, { options }) => ({ responses: { ANSWER: readChoice(answer, options, MFA_TYPES) } }),
  },
  MFA_SETUP: {
    kind: 'caller',
    name: 'MFA_SETUP',
    read: (source) => {
      const options = readMfaOptions(source, 'MFAS_CAN_SETUP');
      const needsAdministrator = options.length > 0 && options.every((option) => option === 'SMS_MFA');
      return { options, needsAdministrator };
    },
    write: (answer, { needsAdministrator }) => {
      // AWS's reference of InitiateAuth says so of MFA_SETUP with SMS_MFA
      if (needsAdministrator) throw mustBe('ANSWER_INVALID', 'answer', LEFT_TO_ADMINISTRATOR);
      if ('email' in answer) return { responses: { EMAIL: readText(answer, 'email') } };
      // The code goes to VerifySoftwareToken, but a misshapen one is refused before anything is sent
      readCode(answer);
      return { responses: {} };
    },
    before: async (connection, { session }, answer) =>
      'email' in answer ? session : verifySetupCode(connection, session, answer),
  },
  NEW_PASSWORD_REQUIRED: {
    kind: 'caller',
    name: 'NEW_PASSWORD_REQUIRED',
    read: (source) => {
      const names = readJsonParameter(source, 'requiredAttributes', isStringArray, []);
      return {
        requiredAttributes: names.map((name) => name.replace(ATTRIBUTE_PREFIX, '')),
        userAttributes: readJsonParameter(source, 'userAttributes', isStringMap, {}),
      };
    },
    write: (answer, { requiredAttributes, userAttributes }, { unsentAttributes }) => {
      const attributes = readAnswerMap(answer, 'attributes');
      const isMissing = (name: string) =>
        !ownProperty(attributes, name) && !ownProperty(userAttributes, name);
      const missing = requiredAttributes.find(isMissing);
      if (missing !== undefined) throw wrongAnswer(`attributes.${missing}`, 'given: the pool requires it');
      // The service refuses an attribute that has a value already
      const entries = Object.entries(attributes);
      const sent = entries.filter(([name]) => !ownProperty(userAttributes, name));
      const unsent = entries.filter(([name, value]) => {
        const present = ownProperty(userAttributes, name);
        return present && present !== value;
      });
      return {
        responses: {
          NEW_PASSWORD: readText(answer, 'newPassword'),
          ...Object.fromEntries(sent.map(([name, value]) => [ATTRIBUTE_PREFIX + name, value])),
        },
        ...(unsent.length > 0 && {
          remember: { unsentAttributes: { ...unsentAttributes, ...Object.fromEntries(unsent) } },
        }),
      };
    },
  },
  CUSTOM_CHALLENGE: {
    kind: 'caller',
    name: 'CUSTOM_CHALLENGE',
    read: ({ parameters }) => {
      const { USERNAME: _, USER_ID_FOR_SRP: __, ...publicParameters } = parameters;
      return { publicParameters };
    },
    write: (answer) => ({ responses: { ANSWER: readText(answer, 'answer') } }),
  },
  SELECT_CHALLENGE: {
    kind: 'caller',
    name: 'SELECT_CHALLENGE',
    read: ({ availableChallenges }) => ({
      options: knownFirst(availableChallenges, FIRST_FACTORS),
    }),
    write: (answer, { options }, attempt) => {
      const ANSWER = readChoice(answer, options, FIRST_FACTORS);
      if (ANSWER === 'PASSWORD') return { responses: { ANSWER, PASSWORD: readText(answer, 'password') } };
      if (ANSWER !== 'PASSWORD_SRP') return { responses: { ANSWER } };
      const begun = beginPasswordExchange(answer, attempt);
      return { ...begun, responses: { ANSWER, ...begun.responses } };
    },
  },
  PASSWORD: passwordRow('PASSWORD'),
  PASSWORD_SRP: {
    kind: 'caller',
    name: 'PASSWORD_SRP',
    read: () => ({}),
    write: (answer, _, attempt) => beginPasswordExchange(answer, attempt),
  },
  ADMIN_NO_SRP_AUTH: passwordRow('ADMIN_NO_SRP_AUTH'),
  WEB_AUTHN: {
    kind: 'caller',
    name: 'WEB_AUTHN',
    read: (source) => ({ requestOptions: readJsonParameter(source, 'CREDENTIAL_REQUEST_OPTIONS', isRecord) }),
    write: ({ credential }) => ({
      responses: { CREDENTIAL: credentialText(credential, 'answer.credential') },
    }),
  },
  UNKNOWN: {
    kind: 'caller',
    name: 'UNKNOWN',
    read: ({ challengeName }) => ({ challengeName }),
    write: (answer) => {
      if (!answer.responses) throw wrongAnswer('responses', 'an object of strings');
      return { responses: readAnswerMap(answer, 'responses') };
    },
  },
};

/** Begins an SRP exchange: draws the secret a, and answers with A. */
function beginPasswordExchange(answer: object, { connection }: Attempt): ChallengeAnswer {
  const password = readText(answer, 'password');
  const ephemeral = generateEphemeral(connection.options.rng);
  return { responses: { SRP_A: ephemeral.SRP_A }, remember: { passwordExchange: { password, ephemeral } } };
}

/** Milliseconds since the epoch by the service's clock, as far as that is known. */
const serviceTime = ({ connection, clockOffsetMs }: Attempt): number => connection.now() + clockOffsetMs;

/** How the wire marks an attribute among other parameters: `userAttributes.given_name`. */
const ATTRIBUTE_PREFIX = 'userAttributes.';

/** Every row by the wire's ChallengeName. Read it with `ownProperty`: a name that is not in it has the row UNKNOWN. */
export const CHALLENGE_ROWS: Readonly<Record<string, EngineRow | AnyCallerRow>> = CHALLENGES;

/** The wire's name of a challenge. */
export const wireNameOf = (challenge: { readonly name: ChallengeName }): string =>
  'challengeName' in challenge ? scalarText(challenge.challengeName) : challenge.name;

/** Any row for the caller. */
export type AnyCallerRow = { [Name in ChallengeName]: CallerRow<Name> }[ChallengeName];

/**
 * The challenge that a reply or a kept challenge describes.
 *
 * @param origin of the reply, if it has just come
 * @throws ProtocolError CHALLENGE_PARAMETER_INVALID
 */
export function readChallenge(
  row: AnyCallerRow,
  challengeName: string,
  common: ChallengeCommon,
  origin?: ReplyOrigin,
): Challenge {
  const { parameters, availableChallenges = [] } = common;
  const shown = row.read({ challengeName, parameters, availableChallenges, origin });
  // The compiler does not see that the name and what is shown come from the same row
  return { ...common, name: row.name, ...shown } as Challenge;
}

/** What a call for an MFA_SETUP with `needsAdministrator` must be. */
export const LEFT_TO_ADMINISTRATOR =
  'left to an administrator: the pool offers text messages alone, so an administrator has to add a phone number to the user, who then signs in again';

const readMfaOptions = (source: ChallengeSource, parameter: string): readonly string[] =>
  knownFirst(readJsonParameter(source, parameter, isStringArray, []), MFA_TYPES);

/** The names that are offered, each once: the known ones in their order, and then those that the service has added since. */
function knownFirst(offered: readonly string[], known: readonly string[]): readonly string[] {
  const others = offered.filter((name) => name !== '' && !known.includes(name));
  return [...known.filter((name) => offered.includes(name)), ...new Set(others)];
}

/**
 * Reads a challenge parameter that is JSON inside a string.
 *
 * @param absent what to take if the parameter is not there or is empty, as some servers send it; without it, it has to be
 *   there
 */
function readJsonParameter<T>(
  { parameters, challengeName, origin }: ChallengeSource,
  name: string,
  is: (value: unknown) => value is T,
  absent?: T,
): T {
  const { [name]: json = '' } = parameters;
  if (json === '' && absent !== undefined) return absent;
  const value = parseJson(json);
  if (is(value)) return value;
  throw malformed('CHALLENGE_PARAMETER_INVALID', name, `what ${challengeName} has there, as JSON`, origin);
}

function unexpectedChallenge({ ChallengeName, origin }: AuthReply, needed: string): ProtocolError {
  const message = `The service asks for ${ChallengeName}, but this call does not have ${needed}`;
  return new ProtocolError('CHALLENGE_UNEXPECTED', message, { ...origin, field: 'ChallengeName' });
}
