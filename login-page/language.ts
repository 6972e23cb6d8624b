/** Chooses the language of a page: what was asked for, or what the browser prefers. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * @param asked a BCP 47 tag, such as `de` or `pt-BR`
 * @param preferred those of the browser, the best first
 */
export function chooseLanguage(asked: string | null | undefined, preferred: readonly string[]): Language {
  const wanted = [asked ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0]);
  return wanted.flatMap((tag) => LANGUAGES.find((language) => language === tag) ?? [])[0] ?? 'en';
}
