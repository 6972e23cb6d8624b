/** Answers that come with the command: `--answer KEY=VALUE`, and COGNITO_ANSWER_… in the environment. */
import type { ChallengeName } from '../index.ts';
import { ANSWER_VARIABLE, ANSWERS } from './answers.ts';
import { type Flag, nearest } from './arguments.ts';
import { wrongUsage } from './failure.ts';
import type { Io } from './io.ts';

export const ANSWER_FLAG = {
  type: 'string',
  placeholder: 'KEY=VALUE',
  help: 'answers a challenge: SMS_MFA=123456; again for the next one of its name',
  multiple: true,
} as const satisfies Flag;

export interface GivenAnswers {
  /** For NEW_PASSWORD_REQUIRED. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly has: (name: ChallengeName) => boolean;
  /** The next answer for challenges of this name; each is given once. */
  readonly next: (name: ChallengeName) => string | undefined;
  /** Keys of `--answer` that nothing has asked for so far. Variables stand for many calls: none is among them. */
  readonly unused: () => readonly string[];
}

interface Given {
  readonly text: string;
  /** With `--answer`. */
  readonly isTyped: boolean;
}

const NAMES = Object.keys(ANSWERS) as readonly ChallengeName[];
const ANSWERABLE = NAMES.filter((name) => ANSWERS[name].takes !== undefined);
const ATTRIBUTE = 'attribute.';

/** Lines of --help: every key and what it takes. */
export const answerLines = (): string => {
  const width = Math.max(...ANSWERABLE.map((name) => name.length));
  return ANSWERABLE.map((name) => `  ${name.padEnd(width)}  ${ANSWERS[name].takes}`).join('\n');
};

/**
 * @param texts `KEY=VALUE` each; the value may hold `=`
 * @param env whose variables come after the flags, as one answer each
 * @throws UsageError for another shape, a key that is none, or a value that cannot be an answer; values are
 *   not quoted
 */
export function readAnswers(texts: readonly string[], env: Io['env']): GivenAnswers {
  const answers = new Map<ChallengeName, readonly Given[]>();
  const attributes: Record<string, string> = {};
  const asked = new Set<ChallengeName>();
  const add = (name: ChallengeName, given: Given, where: string) => {
    const { takes, fits } = ANSWERS[name];
    if (fits?.(given.text) === false) throw wrongUsage(`${where} must be ${takes}`);
    answers.set(name, [...(answers.get(name) ?? []), given]);
  };
  for (const text of texts) {
    const [, key, value] = /^([A-Za-z][\w.:-]*)=(.+)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      throw wrongUsage('--answer must be KEY=VALUE, like SMS_MFA=123456');
    }
    const attribute = key.startsWith(ATTRIBUTE) ? key.slice(ATTRIBUTE.length) : '';
    if (attribute !== '') {
      if (Object.hasOwn(attributes, attribute)) throw wrongUsage(`--answer has ${key} twice`);
      attributes[attribute] = value;
    } else {
      add(nameOf(key), { text: value, isTyped: true }, `--answer ${key}=`);
    }
  }
  for (const name of ANSWERABLE) {
    const value = env[ANSWER_VARIABLE + name];
    if (value) add(name, { text: value, isTyped: false }, ANSWER_VARIABLE + name);
  }
  return {
    attributes,
    has: (name) => (answers.get(name) ?? []).length > 0,
    next: (name) => {
      const [first, ...rest] = answers.get(name) ?? [];
      answers.set(name, rest);
      asked.add(name);
      return first?.text;
    },
    unused: () => [
      ...ANSWERABLE.filter((name) => answers.get(name)?.some(({ isTyped }) => isTyped)),
      ...(asked.has('NEW_PASSWORD_REQUIRED') ? [] : Object.keys(attributes).map((name) => ATTRIBUTE + name)),
    ],
  };
}

function nameOf(key: string): ChallengeName {
  const name = NAMES.find((known) => known === key);
  if (name !== undefined && ANSWERABLE.includes(name)) return name;
  if (name !== undefined) {
    throw wrongUsage(
      `The password is never taken from an argument, where other processes can read it: ${key} is answered with COGNITO_PASSWORD, --password-stdin or a prompt`,
    );
  }
  const meant = nearest(key, ANSWERABLE) ?? ANSWERABLE.find((known) => key.startsWith(known));
  throw wrongUsage(
    meant === undefined
      ? `--answer has a key that is no challenge; keys are ${ANSWERABLE.join(', ')} and attribute.NAME`
      : `--answer has a key that is no challenge; did you mean ${meant}?`,
  );
}
