/** The texts of the page in its language. The pool serves one script, so it has all of them. */
import type { Texts } from 'cognito-srp-engine/texts';
import { de } from 'cognito-srp-engine/texts/de';
import { en } from 'cognito-srp-engine/texts/en';
import { es } from 'cognito-srp-engine/texts/es';
import { fr } from 'cognito-srp-engine/texts/fr';
import { ja } from 'cognito-srp-engine/texts/ja';
import { pt } from 'cognito-srp-engine/texts/pt';
import { chooseLanguage, type Language } from '../../login-page/language.ts';

const TEXTS: { readonly [Name in Language]: Texts } = { en, de, fr, es, pt, ja };

/** @param asked the `lang` of the authorization request @param preferred the languages of the browser, the best first */
export const chooseTexts = (asked: string | null, preferred: readonly string[]): Texts =>
  TEXTS[chooseLanguage(asked, preferred)];
