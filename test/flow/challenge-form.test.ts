/** A form has what a challenge needs, and its values make the answer. */
import {
  answerFromForm,
  type ChallengeForm,
  createSignInFlow,
  type FormValues,
  formOfChallenge,
} from '../../src/flow/index.ts';
import { type ChallengeName, createUserStore, memoryStorage } from '../../src/index.ts';
import { createSession } from '../../src/session/index.ts';
import { en } from '../../src/texts/en/index.ts';
import { textOfFactor, textOfField } from '../../src/texts/index.ts';
import { CASES, type Case } from '../cognito/challenge-cases.ts';
import { flowWorld, inState, PASSWORD, password, until } from './flow-world.ts';

const tools = { issuer: 'Example' };
const names = Object.keys(CASES) as ChallengeName[];
const code: ChallengeForm = { fields: ['code'], choices: [], canSubmit: true };
const secret: ChallengeForm = { fields: ['password'], choices: [], canSubmit: true };

const FORMS: Readonly<Record<ChallengeName, ChallengeForm>> = {
  SMS_MFA: code,
  EMAIL_OTP: code,
  SMS_OTP: code,
  SOFTWARE_TOKEN_MFA: code,
  SELECT_MFA_TYPE: { fields: [], choices: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], canSubmit: false },
  MFA_SETUP: { fields: ['email'], choices: ['SOFTWARE_TOKEN_MFA'], canSubmit: true },
  NEW_PASSWORD_REQUIRED: { fields: ['newPassword', 'given_name'], choices: [], canSubmit: true },
  CUSTOM_CHALLENGE: { fields: ['answer'], choices: [], canSubmit: true },
  SELECT_CHALLENGE: { fields: ['password'], choices: ['EMAIL_OTP'], canSubmit: true },
  PASSWORD: secret,
  PASSWORD_SRP: secret,
  ADMIN_NO_SRP_AUTH: secret,
  WEB_AUTHN: { fields: [], choices: [], canSubmit: true },
  UNKNOWN: { fields: [], choices: [], canSubmit: false },
};

/** What a user types into the fields, for an answer of the table. */
function valuesOf(answer: object): FormValues {
  const { attributes, ...rest } = answer as { readonly attributes?: FormValues };
  return { ...(rest as FormValues), ...attributes };
}

test.each(names)(
  '%s: the form has the fields of the right answer, and their values give it',
  async (name) => {
    const c = CASES[name] as Case<ChallengeName>;
    const world = await flowWorld(c);
    const { flow } = world;
    await flow.start(c.credentials);
    const state = inState(flow, 'challenge');
    expect(formOfChallenge(state)).toEqual(FORMS[name]);
    if (name === 'UNKNOWN') {
      expect(await answerFromForm(flow, state, {}, tools)).toBe(state);
      return;
    }
    const answer = name === 'MFA_SETUP' ? { email: 'new@example.com' } : c.right(world, state.challenge);
    const askForPasskey = async () => (answer as { readonly credential: object }).credential;
    const next = await answerFromForm(flow, state, valuesOf(answer), { ...tools, askForPasskey });
    expect(next.status === 'challenge' ? next.challenge.name : next.status).toBe(
      name === 'MFA_SETUP' ? 'EMAIL_OTP' : c.next,
    );
  },
);

test('the choice of an authenticator app fetches the secret, and the form then asks for its code', async () => {
  const c = CASES.MFA_SETUP as Case<ChallengeName>;
  const { flow } = await flowWorld(c);
  await flow.start(c.credentials);
  await answerFromForm(flow, inState(flow, 'challenge'), { choice: 'SOFTWARE_TOKEN_MFA' }, tools);
  const state = inState(flow, 'challenge');
  expect(state.softwareToken?.otpauthUri).toContain('issuer=Example');
  expect(formOfChallenge(state)).toEqual(code);
  await answerFromForm(flow, state, { code: '000000' }, tools);
  expect(inState(flow, 'challenge')).toMatchObject({ error: { code: 'CODE_MISMATCH' } });
});

test('without a passkey the state stays, and what the browser throws reaches the caller', async () => {
  const c = CASES.WEB_AUTHN as Case<ChallengeName>;
  const { flow } = await flowWorld(c);
  await flow.start(c.credentials);
  const state = inState(flow, 'challenge');
  expect(await answerFromForm(flow, state, {}, { ...tools, askForPasskey: async () => null })).toBe(state);
  // Node.js has no navigator.credentials
  await expect(answerFromForm(flow, state, {}, tools)).rejects.toMatchObject({ name: 'NotSupportedError' });
  expect(flow.getSnapshot()).toBe(state);
  const refusal = new DOMException('Cancelled', 'NotAllowedError');
  const askForPasskey = () => Promise.reject(refusal);
  await expect(answerFromForm(flow, state, {}, { ...tools, askForPasskey })).rejects.toBe(refusal);
  expect(flow.getSnapshot()).toBe(state);
});

test('the state is working while the browser asks for a passkey: two clicks ask once, and cancel ends it', async () => {
  const c = CASES.WEB_AUTHN as Case<ChallengeName>;
  const { flow, sent } = await flowWorld(c);
  await flow.start(c.credentials);
  const state = inState(flow, 'challenge');
  const signals: AbortSignal[] = [];
  const askForPasskey = ({ signal }: { readonly signal: AbortSignal }) =>
    new Promise<null>((_, reject) => {
      signals.push(signal);
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const before = sent.length;
  const clicks = [1, 2].map(() => answerFromForm(flow, state, {}, { ...tools, askForPasskey }));
  await until(() => signals.length > 0);
  expect(inState(flow, 'working').work).toBe('answering');
  flow.cancel();
  expect(await Promise.all(clicks)).toEqual([state, state]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(sent.length).toBe(before);
});

test('an attribute that the user has already is not asked for, and a member of Object.prototype is no value', async () => {
  const c = CASES.NEW_PASSWORD_REQUIRED as Case<ChallengeName>;
  const { flow } = await flowWorld(c);
  await flow.start(c.credentials);
  const state = inState(flow, 'challenge');
  if (state.challenge.name !== 'NEW_PASSWORD_REQUIRED') throw new Error('The case asks for a new password');
  const challenge = { ...state.challenge, userAttributes: { given_name: 'Ann' } };
  expect(formOfChallenge({ ...state, challenge }).fields).toEqual(['newPassword']);
});

test('each field and choice of the forms has a label', () => {
  const all = Object.values(FORMS);
  for (const name of all.flatMap(({ fields }) => fields))
    expect(textOfField(name, en).label).toMatch(/^[A-Z]/);
  for (const name of all.flatMap(({ choices }) => choices))
    expect(textOfFactor(name, en).label).toMatch(/^[A-Z]/);
  expect(textOfField('code', en)).toEqual({
    name: 'code',
    label: 'Code',
    type: 'text',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
  });
  expect(textOfField('custom:shoe_size', en)).toMatchObject({
    label: 'custom:shoe_size',
    autocomplete: 'off',
  });
  for (const name of ['password', 'currentPassword', 'newPassword', 'repeatPassword'])
    expect(textOfField(name, en)).toMatchObject({
      type: 'password',
      autocomplete: expect.stringMatching(/^(current|new)-password$/),
    });
  expect(textOfField('newUsername', en).autocomplete).toBe('username');
  expect(textOfField('codeOfApp', en)).toMatchObject({
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
  });
  expect(textOfField('profile', en).type).toBe('url');
  expect(textOfField('constructor', en)).toMatchObject({ label: 'constructor', autocomplete: 'off' });
});

test('a flow with the store of a session begins it before it says that the user is signed in', async () => {
  const world = await flowWorld({ options: { users: [{ username: 'alice', password: PASSWORD }] } });
  const store = createUserStore(memoryStorage(), world.client);
  const session = createSession(world.client, { store });
  const flow = createSignInFlow(world.client, { store: session.store }, world.options);
  const seen: string[] = [];
  flow.subscribe(({ status }) => seen.push(`${status}, ${session.getSnapshot().status}`));
  await session.restore();
  await flow.start(password);
  expect(seen).toEqual(['idle, loading', 'working, signed-out', 'signed-in, signed-in']);
  expect((await store.load())?.username).toBe('alice');
});

test('if the session cannot be stored, the flow says so', async () => {
  const world = await flowWorld({ options: { users: [{ username: 'alice', password: PASSWORD }] } });
  const full = { ...memoryStorage(), setItem: () => Promise.reject(new Error('The storage is full')) };
  const session = createSession(world.client, { store: createUserStore(full, world.client) });
  const flow = createSignInFlow(world.client, { store: session.store }, world.options);
  await flow.start(password);
  expect(inState(flow, 'signed-in').storeError).toBeInstanceOf(Error);
});
