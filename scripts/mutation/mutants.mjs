/** How a mutant is named: by texts and not by numbers, because lines move. */

const MAX_LENGTH = 100;

/** One text for each mutant, by which a row is found. Two mutants of equal text in equal lines of one file share it. */
export const keyOf = ({ file, line, from, to }) => JSON.stringify([file, line, from, to]);

/**
 * @param file its path
 * @param source the text of the file
 * @param mutant from Stryker's report
 * @returns {import('./survivors.mjs').Survivor}
 */
export function describeMutant(file, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n');
  const changed = lines.slice(start.line - 1, end.line);
  const last = changed.length - 1;
  changed[last] = changed[last].slice(0, end.column - 1);
  changed[0] = changed[0].slice(start.column - 1);
  return {
    file,
    line: lines[start.line - 1].trim(),
    from: shorten(changed.join('\n')),
    to: shorten(replacement),
  };
}

/** On one line, and not longer than a row can be read. */
function shorten(code) {
  const text = code.replace(/\s+/g, ' ').trim();
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
