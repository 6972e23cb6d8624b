/**
 * Finds the place where a text stops being JSON (RFC 8259). The messages of JSON.parse do not serve: some have no
 * place, and most quote the text, which may hold secrets.
 *
 * It keeps the open brackets in a list instead of calling itself, so that no depth of nesting exhausts the stack.
 */

export interface Place {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
}

/** @param text one that JSON.parse refuses */
export function findJsonError(text: string): Place {
  const linesBefore = text.slice(0, findErrorIndex(text)).split('\n');
  return { line: linesBefore.length, column: (linesBefore.at(-1)?.length ?? 0) + 1 };
}

const PLAIN_CHARACTERS = String.raw`[^"\\\u0000-\u001f]*`;
const ESCAPE = String.raw`\\(?:["\\/bfnrt]|u[\da-fA-F]{4})`;
const STRING_START = `"${PLAIN_CHARACTERS}(?:${ESCAPE}${PLAIN_CHARACTERS})*`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;

// Sticky patterns match at lastIndex and nowhere else.
const WHITESPACE = /[ \t\n\r]*/y;
const TOKEN = new RegExp(`${STRING_START}"|${NUMBER}|true|false|null|[{}[\\],:]`, 'y');
/** The valid beginning of a string that is broken or cut off. */
const BROKEN_STRING = new RegExp(STRING_START, 'y');

function matchLength(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0].length ?? 0;
}

type Bracket = '{' | '[';

/** What may come next. "First" means that the bracket may also be closed at once, because it was just opened. */
type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma or end' | 'nothing';

function findErrorIndex(text: string): number {
  const openBrackets: Bracket[] = [];
  let expected: Expected = 'value';
  let index = matchLength(WHITESPACE, text, 0);
  let length = matchLength(TOKEN, text, index);
  while (length > 0) {
    const next = readToken(text.slice(index, index + length), expected, openBrackets);
    if (next === undefined) return index;
    expected = next;
    index += length;
    index += matchLength(WHITESPACE, text, index);
    length = matchLength(TOKEN, text, index);
  }
  const canBeString = expected !== 'colon' && expected !== 'comma or end' && expected !== 'nothing';
  return canBeString ? index + matchLength(BROKEN_STRING, text, index) : index;
}

/**
 * @param openBrackets the outermost first; it is changed when the token is a bracket
 * @returns what may come after the token, or undefined if the token itself may not come here
 */
function readToken(token: string, expected: Expected, openBrackets: Bracket[]): Expected | undefined {
  switch (expected) {
    case 'first value':
      return token === ']' ? closeBracket(token, openBrackets) : readValue(token, openBrackets);
    case 'value':
      return readValue(token, openBrackets);
    case 'first key':
      return token === '}' ? closeBracket(token, openBrackets) : readKey(token);
    case 'key':
      return readKey(token);
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma or end':
      if (token !== ',') return closeBracket(token, openBrackets);
      return openBrackets.at(-1) === '{' ? 'key' : 'value';
    case 'nothing':
      return undefined;
  }
}

function readValue(token: string, openBrackets: Bracket[]): Expected | undefined {
  if (token === '{' || token === '[') {
    openBrackets.push(token);
    return token === '{' ? 'first key' : 'first value';
  }
  const isPunctuation = /^[}\],:]$/.test(token);
  return isPunctuation ? undefined : expectAfterValue(openBrackets);
}

const readKey = (token: string): Expected | undefined => (token.startsWith('"') ? 'colon' : undefined);

function closeBracket(token: string, openBrackets: Bracket[]): Expected | undefined {
  const closing = openBrackets.at(-1) === '{' ? '}' : ']';
  if (token !== closing) return undefined;
  openBrackets.pop();
  return expectAfterValue(openBrackets);
}

const expectAfterValue = (openBrackets: readonly Bracket[]): Expected =>
  openBrackets.length === 0 ? 'nothing' : 'comma or end';
