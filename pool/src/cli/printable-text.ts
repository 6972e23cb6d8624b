/** Turns values into texts for a terminal or a shell. */

/**
 * Makes a text harmless for a terminal. A seed may hold control characters, or characters that change the direction of
 * writing.
 */
export function toPrintable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '�');
}

/** Quotes a text where a shell needs that, so that a line can be copied. */
export function toShellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
