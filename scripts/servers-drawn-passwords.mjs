/** Draws random passwords. Password number i depends on the seed and i alone, so that a wrong signature can be repeated. */
import { createHash } from 'node:crypto';

/** The characters of the passwords: those of a keyboard, and of other scripts, with marks that combine and surrogate pairs. */
const PRINTABLE = [[0x21, 0x7e]];
const OTHERS = [
  [0xa1, 0xac],
  [0xc0, 0x17f],
  [0x300, 0x32f],
  [0x391, 0x3a1],
  [0x410, 0x44f],
  [0x5d0, 0x5ea],
  [0x627, 0x64a],
  [0x905, 0x939],
  [0x3042, 0x3093],
  [0x4e00, 0x9fa5],
  [0xac00, 0xd7a3],
  [0x1f600, 0x1f64f],
  [0x20000, 0x2a6d6],
];

/** @returns a function that draws a whole number below a limit of at most 65 536 */
function createDraw(seed) {
  // This is more than one password takes
  const bytes = createHash('shake256', { outputLength: 512 }).update(seed).digest();
  let used = 0;
  return (limit) => {
    const value = bytes.readUInt16BE(used);
    used += 2;
    return value % limit;
  };
}

function drawCharacter(draw, ranges) {
  const [first, last] = ranges[draw(ranges.length)];
  return String.fromCodePoint(first + draw(last - first + 1));
}

/** @returns a password of 6 to 40 characters and the same one with another character, which is wrong */
export function drawPasswords(seed, index) {
  const draw = createDraw(`${seed} ${index}`);
  // Half of the passwords can be typed on an American keyboard
  const ranges = index % 2 === 0 ? PRINTABLE : [...PRINTABLE, ...OTHERS];
  const characters = Array.from({ length: 6 + draw(35) }, () => drawCharacter(draw, ranges));
  // A space is allowed inside
  if (draw(4) === 0) characters[1 + draw(characters.length - 2)] = ' ';
  const changed = draw(characters.length);
  const other = drawCharacter(draw, PRINTABLE);
  const wrong = characters.with(changed, characters[changed] === other ? `${other}${other}` : other);
  return { right: characters.join(''), wrong: wrong.join('') };
}
