/** Compares two reports of a public interface, and says which version the difference needs. */

/** @returns the declarations of a report, by section and text */
function declarationsOf(report) {
  const found = new Map();
  for (const [, title = '', body = ''] of report.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |(?![\s\S]))/gm)) {
    // Each item of a list is a name, exported again
    for (const text of body.split(/\n\n+|^```.*$|\n(?=- `)/m).map((part) => part.trim())) {
      if (text !== '' && !text.startsWith('From `')) found.set(`${title}\n${text}`, { title, text });
    }
  }
  return found;
}

const nameOf = (text) =>
  /^(?:\/\*\* @deprecated \*\/\n|\/\/ exported as \w+\n)*(?:abstract )?(?:interface|type|class|function|const|let|enum) ([\w$]+)/.exec(
    text,
  )?.[1] ?? text.replace(/^- `(.+)`$/, '$1').split('\n')[0];

/**
 * @returns {{ removed: string[], changed: string[], added: string[] }} names with their section. A changed declaration counts as
 *   breaking, because whether it is can be seen by a reader only
 */
export function compareReports(before, after) {
  const [was, is] = [declarationsOf(before), declarationsOf(after)];
  const label = ({ title, text }) => `${title}: ${nameOf(text)}`;
  const lost = [...was].filter(([key]) => !is.has(key)).map(([, value]) => label(value));
  const gained = [...is].filter(([key]) => !was.has(key)).map(([, value]) => label(value));
  return {
    removed: lost.filter((name) => !gained.includes(name)),
    changed: lost.filter((name) => gained.includes(name)),
    added: gained.filter((name) => !lost.includes(name)),
  };
}

/**
 * @param {string} released the version that was published last
 * @param {string} next
 * @param {{ removed: string[], changed: string[], added: string[] }} changes of the public interface in between
 * @returns {string | undefined} why `next` is too small a step. Before 1.0.0 a minor version may break
 */
export function stepTooSmall(released, next, { removed, changed, added }) {
  const [from, to] = [released, next].map((version) => version.split('.').map(Number));
  if (to[0] > from[0] || (from[0] === 0 && to[1] > from[1])) return undefined;
  if (removed.length + changed.length > 0) {
    const wanted = from[0] === 0 ? `0.${from[1] + 1}.0` : `${from[0] + 1}.0.0`;
    return `${next} takes away or changes what ${released} has, so it must be ${wanted} at least`;
  }
  if (added.length > 0 && to[1] === from[1]) {
    return `${next} adds to ${released}, so it must be ${from[0]}.${from[1] + 1}.0 at least`;
  }
  return undefined;
}
