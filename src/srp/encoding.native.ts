/** UTF-8 and base64 by the engine's own `TextEncoder`, `atob` and `btoa`. */

/** What this module needs from the engine. */
export const encodingNeeds: readonly string[] = ['TextEncoder', 'atob', 'btoa'];

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** @param text well-formed standard base64: see `isBase64` */
export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
