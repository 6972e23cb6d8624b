/** Where a text stops being JSON (RFC 8259). Not every engine's JSON.parse says it, and none without quoting. */

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** @param text one that JSON.parse refuses */
export function jsonErrorAt(text: string): Place {
  const before = text.slice(0, errorIndex(text)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing';

const PLAIN = String.raw`[^"\\\u0000-\u001f]*`;
const STRING = String.raw`"${PLAIN}(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})${PLAIN})*`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;

const BLANK = /[ \t\n\r]*/y;
const TOKEN = new RegExp(String.raw`${STRING}"|${NUMBER}|true|false|null|[{}[\],:]`, 'y');
/** As much of a string as is right. */
const STRING_BEGIN = new RegExp(STRING, 'y');

function errorIndex(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = lengthAt(BLANK, text, 0); ; at += lengthAt(BLANK, text, at)) {
    const length = lengthAt(TOKEN, text, at);
    if (length === 0) return /^(value|key)/.test(expected) ? at + lengthAt(STRING_BEGIN, text, at) : at;
    const next = after(text.slice(at, at + length), expected, open);
    if (next === undefined) return at;
    expected = next;
    at += length;
  }
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** What is expected after a token, or undefined where the token itself is not. `open` holds the brackets. */
function after(token: string, expected: Expected, open: string[]): Expected | undefined {
  const ended = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  const closes = (bracket: string) => open.at(-1) === bracket && open.pop() !== undefined;
  switch (token) {
    case '{':
    case '[':
      if (!expected.startsWith('value')) return undefined;
      open.push(token);
      return token === '{' ? 'key or }' : 'value or ]';
    case '}':
      return /}|end/.test(expected) && closes('{') ? ended() : undefined;
    case ']':
      return /]|end/.test(expected) && closes('[') ? ended() : undefined;
    case ',':
      if (expected !== 'comma or end') return undefined;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    default:
      if (expected.startsWith('key')) return token.startsWith('"') ? 'colon' : undefined;
      return expected.startsWith('value') ? ended() : undefined;
  }
}
