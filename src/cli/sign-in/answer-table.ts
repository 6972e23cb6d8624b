/** How each challenge is answered: one row for each name turns texts into the answer that the engine takes. */
import { FIRST_FACTORS, MFA_TYPES, missingAttributes } from '../../cognito/sign-in/challenge-types.ts';
import {
  type ChallengeName,
  type ChallengeOf,
  type ChallengeShapes,
  type Delivery,
  type FirstFactorOption,
  type MfaOption,
  ServiceError,
} from '../../index.ts';
import { textOfChallenge, textOfDelivery, textOfFactor } from '../../texts/index.ts';
import { texts } from '../output/terminal-texts.ts';

/** One of several answers. */
export interface Option {
  /** The answer, which can also be typed. */
  readonly name: string;
  /** What it means, in words. */
  readonly label: string;
}

/** A question for a person at a terminal. */
export interface Question {
  /** Lines that are shown before the question. */
  readonly introduction?: readonly string[];
  readonly text: string;
  /** Default true: nothing is shown while the answer is typed. */
  readonly isSecret?: boolean;
  /** Whether the answer must be typed twice, to find mistakes. */
  readonly mustRepeat?: boolean;
  /** What to choose from. Without it, any line is an answer. */
  readonly options?: readonly Option[];
}

/** Where the texts of an answer come from. A text that is not available is undefined. */
export interface AnswerSources {
  /** Takes the next answer to this challenge that was given with the command. */
  readonly takeGivenAnswer: () => string | undefined;
  /** Asks a person at a terminal. */
  readonly askPerson: (question: Question) => Promise<string | undefined>;
  readonly readPassword: () => Promise<string | undefined>;
  /** The attributes that were given with the command, by name. */
  readonly givenAttributes: Readonly<Record<string, string>>;
  /** Whether an authenticator app already has the secret of this challenge, so that a code of it can be right. */
  readonly appHasSecret: boolean;
  /** Gets a secret and shows it. Its result is the challenge to answer from then on. */
  readonly showSecret: (challenge: ChallengeOf<'MFA_SETUP'>) => Promise<ChallengeOf<'MFA_SETUP'>>;
}

/** An answer that can be sent. */
export interface ReadyAnswer<Name extends ChallengeName> {
  readonly answer: ChallengeShapes[Name]['answer'];
  /** The challenge to answer, if showing a secret has replaced the one that came before. */
  readonly challengeWithSecret?: ChallengeOf<Name>;
}

interface AnswerRow<Name extends ChallengeName> {
  /** What `--answer NAME=` must be, in words. It is undefined if a password is the answer. */
  readonly expected: string | undefined;
  /** Whether the answer can be used again, so that it should not be an argument, which other processes can read. */
  readonly isSecret?: true;
  /** Default: every text is valid. */
  readonly isValid?: (text: string) => boolean;
  /** @returns undefined if something is missing and nobody can be asked for it */
  readonly readAnswer: (
    challenge: ChallengeOf<Name>,
    sources: AnswerSources,
  ) => Promise<ReadyAnswer<Name> | undefined>;
}

const createSentCodeRow = <Name extends 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'>(): AnswerRow<Name> => ({
  expected: 'the code that was sent',
  readAnswer: async ({ delivery }: { readonly delivery?: Delivery }, { takeGivenAnswer, askPerson }) => {
    const introduction = [textOfDelivery(delivery, texts)];
    const code = takeGivenAnswer() ?? (await askPerson({ introduction, text: 'Code' }));
    return code === undefined ? undefined : { answer: { code } };
  },
});

const createPasswordRow = <
  Name extends 'PASSWORD' | 'PASSWORD_SRP' | 'ADMIN_NO_SRP_AUTH',
>(): AnswerRow<Name> => ({
  expected: undefined,
  readAnswer: async (_, { readPassword }) => {
    const password = await readPassword();
    return password === undefined ? undefined : { answer: { password } };
  },
});

/** A factor to choose, in words. */
const toOption = (factor: MfaOption | FirstFactorOption): Option => ({
  name: factor,
  label: textOfFactor(factor, texts).label,
});

/** Whether a text has the form of the service's names. A newer service offers names that are not in the lists here. */
const isWireName = (text: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(text);

/** The second factors that this command can set up. */
const CAN_SET_UP: readonly string[] = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];

/** Lists the offered second factors that this command cannot set up. */
export const listUnsupportedSetups = ({ options }: ChallengeOf<'MFA_SETUP'>): readonly string[] =>
  options.filter((option) => !CAN_SET_UP.includes(option));

/** The environment variable of an answer is this, followed by the name of the challenge. */
export const ANSWER_VARIABLE_PREFIX = 'COGNITO_ANSWER_';

export const ANSWER_TABLE: { readonly [Name in ChallengeName]: AnswerRow<Name> } = {
  SMS_MFA: createSentCodeRow(),
  EMAIL_OTP: createSentCodeRow(),
  SMS_OTP: createSentCodeRow(),
  SOFTWARE_TOKEN_MFA: {
    expected: 'the code that the authenticator app shows',
    readAnswer: async (challenge, { takeGivenAnswer, askPerson }) => {
      const introduction = [textOfChallenge(challenge, texts).instruction];
      const code = takeGivenAnswer() ?? (await askPerson({ introduction, text: 'Code' }));
      return code === undefined ? undefined : { answer: { code } };
    },
  },
  SELECT_MFA_TYPE: {
    expected: `one of ${MFA_TYPES.join(', ')}, or another offered name`,
    isValid: isWireName,
    readAnswer: async ({ options }, { takeGivenAnswer, askPerson }) => {
      const introduction = [texts.challenges.SELECT_MFA_TYPE.instruction];
      const question = { introduction, text: 'Second factor', options: options.map(toOption) };
      const choice = takeGivenAnswer() ?? (await askPerson(question));
      return choice === undefined ? undefined : { answer: { choice } };
    },
  },
  MFA_SETUP: {
    expected: 'an e-mail address, or the first code of an app (see respond --setup-software-token)',
    readAnswer: async (challenge, sources) => {
      if (challenge.needsAdministrator) throw toAdministratorFailure(TEXT_MESSAGES_ALONE);
      const given = sources.takeGivenAnswer();
      if (given?.includes('@')) return { answer: { email: given } };
      if (given !== undefined && sources.appHasSecret) return { answer: { code: given } };
      return askForSetup(challenge, sources);
    },
  },
  NEW_PASSWORD_REQUIRED: {
    expected: 'the new password; add attribute.NAME=… for each required attribute',
    isSecret: true,
    readAnswer: async (challenge, { takeGivenAnswer, askPerson, givenAttributes }) => {
      const missing = missingAttributes(challenge);
      const introduction = [texts.challenges.NEW_PASSWORD_REQUIRED.instruction];
      if (missing.length > 0) introduction.push(`Also required: ${missing.join(', ')}`);
      const newPassword =
        takeGivenAnswer() ?? (await askPerson({ introduction, text: 'New password', mustRepeat: true }));
      if (newPassword === undefined) return undefined;
      const attributes: Record<string, string> = { ...givenAttributes };
      for (const name of missing) {
        const isGiven = Object.hasOwn(givenAttributes, name);
        const value = isGiven ? givenAttributes[name] : await askPerson({ text: name, isSecret: false });
        if (value === undefined) return undefined;
        attributes[name] = value;
      }
      return { answer: { newPassword, attributes } };
    },
  },
  CUSTOM_CHALLENGE: {
    expected: 'the answer to what the Lambda trigger of the pool asks',
    isSecret: true,
    readAnswer: async ({ publicParameters }, { takeGivenAnswer, askPerson }) => {
      const introduction = Object.entries(publicParameters).map(([name, value]) => `${name}: ${value}`);
      const answer = takeGivenAnswer() ?? (await askPerson({ introduction, text: 'Answer' }));
      return answer === undefined ? undefined : { answer: { answer } };
    },
  },
  SELECT_CHALLENGE: {
    expected: `one of ${FIRST_FACTORS.join(', ')}, or another offered name`,
    isValid: isWireName,
    readAnswer: async ({ options }, { takeGivenAnswer, askPerson, readPassword }) => {
      const question = { text: 'Sign in with', options: options.map(toOption) };
      const choice = takeGivenAnswer() ?? (await askPerson(question));
      if (choice === undefined) return undefined;
      if (choice !== 'PASSWORD' && choice !== 'PASSWORD_SRP') return { answer: { choice } };
      const password = await readPassword();
      return password === undefined ? undefined : { answer: { choice, password } };
    },
  },
  PASSWORD: createPasswordRow(),
  PASSWORD_SRP: createPasswordRow(),
  ADMIN_NO_SRP_AUTH: createPasswordRow(),
  WEB_AUTHN: {
    expected: 'the credential of a passkey, as JSON',
    isValid: (text) => parseJsonObject(text) !== undefined,
    readAnswer: async (_, { takeGivenAnswer }) => {
      const credential = parseJsonObject(takeGivenAnswer());
      return credential === undefined ? undefined : { answer: { credential } };
    },
  },
  UNKNOWN: {
    expected: 'ChallengeResponses, as JSON, for a challenge that this version does not know',
    isValid: (text) => parseTexts(text) !== undefined,
    readAnswer: async (_, { takeGivenAnswer }) => {
      const responses = parseTexts(takeGivenAnswer());
      return responses === undefined ? undefined : { answer: { responses } };
    },
  },
};

/** Text messages need a phone number, which only an administrator can add before the first sign-in. */
const TEXT_MESSAGES_ALONE =
  'the pool offers text messages alone. An administrator has to add a phone number to the user';

/** No answer exists, so the command fails, and does not leave a challenge that waits. */
const toAdministratorFailure = (reason: string): ServiceError =>
  new ServiceError(
    'MFA_NOT_SET_UP',
    'fix-configuration',
    'ServiceError',
    `The user needs a second factor, and ${reason}, who then signs in again`,
  );

/** Asks which second factor to set up, and for what sets it up. */
async function askForSetup(
  challenge: ChallengeOf<'MFA_SETUP'>,
  { askPerson, appHasSecret, showSecret }: AnswerSources,
): Promise<ReadyAnswer<'MFA_SETUP'> | undefined> {
  const codeQuestion = { text: 'First code of the authenticator app' };
  if (appHasSecret) {
    const code = await askPerson(codeQuestion);
    return code === undefined ? undefined : { answer: { code } };
  }
  const others = listUnsupportedSetups(challenge).join(', ');
  const offered = challenge.options.length > 0 ? challenge.options : CAN_SET_UP;
  const options = offered.filter((option) => CAN_SET_UP.includes(option));
  if (options.length === 0) {
    throw toAdministratorFailure(
      `this command cannot set up ${others}. An administrator has to set up a second factor for the user`,
    );
  }
  const introduction = [texts.challenges.MFA_SETUP.instruction];
  if (others) introduction.push(`This command cannot set up ${others}: ask an administrator for that`);
  const question = { introduction, text: 'Second factor to set up', options: options.map(toOption) };
  const factor = await askPerson(question);
  if (factor === 'EMAIL_OTP') {
    const email = await askPerson({ text: 'E-mail address for the codes', isSecret: false });
    return email === undefined ? undefined : { answer: { email } };
  }
  if (factor !== 'SOFTWARE_TOKEN_MFA') return undefined;
  const challengeWithSecret = await showSecret(challenge);
  const code = await askPerson(codeQuestion);
  return code === undefined ? undefined : { challengeWithSecret, answer: { code } };
}

function parseJsonObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** Parses a JSON object whose values are all texts. */
function parseTexts(json: string | undefined): Readonly<Record<string, string>> | undefined {
  const object = parseJsonObject(json);
  const hasTextsOnly = object && Object.values(object).every((value) => typeof value === 'string');
  return hasTextsOnly ? (object as Readonly<Record<string, string>>) : undefined;
}
