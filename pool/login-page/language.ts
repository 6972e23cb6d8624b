/** Chooses the language of the page: what the app asks for, or what the browser prefers. */
import type { Texts } from 'cognito-srp-engine/texts';
import { de } from 'cognito-srp-engine/texts/de';
import { en } from 'cognito-srp-engine/texts/en';
import { es } from 'cognito-srp-engine/texts/es';
import { fr } from 'cognito-srp-engine/texts/fr';
import { ja } from 'cognito-srp-engine/texts/ja';
import { pt } from 'cognito-srp-engine/texts/pt';

const LANGUAGES: readonly Texts[] = [en, de, fr, es, pt, ja];

/**
 * @param asked the `lang` of the authorization request, such as `de` or `pt-BR`
 * @param preferred those of the browser, the best first
 */
export function chooseTexts(asked: string | null, preferred: readonly string[]): Texts {
  const wanted = [...(asked === null ? [] : [asked]), ...preferred];
  const found = wanted.flatMap((tag) => {
    const [language = ''] = tag.toLowerCase().split('-');
    return LANGUAGES.find((texts) => texts.language === language) ?? [];
  });
  return found[0] ?? en;
}
