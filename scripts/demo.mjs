/**
 * `npm run demo`: signs in to a local user pool over real HTTP and shows what goes over the wire.
 * It builds the packages first where that is needed. Secrets are shortened. Nothing is left running.
 */
import { performance } from 'node:perf_hooks';
import { buildWhereOld } from './built.mjs';

// `npm run demo | head -1` closes the pipe early. That is not an error, and nobody would read one
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

buildWhereOld(console.log);

// Imported by the packages' names, as someone who installed them would write
const { signIn } = await import('cognito-srp-engine');
const { createUserPool } = await import('cognito-local-pool');

const colourful = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colourful ? `\x1b[${code}m${text}\x1b[0m` : text);
const bold = paint('1');
const dim = paint('2');
const cyan = paint('36');
const green = paint('32');
const red = paint('31');

const username = 'alice@example.com';
const password = 'Correct-Horse-9';
const pool = createUserPool({
  users: [
    {
      username: 'alice',
      password,
      attributes: { email: username, email_verified: 'true' },
      aliases: [username],
    },
  ],
});
const listening = await pool.listen();
const client = { userPoolId: pool.userPoolId, clientId: pool.clientIds[0], endpoint: listening.endpoint };

try {
  console.log(bold('A user pool of your own'));
  console.log(`  ${listening.endpoint}  pool ${client.userPoolId}, app client ${client.clientId}`);

  console.log(`\n${bold('Signing in')} as ${username}: the password stays here`);
  const started = performance.now();
  const step = await signIn(client, { username, password }, { fetch: traced });
  console.log(`\n  ${green('signed in')} as ${bold(step.username)} ${took(started)}`);

  console.log(`\n${bold('Claims of the ID token')} ${dim('(decoded, not verified)')}`);
  showAligned(claimsOf(step.tokens.idToken));

  console.log(`\n${bold('A wrong password')}`);
  const restarted = performance.now();
  const error = await signIn(client, { username, password: 'wrong-horse' }, { fetch: traced }).catch(
    (e) => e,
  );
  console.log(`\n  ${red(error.code)} ${took(restarted)}`);
  showAligned({ name: error.name, message: error.message, recovery: error.recovery });
} finally {
  await listening.close();
}
console.log(`\n${dim('The pool has stopped.')}`);

/** A fetch that prints each request and reply in short. */
async function traced(url, init) {
  const operation = init.headers['X-Amz-Target'].split('.').pop();
  const sent = JSON.parse(init.body);
  console.log(`\n  ${cyan('→')} ${bold(operation)} ${dim(sent.AuthFlow ?? sent.ChallengeName)}`);
  showAligned(inShort(sent.AuthParameters ?? sent.ChallengeResponses), '      ');

  const started = performance.now();
  const response = await fetch(url, init);
  const got = await response.clone().json();
  const what = got.ChallengeName ?? (got.AuthenticationResult ? 'tokens' : got.__type);
  console.log(`  ${cyan('←')} ${response.status} ${bold(what)} ${took(started)}`);
  const shown = got.AuthenticationResult ?? got.ChallengeParameters ?? { message: got.message };
  showAligned(inShort(shown), '      ');
  return response;
}

/** Cuts every value, except those that are public or harmless in full. */
function inShort(parameters) {
  const IN_FULL = ['USERNAME', 'USER_ID_FOR_SRP', 'TIMESTAMP', 'ExpiresIn', 'TokenType', 'message'];
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (IN_FULL.includes(name)) return [name, value];
      const text = String(value);
      const unit = /^[0-9a-f]+$/i.test(text) ? 'hex digits' : 'characters';
      const kept = unit === 'hex digits' ? 16 : 8;
      return [name, `${text.slice(0, kept)}… ${dim(`(${text.length} ${unit})`)}`];
    }),
  );
}

function claimsOf(token) {
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  const times = ['auth_time', 'exp', 'iat'];
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      times.includes(name) ? `${value} ${dim(new Date(value * 1000).toISOString())}` : value,
    ]),
  );
}

function showAligned(rows, indent = '  ') {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  for (const [name, value] of Object.entries(rows)) console.log(`${indent}${name.padEnd(width)}  ${value}`);
}

function took(since) {
  return dim(`${Math.round(performance.now() - since)} ms`);
}
