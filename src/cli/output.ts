/** A sign-in's outcome: as JSON, or as text for people without tokens and sessions. */
import type { ChallengeStep, SignedIn, Step } from '../index.ts';
import { ANSWERS } from './answers.ts';
import type { Output } from './io.ts';

/** Text that cannot steer a terminal: what a service sent may hold control characters. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '�');
}

/**
 * Writes a step, the one JSON object or the text of a command that signs in.
 *
 * @param how.problem of the device: in the JSON, or else one line on stderr
 */
export function writeOutcome(
  { stdout, stderr }: { readonly stdout: Output; readonly stderr: Output },
  step: Step,
  how: {
    readonly json: boolean;
    readonly problem?: { readonly code: string; readonly message: string } | undefined;
  },
): void {
  const { json, problem } = how;
  if (!json) {
    if (problem) stderr.write(`Device: ${printable(problem.message)} (${problem.code})\n`);
    stdout.write(textOfStep(step, Date.now()));
    return;
  }
  const kept = step.status === 'signed-in' ? step.device : undefined;
  const shown = {
    ...step,
    // The file of --device has its password, and nobody else needs it
    ...(kept && { device: { ...kept, password: undefined } }),
    ...(problem && { deviceProblem: problem }),
  };
  stdout.write(`${JSON.stringify(shown)}\n`);
}

/** @param now milliseconds since the epoch, to tell when tokens expire */
export function textOfStep(step: Step, now: number): string {
  const lines = step.status === 'signed-in' ? signedInLines(step, now) : challengeLines(step);
  return `${lines.map(printable).join('\n')}\n`;
}

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

function challengeLines({ challenge }: ChallengeStep): string[] {
  const { name, username, parameters } = challenge;
  const choices = 'options' in challenge ? [['to choose from', challenge.options.join(', ')]] : [];
  return [
    `Not signed in yet: ${username} has to answer the challenge ${name}`,
    ...aligned([...choices, ...Object.entries(parameters)] as [string, string][]),
    '',
    'With --json the whole challenge, with its session, is written; answer it with',
    `cognito-srp respond --challenge FILE${ANSWERS[name].takes === undefined ? '' : ` --answer ${name}=…`}`,
  ];
}

/** A summary: single values, in the token's order. */
function claimLines(token: string): string[] {
  const claims = claimsOf(token);
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

/** The payload of a JWT, or undefined for anything else. */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
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
