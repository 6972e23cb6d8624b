/**
 * Counts the lines of code of the page: all of `src` besides markup and styles.
 *
 * Not counted are blank lines, comments, lines of brackets alone, style sheets, and markup. Markup is, in JSX, an element that begins at
 * the begin of a line, down to its end; in Vue and Svelte, what stands outside the script. A line of markup that has a function
 * counts, because it says what happens, except for the functions of `map`, which repeat markup.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns file name → number of lines of code */
export const countLines = (folder) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /\.(ts|tsx|vue|svelte)$/.test(name))
      .map((name) => [name, codeOf(readFileSync(join(folder, name), 'utf8'), name).length]),
  );

function codeOf(text, name) {
  const lines = text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|<style[\s\S]*?<\/style>/g, '').split('\n');
  const isMarkup = /\.(vue|svelte)$/.test(name) ? outsideOfScript(lines) : insideOfElement(lines);
  return lines.filter((line, index) => {
    const isCode = /\w/.test(line) && !/^\s*\/\//.test(line);
    return isCode && (!isMarkup[index] || /(?<!\.map\(\(.*\) )=>/.test(line));
  });
}

function outsideOfScript(lines) {
  let isInside = false;
  return lines.map((line) => {
    if (line.startsWith('</script')) isInside = false;
    const isMarkup = !isInside;
    if (line.startsWith('<script')) isInside = true;
    return isMarkup;
  });
}

/** An element ends at the line with its own indentation that closes it. */
function insideOfElement(lines) {
  let end;
  return lines.map((line) => {
    if (end) {
      if (end.test(line)) end = undefined;
      return true;
    }
    const [, indent, tag] = /^(\s*)<([A-Z]?\w*)/i.exec(line) ?? [];
    if (indent === undefined) return false;
    const isOneLine = line.endsWith('/>') || line.endsWith(`</${tag}>`);
    if (!isOneLine) end = new RegExp(`^${indent}(/>|</${tag}>)`);
    return true;
  });
}
