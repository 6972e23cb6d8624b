/** Sets up an authenticator app: its secret as a picture, to copy, and as a link on a phone, and its first code. */
import type { SoftwareTokenSecret } from 'cognito-srp-engine';
import type { Texts } from 'cognito-srp-engine/texts';
import { element, paragraph } from './dom.ts';
import { fieldOf } from './fields.ts';
import { type FormStep, formStep } from './form.ts';
import { messageRegions, run } from './work.ts';

interface AuthenticatorStep
  extends Pick<FormStep, 'texts' | 'leaving' | 'username' | 'footer' | 'onFailure'> {
  /** Fetches the secret. It is kept nowhere, so the set-up begins again with a new one after a reload. */
  readonly load: (signal: AbortSignal) => Promise<SoftwareTokenSecret>;
  readonly finish: (
    given: { readonly code: string; readonly friendlyDeviceName?: string },
    signal: AbortSignal,
  ) => Promise<void>;
}

export function authenticatorStep({ load, finish, ...step }: AuthenticatorStep): HTMLElement {
  const { texts, leaving } = step;
  const { title, instruction } = texts.mfaSetup.app;
  let isShown = false;
  const secret = element('div', { class: 'secret' });
  const begin = () => {
    const { messages, ...regions } = messageRegions();
    const retry = element('button', { type: 'button', class: 'secondary' }, texts.buttons.showQrCode);
    const show = () =>
      void run({ region: secret, ...regions, leaving, texts }, retry, async (signal) => {
        const [{ renderSVG }, loaded] = await Promise.all([import('uqr'), load(signal)]);
        const hadFocus = secret.contains(document.activeElement);
        secret.replaceChildren(...secretParts(loaded, renderSVG(loaded.otpauthUri, { border: 2 }), texts));
        // The button that was pressed is gone
        if (hadFocus) secret.querySelector<HTMLElement>('.secret-code')?.focus();
        isShown = true;
      });
    retry.addEventListener('click', show);
    secret.replaceChildren(retry, messages);
    show();
  };
  begin();
  return formStep({
    ...step,
    heading: title,
    lead: [paragraph(instruction), secret],
    fields: [
      fieldOf('code', texts, { label: texts.fields.codeOfApp }),
      { name: 'deviceName', label: texts.fields.appName, autocomplete: 'off', required: false },
    ],
    submit: texts.buttons.finish,
    working: texts.working.checking,
    onSubmit: async ({ values: { code = '', deviceName = '' }, signal }) => {
      if (!isShown) return begin();
      await finish({ code, ...(deviceName && { friendlyDeviceName: deviceName }) }, signal);
    },
  });
}

function secretParts(
  { otpauthUri, secretCode }: SoftwareTokenSecret,
  svg: string,
  { mfaSetup, fields, buttons, notices }: Texts,
): readonly HTMLElement[] {
  const groups = (secretCode.match(/.{1,4}/g) ?? []).map((group) => element('span', {}, group));
  const status = element('span', { class: 'visually-hidden', role: 'status' });
  const word = element('span', {}, buttons.copy);
  const copy = async () => {
    await navigator.clipboard.writeText(secretCode);
    for (const each of [word, status]) each.textContent = notices.copied;
  };
  const onclick = () => void copy().catch(() => undefined);
  return [
    element('img', {
      class: 'qr',
      alt: mfaSetup.qrCode,
      src: `data:image/svg+xml,${encodeURIComponent(svg)}`,
    }),
    // The style sheet shows it where there is no mouse: a phone cannot scan its own screen
    element('a', { class: 'secondary open-in-app', href: otpauthUri }, mfaSetup.openInApp),
    element('p', { class: 'hint' }, mfaSetup.secretHint),
    element(
      'code',
      { class: 'secret-code', tabindex: '0', role: 'group', 'aria-label': fields.secret, dir: 'ltr' },
      ...groups,
    ),
    element('button', { type: 'button', class: 'secondary copy', onclick }, word),
    status,
  ];
}
