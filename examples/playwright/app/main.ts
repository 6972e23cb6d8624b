/** The application: it signs in to a user pool at AWS, and knows nothing of tests. */
import {
  createUserStore,
  getUser,
  respond,
  type Step,
  signIn,
  type UserPoolClient,
  webStorage,
} from 'cognito-srp-engine';

const pool: UserPoolClient = { userPoolId: 'us-east-1_LocalPool', clientId: 'web' };
const store = createUserStore(
  webStorage(() => localStorage),
  pool,
);

const find = <E extends Element>(selector: string) => document.querySelector(selector) as E;
const title = find<HTMLElement>('h1');
const [signInForm, codeForm] = document.querySelectorAll('form') as unknown as [
  HTMLFormElement,
  HTMLFormElement,
];
const signOutButton = find<HTMLButtonElement>('#sign-out');
const problem = find<HTMLElement>('[role=alert]');

function show(text: string, part: HTMLElement) {
  title.textContent = text;
  for (const each of [signInForm, codeForm, signOutButton]) each.hidden = each !== part;
}

/** Shows who is signed in, or the form. */
async function begin() {
  const user = await store.load();
  if (!user) return show('Sign in', signInForm);
  try {
    const { username } = await getUser(pool, { accessToken: user.tokens.accessToken });
    show(`Hello, ${username}`, signOutButton);
  } catch (error) {
    await store.signOut(user.username);
    show('Sign in', signInForm);
    problem.textContent = (error as { code?: string }).code ?? String(error);
  }
}

async function proceed(step: Step) {
  if (step.status === 'signed-in') {
    await store.save(step);
    return begin();
  }
  const { challenge } = step;
  if (challenge.name !== 'SMS_MFA') throw new Error(`This page cannot answer ${challenge.name}`);
  show('Enter the code', codeForm);
  onSubmit(codeForm, async (values) => proceed(await respond(pool, challenge, { code: values.code ?? '' })));
}

function onSubmit(form: HTMLFormElement, run: (values: Record<string, string>) => Promise<void>) {
  form.onsubmit = (event) => {
    event.preventDefault();
    problem.textContent = '';
    const values = Object.fromEntries(new FormData(form)) as Record<string, string>;
    run(values).catch((error) => {
      problem.textContent = error.code ?? String(error);
    });
  };
}

onSubmit(signInForm, async ({ username = '', password = '' }) =>
  proceed(await signIn(pool, { username, password })),
);
signOutButton.onclick = async () => {
  const user = await store.load();
  if (user) await store.signOut(user.username);
  await begin();
};
await begin();
