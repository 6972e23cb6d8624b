/** A form with its fields, its error and its buttons. */
import type { CodeState, FormValues, SignInState } from 'cognito-srp-engine/flow';
import * as texts from 'cognito-srp-engine/texts';
import { en } from 'cognito-srp-engine/texts/en';
import { type ReactNode, type SubmitEvent, useState } from 'react';

type Act = (values: FormValues) => unknown;
interface StepFormProps extends Partial<texts.StepText> {
  note?: string | false | undefined;
  /** Says whether work is under way, and what went wrong. */
  state: SignInState | CodeState;
  fields?: readonly string[];
  button?: string | false;
  act?: Act;
  choices: readonly { label: string; detail?: string; act: Act }[];
  children?: ReactNode;
}

export function StepForm(props: StepFormProps) {
  const { title, instruction, note, state, fields = [], button, act, choices, children } = props;
  const [newPassword, setNewPassword] = useState('');
  const [passkeyError, setPasskeyError] = useState<unknown>();
  const error = 'error' in state ? state.error : 'storeError' in state && state.storeError;
  const failure = passkeyError ?? error;
  const textOf = passkeyError ? texts.textOfPasskeyError : texts.textOfError;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPasskeyError(undefined);
    // No field is a file, so every value is a string
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter);
    const values = Object.fromEntries(data) as FormValues;
    try {
      await (choices.find(({ label }) => label === values['choice'])?.act ?? act)?.(values);
    } catch (reason) {
      setPasskeyError(reason);
    }
  };
  return (
    <form onSubmit={submit} ref={focusFirst} aria-labelledby="title" aria-describedby="instruction">
      <h1 id="title">{title}</h1>
      <p id="instruction">{instruction}</p>
      {children}
      {fields.map((field) => {
        const { name, label, autocomplete, inputmode, type } = texts.textOfField(field, en);
        return (
          <label key={name}>
            {label}
            <input
              name={name}
              type={type}
              autoComplete={
                name === 'username' && fields.includes('password') ? 'username webauthn' : autocomplete
              }
              inputMode={inputmode}
              autoCapitalize="none"
              spellCheck={false}
              required
              aria-invalid={texts.fieldOfError(error) === name}
              aria-describedby={
                texts.fieldOfError(error) === name ? 'problem' : name === 'newPassword' ? 'rules' : undefined
              }
              onInput={({ currentTarget: { value } }) => name === 'newPassword' && setNewPassword(value)}
            />
          </label>
        );
      })}
      {fields.includes('newPassword') && (
        <ul id="rules" aria-label={en.passwordRules.title}>
          {texts.passwordRules(newPassword, en).map(({ name, text, isMet }) => (
            <li key={name} className={isMet ? 'met' : undefined}>
              {text} <span className="hidden">{isMet ? en.passwordRules.met : en.passwordRules.notMet}</span>
            </li>
          ))}
        </ul>
      )}
      <p id="problem" role="alert">
        {failure ? textOf(failure, en) : ''}
      </p>
      {button && (
        <button type="submit" className="main" aria-disabled={state.status === 'working'}>
          {state.status === 'working' ? en.working.checking : button}
        </button>
      )}
      <p role="status">{note}</p>
      {choices.map(({ label, detail }) => (
        <button
          type="submit"
          key={label}
          name="choice"
          value={label}
          formNoValidate
          className={detail ? 'choice' : 'link'}
        >
          {label} {detail && <small>{detail}</small>}
        </button>
      ))}
    </form>
  );
}

const focusFirst = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLElement>('input, button')?.focus();
