/** Writes the outcome of a sign-in: as JSON, or as text for people, without tokens and sessions. */
import { missingAttributes } from '../../cognito/sign-in/challenge-types.ts';
import {
  type Challenge,
  type ChallengeStep,
  decodeClaims,
  type FirstFactorOption,
  type MfaOption,
  type SignedIn,
  type Step,
  type UserPoolClient,
} from '../../index.ts';
import { textOfChallenge, textOfFactor } from '../../texts/index.ts';
import type { Remark } from '../failures.ts';
import type { Io } from '../io.ts';
import { ANSWER_TABLE, ANSWER_VARIABLE_PREFIX, listUnsupportedSetups } from '../sign-in/answer-table.ts';
import {
  formatColumns,
  formatDeviceProblem,
  formatDuration,
  formatTime,
  toPrintable,
  toShellWord,
} from './printable-text.ts';
import { type Styles, stylesFor } from './terminal-style.ts';
import { texts } from './terminal-texts.ts';

/** Where a challenge must be answered. */
type Place = Pick<UserPoolClient, 'endpoint' | 'region'>;

export interface OutcomeOptions {
  readonly json: boolean;
  /** A member of the JSON object, or else one line on stderr. */
  readonly deviceProblem?: Remark | undefined;
  /** Says which answers were not used. A member of the JSON object, or else one line on stderr. */
  readonly answerProblem?: Remark | undefined;
  readonly pool: Place;
  /** The name as it was typed. The JSON of a challenge has it, so that `respond` finds the device by it. */
  readonly alias?: string | undefined;
}

/** Writes a step as the one JSON object, or as the text, of a command that signs in. */
export function writeOutcome(
  { stdout, stderr, env, now = Date.now }: Pick<Io, 'stdout' | 'stderr' | 'env' | 'now'>,
  step: Step,
  options: OutcomeOptions,
): void {
  if (options.json) {
    stdout.write(`${JSON.stringify(toJsonOutcome(step, options))}\n`);
    return;
  }
  const { deviceProblem, answerProblem, pool } = options;
  const { remark } = stylesFor(stderr, env);
  if (deviceProblem) stderr.write(remark(formatDeviceProblem(deviceProblem)));
  if (answerProblem) stderr.write(remark(`${toPrintable(answerProblem.message)}\n`));
  const isSignedIn = step.status === 'signed-in';
  const [first = '', ...lines] = (isSignedIn ? formatSignedIn(step, now()) : formatChallenge(step, pool)).map(
    toPrintable,
  );
  const styles = stylesFor(stdout, env);
  const headline = isSignedIn ? styles.success(first) : styles.remark(first);
  stdout.write(`${[headline, ...lines.map((line) => styleLine(line, styles))].join('\n')}\n`);
}

/** Makes the name at the beginning of a row quieter than its value. */
const styleLine = (line: string, { label }: Styles): string =>
  line.replace(/^ {2}\S.*? {2}(?=\S)/, (name) => label(name));

function toJsonOutcome(step: Step, { deviceProblem, answerProblem, alias }: OutcomeOptions): object {
  const { device, newDevice }: Partial<SignedIn> = step.status === 'signed-in' ? step : {};
  const hasOtherName = step.status === 'challenge' && alias !== step.challenge.username;
  return {
    ...step,
    // The password of a device is left out: the file of --device has it, and nobody else needs it.
    ...(device && { device: { ...device, password: undefined } }),
    // A device that is not confirmed is not stored. The next sign-in gets another one.
    ...(newDevice && { newDevice: { ...newDevice, password: undefined } }),
    ...(hasOtherName && { alias }),
    ...(deviceProblem && { deviceProblem }),
    ...(answerProblem && { answerProblem }),
  };
}

/** @param now milliseconds since the epoch, from which the time of expiry is computed */
function formatSignedIn(step: SignedIn, now: number): string[] {
  const { username, tokens, newDevice, device, deviceUsed, userConfirmationNecessary, unsentAttributes } =
    step;
  const { accessToken, idToken, refreshToken, expiresIn } = tokens;
  const lifetime = `${formatDuration(expiresIn)}, until ${formatTime(now + expiresIn * 1000)}`;
  const lines = [
    `Signed in as ${username}`,
    ...(deviceUsed ? [texts.notices.deviceUsed] : []),
    '',
    `  access token   ${lifetime}`,
    `  ID token       ${idToken === '' ? 'none' : lifetime}`,
    `  refresh token  ${refreshToken === undefined ? 'none' : 'present; only the service knows when it expires'}`,
  ];
  if (newDevice) lines.push(`  new device     ${newDevice.key}, not kept: --device FILE keeps it`);
  if (device) {
    lines.push(
      `  device         ${device.key}, confirmed${userConfirmationNecessary ? ', not remembered' : ''}`,
    );
  }
  if (unsentAttributes) {
    const names = Object.keys(unsentAttributes).join(', ');
    lines.push(`  not changed    ${names}: a new password cannot change an attribute that has a value`);
  }
  return [
    ...lines,
    '',
    'Claims (decoded, but not verified: verify the signature before you trust them)',
    ...formatClaims(idToken === '' ? accessToken : idToken),
    '',
    'The tokens themselves are written only with --json.',
  ];
}

function formatChallenge({ challenge }: ChallengeStep, place: Place): string[] {
  return [
    `Not signed in yet: ${challenge.username} has to answer the challenge ${challenge.name}`,
    textOfChallenge(challenge, texts).instruction,
    ...formatColumns(listChallengeRows(challenge)),
    '',
    'To answer it later, run the command again with --json and write its output to a FILE. Then run:',
    formatRespondCommand(challenge, place),
  ];
}

/** What a person needs to know of a challenge besides its instruction. The other parameters of the wire are for programs. */
function listChallengeRows(challenge: Challenge): (readonly [string, string])[] {
  switch (challenge.name) {
    case 'CUSTOM_CHALLENGE':
      return Object.entries(challenge.publicParameters);
    case 'UNKNOWN':
      return Object.entries(challenge.parameters);
    case 'NEW_PASSWORD_REQUIRED': {
      const missing = missingAttributes(challenge).join(', ');
      return missing === '' ? [] : [['also required', missing]];
    }
    case 'MFA_SETUP': {
      const others = listUnsupportedSetups(challenge).join(', ');
      const options = listOptions(challenge.options);
      return others === '' ? options : [['ask an administrator for', others], ...options];
    }
    case 'SELECT_MFA_TYPE':
    case 'SELECT_CHALLENGE':
      return listOptions(challenge.options);
    default:
      return [];
  }
}

/** The factors to choose from, by the name that `--answer` takes. */
const listOptions = (options: readonly (MfaOption | FirstFactorOption)[]): (readonly [string, string])[] =>
  options.map((option) => {
    const { label, detail } = textOfFactor(option, texts);
    return [option, label === option ? detail : `${label}: ${detail}`];
  });

/** Writes the command to copy into a shell, with … in place of each answer. */
function formatRespondCommand(challenge: Challenge, { endpoint, region }: Place): string {
  const { name } = challenge;
  const secretVariable = findSecretVariable(name);
  const words = ['npx cognito-srp-engine respond --challenge FILE'];
  if (secretVariable !== undefined) words.unshift(`${secretVariable}=…`);
  if (endpoint !== undefined) words.push(`--endpoint ${toShellWord(endpoint)}`);
  if (region !== undefined) words.push(`--region ${toShellWord(region)}`);
  if (secretVariable === undefined) words.push(`--answer ${name}=…`);
  const attributes = name === 'NEW_PASSWORD_REQUIRED' ? missingAttributes(challenge) : [];
  for (const attribute of attributes) words.push(`--answer ${toShellWord(`attribute.${attribute}=`)}…`);
  return words.join(' ');
}

/** @returns the environment variable for an answer that should not be an argument */
function findSecretVariable(name: Challenge['name']): string | undefined {
  const { expected, isSecret } = ANSWER_TABLE[name];
  if (expected === undefined) return 'COGNITO_PASSWORD';
  return isSecret ? ANSWER_VARIABLE_PREFIX + name : undefined;
}

/** Formats the claims in the order of the token. */
function formatClaims(token: string): string[] {
  const claims = decodeClaims(token);
  if (claims === undefined) return ['  (the token is not a JWT)'];
  return formatColumns(
    Object.entries(claims).map(([name, value]): [string, string] => [name, formatClaim(name, value)]),
  );
}

const TIME_CLAIMS: readonly string[] = ['exp', 'iat', 'auth_time', 'nbf'];

function formatClaim(name: string, value: unknown): string {
  if (TIME_CLAIMS.includes(name) && typeof value === 'number' && Math.abs(value) < 1e11) {
    return `${value} (${formatTime(value * 1000)})`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
