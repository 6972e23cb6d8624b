/** The page: the form that fits the state, or what a signed-in user sees. */
import { ServiceError } from 'cognito-srp-engine';
import { answerFromForm, type Followed, type FormValues, formOfChallenge } from 'cognito-srp-engine/flow';
import { fill, textOfChallenge, textOfDelivery, textOfError, textOfFactor } from 'cognito-srp-engine/texts';
import { en } from 'cognito-srp-engine/texts/en';
import { useState, useSyncExternalStore } from 'react';
import { renderSVG } from 'uqr';
import { resetFlow, session, signInFlow, signUpFlow } from './cognito';
import { StepForm } from './StepForm';

const sendAgain = (flow: { resend: () => unknown }) => ({ label: en.buttons.sendAgain, act: flow.resend });
const startAgain = (flow: { restart: () => void }) => ({ label: en.buttons.startAgain, act: flow.restart });
function useFlow<State extends { status: string }>({ subscribe, getSnapshot }: Followed<State>) {
  const state = useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
  // The form stays while work is under way
  return [state, ('from' in state ? state.from : state) as Exclude<State, { status: 'working' }>] as const;
}

export function App() {
  const [screen, show] = useState('sign-in');
  const [reply, setReply] = useState('');
  const current = useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot);
  const [signIn, step] = useFlow(signInFlow);
  const [signUp, signUpStep] = useFlow(signUpFlow);
  const [reset, resetStep] = useFlow(resetFlow);
  const linkTo = (to: string, label: string) => ({ label, act: () => open(to) });
  const open = (to: string) => {
    // Until then the flows have what was before, such as the tokens of the last sign-in
    for (const flow of [signInFlow, signUpFlow, resetFlow]) flow.restart();
    show(to);
  };

  const ask = async () => {
    const response = await session.fetch('/api/me').catch((error) => new Response(textOfError(error, en)));
    setReply(await response.text());
  };
  const signOut = async () => {
    open('sign-in');
    await session.signOut().catch((error: unknown) => setReply(textOfError(error, en)));
  };

  if (step.status === 'challenge') {
    const { challenge, softwareToken } = step;
    const { fields, choices, canSubmit } = formOfChallenge(step);
    const answer = (values: FormValues) => answerFromForm(signInFlow, step, values, { issuer: 'Example' });
    const factors = choices.map((choice) => ({ ...textOfFactor(choice, en), act: () => answer({ choice }) }));
    return (
      <StepForm
        key={`${challenge.session} ${fields}`}
        {...textOfChallenge(challenge, en)}
        {...(softwareToken && en.mfaSetup.app)}
        note={
          step.wasResent
            ? en.deliveries.sentAgain
            : step.wasWrong
              ? en.notices.answerWrong
              : 'delivery' in challenge && !step.canResend && en.deliveries.cannotSendAgain
        }
        state={signIn}
        fields={fields}
        button={canSubmit && en.buttons.continue}
        act={answer}
        choices={[...factors, ...(step.canResend ? [sendAgain(signInFlow)] : []), startAgain(signInFlow)]}
      >
        {softwareToken && (
          <>
            <img
              alt={en.mfaSetup.qrCode}
              src={`data:image/svg+xml,${encodeURIComponent(renderSVG(softwareToken.otpauthUri))}`}
            />
            <p>
              {en.mfaSetup.secretHint} <code>{softwareToken.secretCode}</code>
            </p>
          </>
        )}
        {'publicParameters' in challenge && <p>{Object.values(challenge.publicParameters).join(' ')}</p>}
      </StepForm>
    );
  }
  if (step.status === 'device-question')
    return (
      <StepForm
        key="device"
        title={en.device.title}
        instruction={en.device.instruction}
        state={signIn}
        choices={[
          { ...en.device.remember, act: () => signInFlow.rememberDevice(true) },
          { ...en.device.doNotRemember, act: () => signInFlow.rememberDevice(false) },
        ]}
      />
    );
  if (current.status === 'loading') return null;
  if (current.status === 'signed-in')
    return (
      <section aria-labelledby="title">
        <h1 id="title">{fill(en.account.greeting, { name: current.user.displayName })}</h1>
        <dl>
          <dt>{en.attributes.email}</dt>
          <dd>{current.user.email ?? '–'}</dd>
          <dt>{en.account.groups}</dt>
          <dd>{current.user.groups.join(en.listSeparator) || '–'}</dd>
        </dl>
        <button type="button" className="main" onClick={ask}>
          Ask the server
        </button>
        <p role="status">{reply}</p>
        <button type="button" className="link" onClick={signOut}>
          {en.buttons.signOut}
        </button>
      </section>
    );
  if (signUpStep.status === 'code-sent')
    return (
      <StepForm
        key="confirm"
        title={en.confirmSignUp.title}
        instruction={
          signUpStep.delivery ? textOfDelivery(signUpStep.delivery, en) : en.confirmSignUp.withoutCode
        }
        note={signUpStep.wasResent && en.deliveries.sentAgain}
        state={signUp}
        fields={['code']}
        button={en.buttons.confirm}
        act={({ code }) => signUpFlow.confirm(code)}
        choices={[sendAgain(signUpFlow), startAgain(signUpFlow)]}
      />
    );
  if (resetStep.status === 'code-sent')
    return (
      <StepForm
        key="new-password"
        title={en.resetPassword.title}
        instruction={`${textOfDelivery(resetStep.delivery, en)} ${en.resetPassword.instruction}`}
        note={resetStep.wasResent && en.deliveries.sentAgain}
        state={reset}
        fields={['code', 'newPassword']}
        button={en.buttons.saveAndSignIn}
        act={({ code, newPassword }) => resetFlow.confirm({ code, newPassword })}
        choices={[sendAgain(resetFlow), startAgain(resetFlow)]}
      />
    );
  if (screen === 'sign-up' && signUpStep.status !== 'done')
    return (
      <StepForm
        key="sign-up"
        title={en.signUp.title}
        instruction={en.signUp.instruction}
        state={signUp}
        fields={['username', 'email', 'newPassword']}
        button={en.buttons.signUp}
        act={({ username, newPassword, email }) =>
          signUpFlow.start({ username, password: newPassword, attributes: { email } })
        }
        choices={[linkTo('sign-in', en.buttons.backToSignIn)]}
      />
    );
  if (screen === 'reset' && resetStep.status !== 'done')
    return (
      <StepForm
        key="reset"
        {...en.forgotPassword}
        state={reset}
        fields={['username']}
        button={en.buttons.sendCode}
        act={({ username }) => resetFlow.start({ username })}
        choices={[linkTo('sign-in', en.buttons.backToSignIn)]}
      />
    );
  return (
    <StepForm
      key="sign-in"
      title={en.signIn.title}
      note={
        signUpStep.status === 'done'
          ? en.notices.accountConfirmed
          : resetStep.status === 'done' && en.notices.passwordSaved
      }
      state={signIn}
      fields={['username', 'password']}
      button={en.buttons.signIn}
      act={startSignIn}
      choices={[
        {
          label: en.signIn.otherWays,
          act: ({ username }) => signInFlow.start({ flow: 'USER_AUTH', username }),
        },
        linkTo('reset', en.signIn.forgotPassword),
        linkTo('sign-up', en.signUp.title),
      ]}
    />
  );
}

async function startSignIn({ username, password }: FormValues) {
  const state = await signInFlow.start({ username, password, flow: import.meta.env.VITE_FLOW });
  const recovery = state.status === 'failed' && state.error instanceof ServiceError && state.error.recovery;
  if (recovery === 'confirm-sign-up') signUpFlow.askForCode(username);
  if (recovery === 'reset-password') await resetFlow.start({ username });
}
