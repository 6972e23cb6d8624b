/** Draws the chart of the bench as SVG without scripts or fonts: bars, and lines over the number of the sign-in. */
const BARS = {
  cryptography: '(a) Cryptography of one sign-in',
  signIn: '(b) Whole signIn, stub fetch',
  device: '(c) One device verifier',
};
const [WIDTH, LABEL, ROW, PLOT] = [760, 250, 24, 240];
const [OURS, OTHERS] = ['#0a7d4f', ['#5b6b86', '#a3622b', '#7a4fa3', '#2f6fb0', '#8a8f2b']];

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const text = (x, y, content, more = '') => `<text x="${x}" y="${y}"${more}>${escaped(content)}</text>`;
const heading = (y, content) => text(8, y, content, ' font-weight="bold"');

/** Draws the bars of one measurement, the fastest first. */
function bars(top, title, values, highlighted) {
  const rows = Object.entries(values).sort(([, a], [, b]) => a - b);
  const longest = rows.at(-1)[1];
  const parts = [heading(top + 20, `${title}, ms (shorter is better)`)];
  rows.forEach(([name, value], i) => {
    const y = top + 32 + i * ROW;
    const width = Math.max(2, ((WIDTH - LABEL - 80) * value) / longest);
    const fill = name === highlighted ? OURS : '#8a94a6';
    parts.push(
      text(LABEL - 8, y + 15, name, ' text-anchor="end"'),
      `<rect x="${LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 7}" fill="${fill}"/>`,
      text((LABEL + width + 6).toFixed(1), y + 15, value.toFixed(1)),
    );
  });
  return { parts, bottom: top + 32 + rows.length * ROW };
}

/** Draws ms over the number of the sign-in in its process. Both scales are logarithmic. */
function lines(top, title, series, highlighted) {
  const numbers = Object.keys(Object.values(series)[0]).map(Number);
  const all = Object.values(series).flatMap(Object.values);
  const [low, high] = [Math.log(Math.min(...all) / 1.3), Math.log(Math.max(...all) * 1.3)];
  const [left, right] = [60, WIDTH - 250];
  const x = (n) => left + ((right - left) * Math.log(n)) / Math.log(numbers.at(-1));
  const y = (ms) => top + 40 + PLOT * (1 - (Math.log(ms) - low) / (high - low));
  const parts = [heading(top + 20, `${title}, ms (lower is better; scales by factors)`)];
  for (const ms of [1, 3, 10, 30, 100, 300, 1000, 3000]) {
    if (Math.log(ms) < low || Math.log(ms) > high) continue;
    const at = y(ms).toFixed(1);
    parts.push(
      `<line x1="${left}" x2="${right}" y1="${at}" y2="${at}" stroke="#e2e6ee"/>`,
      text(left - 8, Number(at) + 4, String(ms), ' text-anchor="end"'),
    );
  }
  for (const n of numbers)
    parts.push(text(x(n).toFixed(1), top + 40 + PLOT + 18, String(n), ' text-anchor="middle"'));
  const last = (name) => series[name][numbers.at(-1)];
  let above = Number.NEGATIVE_INFINITY;
  Object.keys(series)
    .sort((a, b) => last(b) - last(a))
    .forEach((name, i) => {
      const points = numbers.map((n) => `${x(n).toFixed(1)},${y(series[name][n]).toFixed(1)}`).join(' ');
      const [color, width] = name === highlighted ? [OURS, 3] : [OTHERS[i % OTHERS.length], 1.5];
      // The names of lines that end close together are written one below the other
      above = Math.max(y(last(name)) + 4, above + 15);
      parts.push(
        `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="${width}"/>`,
        text(right + 8, above.toFixed(1), name, ` fill="${color}"`),
      );
    });
  return { parts, bottom: top + 40 + PLOT + 24 };
}

/**
 * @param milliseconds ms by name, then by measurement
 * @param nth ms by name, then by the number of the sign-in in its process
 * @param highlighted the name that is drawn in another colour
 */
export function createChart(milliseconds, nth, highlighted) {
  const parts = [];
  let bottom = 8;
  const add = (drawn) => {
    parts.push(...drawn.parts);
    bottom = drawn.bottom + 8;
  };
  for (const [what, title] of Object.entries(BARS)) {
    const values = Object.entries(milliseconds)
      .filter(([, { [what]: value }]) => value !== undefined)
      .map(([name, { [what]: value }]) => [name, value]);
    add(bars(bottom, title, Object.fromEntries(values), highlighted));
  }
  add(lines(bottom, '(f) The first, second, … signIn of a process', nth, highlighted));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 8}" font-family="sans-serif" font-size="13" fill="#1c2430">
<title>Time of a sign-in and of a device verifier by implementation</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}
