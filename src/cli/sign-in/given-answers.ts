/** Reads the answers that come with the command: `--answer KEY=VALUE`, and COGNITO_ANSWER_… in the environment. */
import type { ChallengeName } from '../../index.ts';
import { toUsageError } from '../failures.ts';
import { findClosestName } from '../input/closest-name.ts';
import type { Flag } from '../input/flags.ts';
import type { Io } from '../io.ts';
import { ANSWER_TABLE, ANSWER_VARIABLE_PREFIX } from './answer-table.ts';

export const ANSWER_FLAG = {
  type: 'string',
  placeholder: 'KEY=VALUE',
  help: 'answer a challenge: SMS_MFA=123456; can be given several times',
  multiple: true,
} as const satisfies Flag;

export interface GivenAnswers {
  /** Attributes for NEW_PASSWORD_REQUIRED, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly hasAnswer: (name: ChallengeName) => boolean;
  /** Takes the next answer to challenges of this name. Each answer is used once. */
  readonly takeAnswer: (name: ChallengeName) => string | undefined;
  /**
   * Lists the keys of `--answer` that no challenge has asked for so far. Variables are not among them, because
   * they are often set for many calls.
   */
  readonly listUnusedKeys: () => readonly string[];
}

interface GivenAnswer {
  readonly text: string;
  readonly source: 'flag' | 'variable';
}

const CHALLENGE_NAMES = Object.keys(ANSWER_TABLE) as readonly ChallengeName[];
/** The challenges that `--answer` can answer: all but those that a password answers. */
const ANSWERABLE_NAMES = CHALLENGE_NAMES.filter((name) => ANSWER_TABLE[name].expected !== undefined);
const ATTRIBUTE_PREFIX = 'attribute.';

/** Writes the lines of --help: every key and what its value must be. */
export function formatAnswerHelp(): string {
  const width = Math.max(...ANSWERABLE_NAMES.map((name) => name.length));
  return ANSWERABLE_NAMES.map((name) => `  ${name.padEnd(width)}  ${ANSWER_TABLE[name].expected}`).join('\n');
}

/**
 * Reads the answers of both sources. Those of flags are used first.
 *
 * @param texts `KEY=VALUE` each; the value may hold `=`
 * @throws UsageError USAGE_INVALID for another shape, an unknown key, or a value that cannot be an answer. The
 *   message does not quote the value.
 */
export function readGivenAnswers(texts: readonly string[], env: Io['env']): GivenAnswers {
  const answers = new Map<ChallengeName, readonly GivenAnswer[]>();
  const attributes: Record<string, string> = {};
  const askedNames = new Set<ChallengeName>();
  const addAnswer = (name: ChallengeName, answer: GivenAnswer) =>
    answers.set(name, [...(answers.get(name) ?? []), answer]);

  for (const { key, value } of texts.map(splitAnswer)) {
    if (key.startsWith(ATTRIBUTE_PREFIX) && key !== ATTRIBUTE_PREFIX) {
      const attribute = key.slice(ATTRIBUTE_PREFIX.length);
      if (Object.hasOwn(attributes, attribute)) throw toUsageError(`--answer ${key} can be given only once`);
      attributes[attribute] = value;
      continue;
    }
    const name = findChallengeName(key);
    checkAnswer(name, value, `--answer ${key}=`);
    addAnswer(name, { text: value, source: 'flag' });
  }
  for (const name of ANSWERABLE_NAMES) {
    const variable = ANSWER_VARIABLE_PREFIX + name;
    const value = env[variable];
    if (!value) continue;
    checkAnswer(name, value, variable);
    addAnswer(name, { text: value, source: 'variable' });
  }
  return {
    attributes,
    hasAnswer: (name) => (answers.get(name) ?? []).length > 0,
    takeAnswer: (name) => {
      const [first, ...rest] = answers.get(name) ?? [];
      answers.set(name, rest);
      askedNames.add(name);
      return first?.text;
    },
    listUnusedKeys: () => {
      const hasUnusedFlag = (name: ChallengeName) =>
        answers.get(name)?.some(({ source }) => source === 'flag');
      const unusedNames = ANSWERABLE_NAMES.filter(hasUnusedFlag);
      if (askedNames.has('NEW_PASSWORD_REQUIRED')) return unusedNames;
      return [...unusedNames, ...Object.keys(attributes).map((name) => ATTRIBUTE_PREFIX + name)];
    },
  };
}

function splitAnswer(text: string): { readonly key: string; readonly value: string } {
  const [, key, value] = /^([A-Za-z][\w.:-]*)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw toUsageError('--answer must be KEY=VALUE, like SMS_MFA=123456');
  }
  return { key, value };
}

function checkAnswer(name: ChallengeName, text: string, place: string): void {
  const { expected, isValid } = ANSWER_TABLE[name];
  if (isValid && !isValid(text)) throw toUsageError(`${place} must be ${expected}`);
}

function findChallengeName(key: string): ChallengeName {
  const name = CHALLENGE_NAMES.find((challengeName) => challengeName === key);
  if (name !== undefined && ANSWERABLE_NAMES.includes(name)) return name;
  if (name !== undefined) {
    throw toUsageError(
      `The password cannot be an argument, because other processes can read arguments. Answer ${key} with COGNITO_PASSWORD, --password-stdin or at the prompt`,
    );
  }
  // The wire names answers after their challenge: SMS_MFA_CODE answers SMS_MFA.
  const closest =
    findClosestName(key, ANSWERABLE_NAMES) ??
    ANSWERABLE_NAMES.find((challengeName) => key.startsWith(challengeName));
  const hint =
    closest === undefined
      ? `the keys are ${ANSWERABLE_NAMES.join(', ')} and attribute.NAME`
      : `did you mean ${closest}?`;
  throw toUsageError(`--answer has a key that is not a challenge; ${hint}`);
}
