/** Makes one step: a heading, one form and its messages. Every screen that asks something is made of it. */
import type { Texts } from 'cognito-srp-engine/texts';
import { type Child, element, heading, textButton } from './dom.ts';
import type { Explanation } from './explanations.ts';
import { messageRegions, run } from './work.ts';

/** What stands below a form: a text, a link, or a button with work of its own. */
export type FooterItem =
  | Child
  | { readonly label: string; readonly work: (signal: AbortSignal) => Promise<void> };

export interface Field {
  readonly name: string;
  readonly label: string;
  /** A value of https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill */
  readonly autocomplete: string;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'url' | 'date';
  readonly inputmode?: 'text' | 'numeric';
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
  readonly notice?: string | false | undefined;
  /** What was wrong with the answer before this one. It is shown as an error. */
  readonly problem?: string | false | undefined;
  readonly fields?: readonly Field[];
  /** Shown between the fields and the button. */
  readonly extra?: readonly Child[];
  /** The label of the button that Enter presses. Without one, the buttons of `ways` are the answers. */
  readonly submit?: string | undefined;
  /** What the pressed button says while the answer is under way. */
  readonly working?: string;
  /** More buttons that submit. The name of the pressed one is `answer.way`. */
  readonly ways?: readonly { readonly way: string; readonly label: string; readonly detail?: string }[];
  /** Shown below the form. */
  readonly footer?: readonly FooterItem[];
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
  /** Says what a new password lacks, for the message that it was refused. */
  readonly missing?: (() => string) | undefined;
  /** Names the fields that may stay empty when this button is pressed. */
  readonly optionalFor?: (way: string) => readonly string[];
  /** Explains an error that means something else here than elsewhere. */
  readonly explain?: (error: unknown) => Explanation | undefined;
  /** Makes what is offered after a failure. */
  readonly onFailure?: (explanation: Explanation, error: unknown) => Child | undefined;
}

/** The alert of the form, which describes the field that it is about. A page shows one form at a time. */
const ALERT_ID = 'form-alert';
const HEADING_ID = 'form-heading';
const LEAD_ID = 'form-lead';

export function formStep(step: FormStep): HTMLElement {
  const { alert, progress, messages } = messageRegions();
  alert.id = ALERT_ID;
  const { texts, working, leaving } = step;
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
    // Without a heading that has the focus, screen readers read these when they come to the first field
    {
      novalidate: true,
      method: 'post',
      'aria-labelledby': HEADING_ID,
      'aria-describedby': step.lead && LEAD_ID,
    },
    step.username !== undefined && nameForPasswordManagers(step.username),
    ...fields.map(({ row }) => row),
    ...(step.extra ?? []),
    main,
    main && messages,
    ways.length > 0 && main ? element('p', { class: 'or' }, texts.signIn.or) : undefined,
    ...ways,
    !main && messages,
  );
  const place = { region: form, alert, progress, leaving, texts, hasInput: fields.length > 0 };

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
      const about = explanation.field;
      const named = fields.find(({ field }) => field.name === about);
      if (about === 'newPassword' && step.missing?.()) alert.append(element('p', {}, step.missing()));
      if (offer) alert.append(offer);
      named?.mark();
      named?.input.select();
      named?.input.focus();
    };
    const button = submitter ?? main ?? form;
    const { explain, worksOffline = false } = step;
    void run({ ...place, working, explain, onFailure, worksOffline }, button, (signal) =>
      step.onSubmit({ values, way, signal }),
    );
  });

  const footerItem = (item: FooterItem): Child => {
    if (typeof item !== 'object' || !('work' in item))
      return typeof item === 'string' ? element('span', {}, item) : item;
    const button = textButton(
      item.label,
      () => void run({ ...place, working: texts.working.sending }, button, item.work),
    );
    return button;
  };
  const { problem } = step;
  // Screen readers announce what comes into a region that already exists
  if (problem) setTimeout(() => alert.replaceChildren(element('p', {}, problem)));

  return element(
    'section',
    { class: 'step' },
    heading(step.heading, HEADING_ID),
    !!step.notice && element('p', { class: 'notice', role: 'status' }, step.notice),
    step.lead && element('div', { class: 'lead', id: LEAD_ID }, ...step.lead),
    form,
    step.footer && element('div', { class: 'footer' }, ...step.footer.map(footerItem)),
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
    inputmode: field.inputmode === 'numeric' && 'numeric',
    pattern: field.pattern,
    value: field.value,
    required: field.required !== false,
    autocapitalize: 'none',
    spellcheck: 'false',
    dir: directionOf(type, field.inputmode),
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

/** A name can be in any script. What is made of Latin letters and digits runs from left to right in every language. */
function directionOf(type: Field['type'], inputmode: Field['inputmode']): 'auto' | 'ltr' | undefined {
  if (type === 'password') return undefined;
  return type === 'text' && inputmode !== 'numeric' ? 'auto' : 'ltr';
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
