/**
 * What React Native brings and the bare Hermes of npm does not: docs/runtimes.md names each. Written out here so
 * that it is clear how little it is. `atob` takes standard base64 with padding, which is all the package gives it.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

globalThis.TextEncoder = function TextEncoder() {};
globalThis.TextEncoder.prototype.encode = (text) => {
  // Lone surrogates are U+FFFD, as the standard has it; encodeURIComponent would throw
  const whole = text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (unit) =>
    unit.length === 2 ? unit : '\uFFFD',
  );
  const bytes = [];
  encodeURIComponent(whole).replace(/%(..)|[^%]/g, (char, hex) => {
    bytes.push(hex ? parseInt(hex, 16) : char.charCodeAt(0));
    return '';
  });
  return Uint8Array.from(bytes);
};

globalThis.btoa = function btoa(latin1) {
  let out = '';
  for (let i = 0; i < latin1.length; i += 3) {
    const n = (latin1.charCodeAt(i) << 16) | (latin1.charCodeAt(i + 1) << 8) | latin1.charCodeAt(i + 2);
    const left = latin1.length - i;
    out += ALPHABET[n >> 18] + ALPHABET[(n >> 12) & 63];
    out += (left > 1 ? ALPHABET[(n >> 6) & 63] : '=') + (left > 2 ? ALPHABET[n & 63] : '=');
  }
  return out;
};

globalThis.atob = function atob(base64) {
  let out = '';
  for (let i = 0; i < base64.length; i += 4) {
    let n = 0;
    for (let j = 0; j < 4; j++) n = (n << 6) | Math.max(0, ALPHABET.indexOf(base64[i + j]));
    out += String.fromCharCode(n >> 16, (n >> 8) & 255, n & 255);
  }
  return out.slice(0, out.length - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0));
};

// The command's own runs at once, whatever the delay: every time limit would have passed. React Native's waits.
globalThis.setTimeout = undefined;
