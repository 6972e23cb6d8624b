/** Puts values into texts, and replaces texts by an application's own. */
import type { Template, Texts } from './texts.ts';

/**
 * Puts values into a text with placeholders.
 *
 * @param template the text: `At least {count} characters`
 * @param values placeholder → value
 * @returns the text with the values. A placeholder without a value stays as it is.
 * @example
 * ```ts
 * import { fill } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * console.log(fill(en.account.greeting, { name: 'Alice' })); // Hello, Alice
 * ```
 */
export const fill = <Name extends string>(
  template: Template<Name>,
  values: Readonly<Record<Name, string | number>>,
): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name as Name]) : placeholder,
  );

/** The texts to replace, by their place: `{ errors: { THROTTLED: '…' } }`. */
export type TextChanges<T = Texts> = {
  readonly [Key in keyof T]?: T[Key] extends string ? T[Key] : TextChanges<T[Key]>;
};

/**
 * Replaces texts of a language by an application's own.
 *
 * @param texts the texts of a language
 * @param changes the texts to replace. A text with a placeholder must have it again.
 * @returns new texts; the ones that were given do not change
 * @example
 * ```ts
 * import { overrideTexts } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * const texts = overrideTexts(en, { signIn: { title: 'Welcome to Example' } });
 * console.log(texts.signIn.title);
 * ```
 */
export const overrideTexts = (texts: Texts, changes: TextChanges): Texts => replaced(texts, changes);

function replaced<T extends object>(texts: T, changes: TextChanges<T>): T {
  const members = Object.entries(texts).map(([name, text]) => {
    const change = (changes as Readonly<Record<string, unknown>>)[name];
    const isGroup = typeof text === 'object' && typeof change === 'object' && change !== null;
    return [name, isGroup ? replaced(text, change) : (change ?? text)];
  });
  // Every member is the old one or one of the same type
  return Object.fromEntries(members) as T;
}
