/** A bar for each implementation and measurement, as SVG without scripts or fonts of its own. */
const WHAT = { cryptography: 'Cryptography of one sign-in', signIn: 'Whole signIn, stub fetch' };
const [WIDTH, LABEL, ROW] = [760, 250, 24];

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/**
 * @param milliseconds by name, then by measurement
 * @param highlighted the name whose bars stand out
 */
export function createChart(milliseconds, highlighted) {
  let y = 0;
  const parts = [];
  for (const [what, title] of Object.entries(WHAT)) {
    const rows = Object.entries(milliseconds)
      .filter(([, values]) => values[what] !== undefined)
      .sort(([, a], [, b]) => a[what] - b[what]);
    const longest = Math.max(...rows.map(([, values]) => values[what]));
    y += 34;
    parts.push(`<text x="8" y="${y}" font-weight="bold">${title}, ms (shorter is better)</text>`);
    y += 12;
    for (const [name, { [what]: value }] of rows) {
      const width = Math.max(2, ((WIDTH - LABEL - 80) * value) / longest);
      const color = name === highlighted ? '#0a7d4f' : '#8a94a6';
      parts.push(
        `<text x="${LABEL - 8}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>`,
        `<rect x="${LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 7}" fill="${color}"/>`,
        `<text x="${(LABEL + width + 6).toFixed(1)}" y="${y + 15}">${value.toFixed(1)}</text>`,
      );
      y += ROW;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 12}" font-family="sans-serif" font-size="13" fill="#1c2430">
<title>Time of one sign-in by implementation</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}
