/** Makes one step: a heading, one form and its messages. Every screen that asks something is made of it. */
import type { Texts } from 'cognito-srp-engine/texts';
import { type Child, element, heading } from './dom.ts';
import type { Explanation } from './explanations.ts';
import { messageRegions, run } from './work.ts';

export interface Field {
  readonly name: string;
  readonly label: string;
  /** A value of https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill */
  readonly autocomplete: string;
  readonly type?: 'text' | 'password' | 'email' | 'tel';
  readonly inputmode?: 'numeric';
  readonly value?: string | undefined;
  readonly hint?: string;
  /** A regular expression that the whole value must match, as in HTML's `pattern`. */
  readonly pattern?: string;
  /** Whether the field must be filled. Default true. */
  readonly required?: boolean;
  readonly onInput?: (value: string) => void;
}

export interface FormStep {
  readonly texts: Texts;
  readonly heading: string;
  readonly lead?: readonly Child[];
  readonly notice?: string | undefined;
  /** What was wrong with the answer before this one. It is shown as an error. */
  readonly problem?: string | undefined;
  readonly fields?: readonly Field[];
  /** Shown between the fields and the button. */
  readonly extra?: readonly Child[];
  /** The label of the button that Enter presses. Without one, the buttons of `ways` are the answers. */
  readonly submit?: string;
  /** More buttons that submit. The name of the pressed one is `answer.way`. */
  readonly ways?: readonly { readonly way: string; readonly label: string; readonly detail?: string }[];
  /** Shown below the form. */
  readonly footer?: readonly Child[];
  /** Shown below the footer, at a distance. */
  readonly below?: readonly Child[] | false;
  /** The user name for password managers, where the form does not ask for it. */
  readonly username?: string | undefined;
  readonly leaving: AbortSignal;
  /** Whether the answer is useful without a network. Default false. */
  readonly worksOffline?: boolean;
  /** @param answer.way the name of the button that was pressed. It is '' for the main one */
  readonly onSubmit: (answer: {
    readonly values: Readonly<Record<string, string>>;
    readonly way: string;
    readonly signal: AbortSignal;
  }) => Promise<void>;
  /** Names the fields that may stay empty when this button is pressed. */
  readonly optionalFor?: (way: string) => readonly string[];
  /** Explains an error that means something else here than elsewhere. */
  readonly explain?: (error: unknown) => Explanation | undefined;
  /** Makes what is offered after a failure. */
  readonly onFailure?: (explanation: Explanation, error: unknown) => Child | undefined;
}

/** The alert of the form, which describes the field that it is about. A page shows one form at a time. */
const ALERT_ID = 'form-alert';

export function formStep(step: FormStep): HTMLElement {
  const { alert, progress } = messageRegions();
  alert.id = ALERT_ID;
  const { texts } = step;
  const fields = (step.fields ?? []).map((field) => fieldRow(field, texts));
  const main = step.submit ? element('button', { type: 'submit', class: 'primary' }, step.submit) : undefined;
  const ways = (step.ways ?? []).map(({ way, label, detail }) =>
    element(
      'button',
      { type: 'submit', class: 'secondary', value: way },
      element('span', {}, label),
      detail !== undefined && element('small', {}, detail),
    ),
  );
  const form = element(
    'form',
    { novalidate: true, method: 'post' },
    step.username !== undefined && nameForPasswordManagers(step.username),
    ...fields.map(({ row }) => row),
    ...(step.extra ?? []),
    alert,
    main,
    ways.length > 0 && main ? element('p', { class: 'or' }, texts.signIn.or) : undefined,
    ...ways,
    progress,
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const submitter = (event as SubmitEvent).submitter;
    const way = submitter?.getAttribute('value') ?? '';
    const optional = step.optionalFor?.(way) ?? [];
    const values: Record<string, string> = {};
    for (const { field, input, complain, hide } of fields) {
      // Password managers look for a password field when a form is submitted
      hide();
      values[field.name] = field.type === 'password' ? input.value : input.value.trim();
      complain(undefined);
    }
    const missing = fields.filter(
      ({ field, input }) =>
        (field.required !== false && !optional.includes(field.name) && values[field.name] === '') ||
        (values[field.name] !== '' && !input.validity.valid),
    );
    if (missing.length > 0) {
      for (const { field, complain } of missing) {
        complain(values[field.name] === '' ? texts.notices.fieldEmpty : texts.notices.fieldWrong);
      }
      missing[0]?.input.focus();
      return;
    }
    const onFailure = (explanation: Explanation, error: unknown) => {
      const offer = step.onFailure?.(explanation, error);
      if (offer) alert.append(offer);
      const named = fields.find(({ field }) => field.name === explanation.field);
      named?.mark();
      named?.input.select();
      named?.input.focus();
    };
    const button = submitter ?? main ?? form;
    const { leaving, explain } = step;
    const place = { region: form, alert, progress, leaving, texts, explain, onFailure };
    void run(
      { ...place, hasInput: fields.length > 0, worksOffline: step.worksOffline ?? false },
      button,
      (signal) => step.onSubmit({ values, way, signal }),
    );
  });

  const { problem } = step;
  // Screen readers announce what comes into a region that already exists
  if (problem !== undefined) setTimeout(() => alert.replaceChildren(element('p', {}, problem)));

  return element(
    'section',
    { class: 'step' },
    heading(step.heading),
    step.notice !== undefined && element('p', { class: 'notice', role: 'status' }, step.notice),
    step.lead && element('div', { class: 'lead' }, ...step.lead),
    form,
    step.footer && element('div', { class: 'footer' }, ...step.footer),
    step.below && element('div', { class: 'part' }, ...step.below),
  );
}

function fieldRow(field: Field, texts: Texts) {
  const { name, label, type = 'text', hint, onInput } = field;
  const id = `field-${name}`;
  const problem = element('p', { class: 'problem', id: `${id}-problem` });
  const input = element('input', {
    id,
    name,
    type,
    autocomplete: field.autocomplete,
    inputmode: field.inputmode,
    pattern: field.pattern,
    value: field.value,
    required: field.required !== false,
    autocapitalize: 'none',
    spellcheck: 'false',
  });
  if (onInput) input.addEventListener('input', () => onInput(input.value));
  const described = `${id}-problem${hint === undefined ? '' : ` ${id}-hint`}`;
  input.setAttribute('aria-describedby', described);
  /** Marks the field as the one that the alert is about. */
  const mark = () => {
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', `${described} ${ALERT_ID}`);
  };
  const complain = (text: string | undefined) => {
    input.setAttribute('aria-describedby', described);
    problem.replaceChildren(text ?? '');
    if (text === undefined) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  };
  const reveal = type === 'password' ? revealButton(input, label, texts) : undefined;
  const row = element(
    'div',
    { class: 'field' },
    element(
      'label',
      { for: id },
      label,
      field.required === false && element('span', {}, ` (${texts.fields.optional})`),
    ),
    reveal ? element('div', { class: 'with-button' }, input, reveal.button) : input,
    hint !== undefined && element('p', { class: 'hint', id: `${id}-hint` }, hint),
    problem,
  );
  return { field, row, input, mark, complain, hide: () => reveal?.show(false) };
}

function revealButton(input: HTMLInputElement, label: string, { buttons }: Texts) {
  const word = element('span');
  const button = element(
    'button',
    { type: 'button', class: 'reveal', onclick: () => show(input.type === 'password') },
    word,
    element('span', { class: 'visually-hidden' }, ` ${label.toLowerCase()}`),
  );
  const show = (shown: boolean) => {
    input.type = shown ? 'text' : 'password';
    word.textContent = shown ? buttons.hide : buttons.show;
  };
  show(false);
  return { button, show };
}

/** Makes a hidden field for the user name, under which password managers file a new password. The text above has shown the name. */
const nameForPasswordManagers = (username: string): HTMLElement =>
  element('input', {
    class: 'visually-hidden',
    type: 'text',
    name: 'username',
    autocomplete: 'username',
    value: username,
    readonly: true,
    tabindex: '-1',
    'aria-hidden': 'true',
  });
