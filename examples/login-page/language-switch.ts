/** Lets the user choose the language of the page. */
import { element } from '../../login-page/dom.ts';
import { LANGUAGES, type Language } from '../../login-page/language.ts';
import type { PageApp } from './page.ts';

/** A language is named in itself, so that its speakers find it. */
const nameOf = (language: Language): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

export function languageSwitch(app: PageApp, choose: (language: Language) => Promise<void>): HTMLElement {
  const select = element(
    'select',
    { class: 'language', 'aria-label': app.texts.fields.language },
    ...LANGUAGES.map((language) =>
      element(
        'option',
        { value: language, lang: language, selected: app.texts.language.startsWith(language) },
        nameOf(language),
      ),
    ),
  );
  select.addEventListener('change', async () => {
    await choose(select.value as Language);
    select.setAttribute('aria-label', app.texts.fields.language);
    // The new step has taken the focus
    select.focus();
  });
  return select;
}
