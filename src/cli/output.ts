/** A sign-in's outcome: as JSON, or as text for people without tokens and sessions. */
import {
  type Challenge,
  type ChallengeStep,
  decodeClaims,
  type SignedIn,
  type Step,
  type UserPoolClient,
} from '../index.ts';
import { ANSWER_VARIABLE, ANSWERS, neededAttributes } from './answers.ts';
import type { Io } from './io.ts';

/** Text that cannot steer a terminal: what a service sent may hold control characters and turn directions. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '�');
}

/** A word of a line to copy into a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Something to tell beside an outcome. */
export interface Remark {
  readonly code: string;
  readonly message: string;
}

/** What became of a device, as one line of stderr. */
export const deviceLine = ({ code, message }: Remark): string => `Device: ${printable(message)} (${code})\n`;

/**
 * Writes a step, the one JSON object or the text of a command that signs in.
 *
 * @param how.problem of the device: in the JSON, or else one line on stderr
 * @param how.answerProblem of answers that were given; likewise
 * @param how.pool whom a challenge is to be answered at
 * @param how.alias as typed: in the JSON of a challenge, so that `respond` finds the device by it and keeps it
 */
export function writeOutcome(
  { stdout, stderr, now = Date.now }: Pick<Io, 'stdout' | 'stderr' | 'now'>,
  step: Step,
  how: {
    readonly json: boolean;
    readonly problem?: Remark | undefined;
    readonly answerProblem?: Remark | undefined;
    readonly pool: Pick<UserPoolClient, 'endpoint' | 'region'>;
    readonly alias?: string | undefined;
  },
): void {
  const { json, problem, answerProblem, pool, alias } = how;
  if (!json) {
    if (problem) stderr.write(deviceLine(problem));
    if (answerProblem) stderr.write(`${printable(answerProblem.message)}\n`);
    const lines = step.status === 'signed-in' ? signedInLines(step, now()) : challengeLines(step, pool);
    stdout.write(`${lines.map(printable).join('\n')}\n`);
    return;
  }
  const { device, newDevice }: Partial<SignedIn> = step.status === 'signed-in' ? step : {};
  const isOtherName = step.status === 'challenge' && alias !== step.challenge.username;
  const shown = {
    ...step,
    // The file of --device has its password, and nobody else needs it
    ...(device && { device: { ...device, password: undefined } }),
    // Of a device that could not be confirmed: it is not kept, and another sign-in makes a new one
    ...(newDevice && { newDevice: { ...newDevice, password: undefined } }),
    ...(isOtherName && { alias }),
    ...(problem && { deviceProblem: problem }),
    ...(answerProblem && { answerProblem }),
  };
  stdout.write(`${JSON.stringify(shown)}\n`);
}

/** @param now milliseconds since the epoch, to tell when tokens expire */
function signedInLines(step: SignedIn, now: number): string[] {
  const { username, tokens, newDevice, device, userConfirmationNecessary, unsentAttributes } = step;
  const { accessToken, idToken, refreshToken, expiresIn } = tokens;
  const until = new Date(now + expiresIn * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const lifetime = `${duration(expiresIn)}, until ${until}`;
  return [
    `Signed in as ${username}`,
    '',
    `  access token   ${lifetime}`,
    `  ID token       ${idToken === '' ? 'none' : lifetime}`,
    `  refresh token  ${refreshToken === undefined ? 'none' : 'yes; the service alone knows how long it lives'}`,
    ...(newDevice ? [`  new device     ${newDevice.key}, not confirmed`] : []),
    ...(device
      ? [`  device         ${device.key}, confirmed${userConfirmationNecessary ? ', not remembered' : ''}`]
      : []),
    ...(unsentAttributes
      ? [`  not changed    ${Object.keys(unsentAttributes).join(', ')}: they had a value already`]
      : []),
    '',
    'Claims, decoded but not verified (whoever trusts them has to verify the signature first):',
    ...claimLines(idToken === '' ? accessToken : idToken),
    '',
    'Tokens are written in full with --json only.',
  ];
}

function challengeLines({ challenge }: ChallengeStep, pool: Parameters<typeof respondLine>[1]): string[] {
  return [
    `Not signed in yet: ${challenge.username} has to answer the challenge ${challenge.name}`,
    ...aligned(challengeRows(challenge)),
    '',
    'With --json the whole challenge, with its session, is written; answer it with',
    respondLine(challenge, pool),
  ];
}

function challengeRows(challenge: Challenge): (readonly [string, string])[] {
  const rows = Object.entries(challenge.parameters);
  if ('options' in challenge) return [['to choose from', challenge.options.join(', ')], ...rows];
  if (challenge.name !== 'NEW_PASSWORD_REQUIRED') return rows;
  // The wire's names of attributes are not those that --answer takes
  const others = rows.filter(([name]) => name !== 'requiredAttributes');
  const needed = neededAttributes(challenge);
  return needed.length === 0 ? others : [...others, ['needed too', needed.join(', ')]];
}

/** What to copy into a shell, with … where the answers go. */
function respondLine(
  challenge: Challenge,
  { endpoint, region }: Pick<UserPoolClient, 'endpoint' | 'region'>,
): string {
  const { name } = challenge;
  const { takes, isSecret } = ANSWERS[name];
  const secret = takes === undefined ? 'COGNITO_PASSWORD' : isSecret && ANSWER_VARIABLE + name;
  const attributes = name === 'NEW_PASSWORD_REQUIRED' ? neededAttributes(challenge) : [];
  return [
    ...(secret ? [`${secret}=…`] : []),
    'npx cognito-srp-engine respond --challenge FILE',
    ...(endpoint === undefined ? [] : [`--endpoint ${shellWord(endpoint)}`]),
    ...(region === undefined ? [] : [`--region ${shellWord(region)}`]),
    ...(secret ? [] : [`--answer ${name}=…`]),
    ...attributes.map((attribute) => `--answer ${shellWord(`attribute.${attribute}=`)}…`),
  ].join(' ');
}

/** A summary: single values, in the token's order. */
function claimLines(token: string): string[] {
  const claims = decodeClaims(token);
  if (claims === undefined) return ['  (the token is not a JWT)'];
  return aligned(
    Object.entries(claims).map(([name, value]): [string, string] => [name, claimText(name, value)]),
  );
}

const TIMES: readonly string[] = ['exp', 'iat', 'auth_time', 'nbf'];

function claimText(name: string, value: unknown): string {
  if (TIMES.includes(name) && typeof value === 'number' && Math.abs(value) < 1e11) {
    return `${value} (${new Date(value * 1000).toISOString().replace(/\.\d+Z$/, 'Z')})`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const LONGEST = 120;

/** Rows of a name and a value, as columns. */
export function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => {
    const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}… (${value.length} characters)` : value;
    return `  ${name.padEnd(width)}  ${shown}`;
  });
}

/** 3600 → `1 h`, 5400 → `1 h 30 min`, 59 → `59 s`. */
function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.join(' ') || '0 s';
}
