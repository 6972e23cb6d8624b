/** The text for an error, a challenge, a delivery or a password rule is found, and can be replaced. */
import { type Challenge, ServiceError, signIn } from '../../src/index.ts';
import { de } from '../../src/texts/de/index.ts';
import { en } from '../../src/texts/en/index.ts';
import {
  fieldOfError,
  fill,
  overrideTexts,
  passwordRules,
  textOfChallenge,
  textOfDelivery,
  textOfError,
  textOfFactor,
  textOfMissingRules,
  textOfPasskeyError,
} from '../../src/texts/index.ts';
import { ja } from '../../src/texts/ja/index.ts';
import { client, recorder, refusal } from '../support/client.ts';

const common = {
  version: 1,
  username: 'alice',
  userPoolId: 'p',
  clientId: 'c',
  expiresAt: 0,
  parameters: {},
} as const;

test('an error of the engine gets the text of its code, and the field that it is about', async () => {
  const { fetch } = recorder(() => refusal('NotAuthorizedException', 'Incorrect username or password.'));
  const error: unknown = await signIn(
    client,
    { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: 'wrong' },
    { fetch },
  ).catch((reason: unknown) => reason);
  expect(textOfError(error, en)).toBe('The user name or password is not right. Check both and try again.');
  expect(textOfError(error, de)).toContain('Benutzername oder Passwort stimmt nicht');
  expect(fieldOfError(error)).toBe('password');
});

test.each([
  ['an error from JSON', { code: 'CODE_MISMATCH' }, en.errors.CODE_MISMATCH],
  ['an exception without a code', { code: 'REFUSED', recovery: 'try-later' }, en.recoveries['try-later']],
  [
    'a parameter that the user cannot change',
    { code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' },
    en.recoveries['fix-configuration'],
  ],
  ['REFUSED without a recovery', { code: 'REFUSED' }, en.errors.REFUSED],
  ['a code that is newer', { code: 'MOON_FULL', recovery: 'answer-again' }, en.recoveries['answer-again']],
  ['a name of Object.prototype', { code: 'toString', recovery: 'constructor' }, en.notices.unexpected],
  ['an aborted signal', new DOMException('x', 'AbortError'), en.notices.cancelled],
  ['another error', new Error('The secret of the message'), en.notices.unexpected],
  ['a text', 'AbortError', en.notices.unexpected],
  ['null', null, en.notices.unexpected],
  ['undefined', undefined, en.notices.unexpected],
])('%s has a text', (_, error, text) => {
  expect(textOfError(error, en)).toBe(text);
});

test('the text never quotes the message of the service', () => {
  const error = new ServiceError(
    'TRIGGER_REFUSED',
    'start-again',
    'UserLambdaValidationException',
    'PreSignUp: no',
  );
  expect(textOfError(error, en)).not.toMatch(/PreSignUp|Lambda/);
  expect(fieldOfError(error)).toBeUndefined();
});

test.each([
  ['InvalidStateError', en.passkeyErrors.InvalidStateError],
  ['NotAllowedError', en.passkeyErrors.NotAllowedError],
  ['UnknownError', en.passkeyErrors.NotAllowedError],
])('the browser gives no passkey by %s', (name, text) => {
  expect(textOfPasskeyError(new DOMException('x', name), en)).toBe(text);
});

test.each<readonly [string, Challenge, string]>([
  [
    'a code by text message',
    { ...common, name: 'SMS_MFA', delivery: { medium: 'SMS', destination: '+***42' } },
    'We sent a code by text message to +***42.',
  ],
  [
    'a code by e-mail',
    { ...common, name: 'EMAIL_OTP', delivery: { medium: 'EMAIL', destination: 'a***@e***' } },
    'We sent a code by e-mail to a***@e***.',
  ],
  ['a code to somewhere', { ...common, name: 'SMS_OTP' }, en.challenges.SMS_OTP.instruction],
  [
    'the code of a named app',
    { ...common, name: 'SOFTWARE_TOKEN_MFA', friendlyDeviceName: 'My $& phone' },
    'Open My $& phone and enter the code it shows.',
  ],
  [
    'a set-up that only an administrator can do',
    { ...common, name: 'MFA_SETUP', options: ['SMS_MFA'], needsAdministrator: true },
    en.mfaSetup.byAdministrator.instruction,
  ],
  ['a password', { ...common, name: 'PASSWORD_SRP' }, 'Enter your password to sign in.'],
])('%s has its instruction', (_, challenge, instruction) => {
  expect(textOfChallenge(challenge, en).instruction).toBe(instruction);
});

test('a delivery by a way that is not known still says where', () => {
  expect(textOfDelivery({ medium: 'PIGEON', destination: 'loft 3' }, en)).toBe('We sent a code to loft 3.');
  expect(textOfDelivery(undefined, en)).toBe('We sent you a code.');
  expect(textOfDelivery({ medium: 'SMS', destination: '' }, en)).toBe('We sent you a code.');
});

test('a factor that is newer than the texts has the name of the service', () => {
  expect(textOfFactor('WEB_AUTHN', en).label).toBe('Passkey');
  expect(textOfFactor('RETINA_SCAN', en)).toEqual({ label: 'RETINA_SCAN', detail: en.unknownFactor });
});

const metBy = (password: string, policy?: Parameters<typeof passwordRules>[2]) =>
  passwordRules(password, en, policy).flatMap(({ name, isMet }) => (isMet ? [name] : []));

test.each([
  ['', []],
  ['a', ['lowercase']],
  ['aB3$', ['lowercase', 'uppercase', 'number', 'symbol']],
  ['ÄÖÜäöüßßß', ['length']],
  ['Correct-Horse-9', ['length', 'lowercase', 'uppercase', 'number', 'symbol']],
  ['a b', ['lowercase', 'symbol']],
  [' a ', ['lowercase']],
  ['😀😀😀😀', []],
])('%j meets the rules %j of a pool without a policy', (password, names) => {
  expect(metBy(password)).toEqual(names);
});

test('only the rules of the policy are listed, and the sentence says what is missing', () => {
  const policy = { minimumLength: 12, requireNumbers: true };
  const rules = passwordRules('short', en, policy);
  expect(rules.map(({ text }) => text)).toEqual(['At least 12 characters', 'A number']);
  expect(textOfMissingRules(rules, en)).toBe('Still missing: at least 12 characters, a number.');
  expect(textOfMissingRules(passwordRules('short', de, policy), de)).toBe(
    'Es fehlt noch: mindestens 12 Zeichen, eine Ziffer.',
  );
  expect(textOfMissingRules(passwordRules('a', ja), ja)).toContain('大文字、数字、記号');
  expect(textOfMissingRules(passwordRules('long enough 12', en, policy), en)).toBe(en.passwordRules.allMet);
});

test('fill puts values in as they are, and leaves other braces', () => {
  expect(fill(en.account.greeting, { name: '{time} $1 $& {name}' })).toBe('Hello, {time} $1 $& {name}');
  expect(fill('{count} and {toString}' as `${string}{count}${string}`, { count: 2 })).toBe(
    '2 and {toString}',
  );
});

test('overrideTexts replaces single texts, at every depth, and leaves the language as it is', () => {
  const texts = overrideTexts(en, {
    errors: { THROTTLED: 'Busy.' },
    challenges: { SMS_MFA: { title: 'Your phone, please' } },
    // A program that is not checked by a compiler may have a gap here
    signIn: { title: undefined as never },
  });
  expect(texts.errors.THROTTLED).toBe('Busy.');
  expect(texts.challenges.SMS_MFA).toEqual({ ...en.challenges.SMS_MFA, title: 'Your phone, please' });
  expect(texts.signIn).toEqual(en.signIn);
  expect(en.errors.THROTTLED).not.toBe('Busy.');
  // @ts-expect-error a template needs its placeholder
  overrideTexts(en, { account: { greeting: 'Hello' } });
  // @ts-expect-error there is no such text
  overrideTexts(en, { account: { farewell: 'Bye' } });
});
