/**
 * `node bench/reductions.js`: measures the µs of one squaring of random numbers modulo the group's N, by each reduction in
 * turn. bun, deno run and hermes -O -w run it too. `npm run test:runtimes -- --bench` writes docs/internals/performance.md.
 */
const N = BigInt(
  '0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff',
);

/**
 * @param sizes the sizes of the steps, in limbs of 64 bits
 * @param friendly whether all steps but the last use a multiple of N that is -1 modulo the step's power of two, as in
 *   src/srp/montgomery.native.ts
 */
function montgomery(sizes, { friendly = false } = {}) {
  let R = 1n;
  const steps = sizes.map((limbs, i) => {
    const bits = 64 * limbs;
    const shift = BigInt(bits);
    R <<= shift;
    let y = 1n;
    for (let known = 1; known < bits; known *= 2) y = BigInt.asUintN(2 * known, y * (2n - N * y));
    const inverse = BigInt.asUintN(bits, -y);
    const multiple = (N * inverse + 1n) >> shift;
    return friendly && i < sizes.length - 1
      ? (T) => (T >> shift) + BigInt.asUintN(bits, T) * multiple
      : (T) => (T + BigInt.asUintN(bits, BigInt.asUintN(bits, T) * inverse) * N) >> shift;
  });
  return {
    R,
    reduce: (T) => {
      let rest = T;
      for (const step of steps) rest = step(rest);
      return rest;
    },
  };
}

const mu = (1n << 6272n) / N;
const VARIANTS = {
  'Montgomery, 1 step': montgomery([49]),
  'Montgomery, 2 steps': montgomery([25, 25]),
  'Montgomery, 3 steps': montgomery([17, 17, 17]),
  'Montgomery, 4 steps': montgomery([13, 13, 13, 13]),
  'Montgomery, 7 steps': montgomery([7, 7, 7, 7, 7, 7, 7]),
  'friendly, 2 steps': montgomery([25, 25], { friendly: true }),
  'friendly, 3 steps': montgomery([17, 17, 17], { friendly: true }),
  '**friendly, 3 steps, the second a limb less**': montgomery([17, 16, 17], { friendly: true }),
  'friendly, 4 steps': montgomery([13, 13, 13, 13], { friendly: true }),
  Barrett: { R: 1n, reduce: (T) => T - (((T >> 3008n) * mu) >> 3264n) * N },
  'division (%)': { R: 1n, reduce: (T) => T % N },
};

const isHermes = typeof HermesInternal === 'object';
const clock = typeof performance === 'object' ? () => performance.now() : () => Date.now();
// The clock of Hermes counts whole milliseconds
const [SQUARINGS, ROUNDS] = isHermes ? [400, 15] : [20, 300];
const say = typeof print === 'function' ? print : console.log;
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

const names = Object.keys(VARIANTS);
const times = {};
let x = BigInt(
  `0x${Array.from({ length: 766 }, () => Math.floor(Math.random() * 16).toString(16)).join('')}`,
);
for (const name of names) {
  times[name] = [];
}
for (let round = 0; round < ROUNDS; round++) {
  for (const name of names) {
    // Hermes needs a hundred times as long for a division
    const count = isHermes && name === 'division (%)' ? 4 : SQUARINGS;
    const { R, reduce } = VARIANTS[name];
    let value = x;
    let before = x;
    const start = clock();
    for (let i = 0; i < count; i++) {
      before = value;
      value = reduce(value * value);
    }
    times[name].push(((clock() - start) * 1000) / count);
    // Checks the last of the squarings that were timed
    if ((value * R - before * before) % N !== 0n) throw new Error(name);
    x = value % N;
  }
}
for (const name of names) say(`| ${name} | ${median(times[name]).toFixed(1)} |`);
