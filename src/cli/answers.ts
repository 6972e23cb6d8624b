/** What a challenge is answered with: one row per name, from texts to the shape the engine takes. */
import { FIRST_FACTORS, MFA_TYPES } from '../cognito/sign-in/challenge-types.ts';
import type { ChallengeName, ChallengeOf, ChallengeShapes, Delivery } from '../index.ts';

/** A question for a person at a terminal. */
export interface Question {
  /** Lines before it: what the challenge shows. */
  readonly tell?: readonly string[];
  readonly ask: string;
  /** Default true: nothing shows while it is typed. */
  readonly secret?: boolean;
  /** Asked once more; both have to be the same. */
  readonly twice?: boolean;
  readonly options?: readonly string[];
}

/** Where the texts come from. Whatever is not there is undefined. */
export interface Sources {
  /** The next answer to this challenge that was given with the command. */
  readonly given: () => string | undefined;
  /** A person's, at a terminal. */
  readonly ask: (question: Question) => Promise<string | undefined>;
  readonly password: () => Promise<string | undefined>;
  /** All that were given, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether an authenticator app has this challenge's secret already, so that its code can be right. */
  readonly hasSecret: (challenge: ChallengeOf<'MFA_SETUP'>) => boolean;
  /** Gets a secret and shows it; what is answered then is the challenge that comes back. */
  readonly showSecret: (challenge: ChallengeOf<'MFA_SETUP'>) => Promise<ChallengeOf<'MFA_SETUP'>>;
}

/** An answer, and the challenge it answers where that is another one now. */
export interface Answered<Name extends ChallengeName> {
  readonly answer: ChallengeShapes[Name]['answer'];
  readonly challenge?: ChallengeOf<Name>;
}

interface Row<Name extends ChallengeName> {
  /** What `--answer NAME=` takes, in words; undefined where a password is the answer. */
  readonly takes: string | undefined;
  /** Good for more than one use, so that it should not be an argument, which other processes can read. */
  readonly isSecret?: true;
  /** Default: everything fits. */
  readonly fits?: (text: string) => boolean;
  /** @returns undefined where something is missing and nobody can be asked */
  readonly read: (challenge: ChallengeOf<Name>, sources: Sources) => Promise<Answered<Name> | undefined>;
}

const sentCode = <Name extends 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'>(): Row<Name> => ({
  takes: 'the code that was sent',
  read: async ({ delivery }: { readonly delivery?: Delivery }, { given, ask }) => {
    const code = given() ?? (await ask({ tell: [sentTo(delivery)], ask: 'Code' }));
    return code === undefined ? undefined : { answer: { code } };
  },
});

const sentTo = (delivery: Delivery | undefined): string =>
  delivery ? `A code was sent to ${delivery.destination} (${delivery.medium})` : 'A code was sent';

const password = <Name extends 'PASSWORD' | 'PASSWORD_SRP' | 'ADMIN_NO_SRP_AUTH'>(): Row<Name> => ({
  takes: undefined,
  read: async (_, sources) => {
    const typed = await sources.password();
    return typed === undefined ? undefined : { answer: { password: typed } };
  },
});

/** The required attributes that have no value yet. */
export const neededAttributes = ({
  requiredAttributes,
  userAttributes,
}: ChallengeOf<'NEW_PASSWORD_REQUIRED'>): readonly string[] =>
  requiredAttributes.filter((name) => !Object.hasOwn(userAttributes, name) || !userAttributes[name]);

/** Begins the environment's names of answers. */
export const ANSWER_VARIABLE = 'COGNITO_ANSWER_';

export const ANSWERS: { readonly [Name in ChallengeName]: Row<Name> } = {
  SMS_MFA: sentCode(),
  EMAIL_OTP: sentCode(),
  SMS_OTP: sentCode(),
  SOFTWARE_TOKEN_MFA: {
    takes: "the authenticator app's code",
    read: async ({ friendlyDeviceName }, { given, ask }) => {
      const app = friendlyDeviceName === undefined ? '' : ` "${friendlyDeviceName}"`;
      const code = given() ?? (await ask({ ask: `Code of the authenticator app${app}` }));
      return code === undefined ? undefined : { answer: { code } };
    },
  },
  SELECT_MFA_TYPE: {
    takes: MFA_TYPES.join(', '),
    fits: (text) => MFA_TYPES.some((type) => type === text),
    read: async ({ options }, { given, ask }) => {
      const chosen = given() ?? (await ask({ ask: 'Second factor', options }));
      const choice = MFA_TYPES.find((type) => type === chosen);
      return choice === undefined ? undefined : { answer: { choice } };
    },
  },
  MFA_SETUP: {
    takes: "an e-mail address, or the app's first code (see respond --setup-software-token)",
    read: async (challenge, sources) => {
      const { given, ask, hasSecret, showSecret } = sources;
      const text = given();
      if (text?.includes('@')) return { answer: { email: text } };
      if (text !== undefined && hasSecret(challenge)) return { answer: { code: text } };
      const factor = hasSecret(challenge)
        ? 'SOFTWARE_TOKEN_MFA'
        : await ask({
            ask: 'Second factor to set up',
            options: challenge.options,
          });
      if (factor === 'EMAIL_OTP') {
        const email = await ask({ ask: 'E-mail address for the codes', secret: false });
        return email === undefined ? undefined : { answer: { email } };
      }
      if (factor !== 'SOFTWARE_TOKEN_MFA') return undefined;
      const withSecret = hasSecret(challenge) ? challenge : await showSecret(challenge);
      const code = await ask({ ask: 'First code of the authenticator app' });
      return code === undefined ? undefined : { challenge: withSecret, answer: { code } };
    },
  },
  NEW_PASSWORD_REQUIRED: {
    takes: 'the new password; with attribute.NAME=… for each attribute needed',
    isSecret: true,
    read: async (challenge, { given, ask, attributes }) => {
      const needed = neededAttributes(challenge);
      const tell = [
        'A new password is required',
        ...(needed.length > 0 ? [`Needed too: ${needed.join(', ')}`] : []),
      ];
      const newPassword = given() ?? (await ask({ tell, ask: 'New password', twice: true }));
      if (newPassword === undefined) return undefined;
      const all: Record<string, string> = { ...attributes };
      for (const name of needed) {
        const value = Object.hasOwn(all, name) ? all[name] : await ask({ ask: name, secret: false });
        if (value === undefined) return undefined;
        all[name] = value;
      }
      return { answer: { newPassword, attributes: all } };
    },
  },
  CUSTOM_CHALLENGE: {
    takes: "what the pool's trigger asks",
    isSecret: true,
    read: async ({ publicParameters }, { given, ask }) => {
      const tell = Object.entries(publicParameters).map(([name, value]) => `${name}: ${value}`);
      const answer = given() ?? (await ask({ tell, ask: 'Answer' }));
      return answer === undefined ? undefined : { answer: { answer } };
    },
  },
  SELECT_CHALLENGE: {
    takes: FIRST_FACTORS.join(', '),
    fits: (text) => FIRST_FACTORS.some((factor) => factor === text),
    read: async ({ options }, sources) => {
      const chosen = sources.given() ?? (await sources.ask({ ask: 'Sign in with', options }));
      const choice = FIRST_FACTORS.find((factor) => factor === chosen);
      if (choice === undefined) return undefined;
      if (choice !== 'PASSWORD' && choice !== 'PASSWORD_SRP') return { answer: { choice } };
      const typed = await sources.password();
      return typed === undefined ? undefined : { answer: { choice, password: typed } };
    },
  },
  PASSWORD: password(),
  PASSWORD_SRP: password(),
  ADMIN_NO_SRP_AUTH: password(),
  WEB_AUTHN: {
    takes: 'the credential of a passkey, as JSON',
    fits: (text) => jsonObject(text) !== undefined,
    read: async (_, { given }) => {
      const credential = jsonObject(given());
      return credential === undefined ? undefined : { answer: { credential } };
    },
  },
  UNKNOWN: {
    takes: 'ChallengeResponses of a challenge newer than this program, as JSON',
    fits: (text) => textsOf(text) !== undefined,
    read: async (_, { given }) => {
      const responses = textsOf(given());
      return responses === undefined ? undefined : { answer: { responses } };
    },
  },
};

function jsonObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textsOf(json: string | undefined): Readonly<Record<string, string>> | undefined {
  const object = jsonObject(json);
  return object && Object.values(object).every((value) => typeof value === 'string')
    ? (object as Readonly<Record<string, string>>)
    : undefined;
}
