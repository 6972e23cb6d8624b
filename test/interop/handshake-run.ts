/** Compares random handshakes inside Jest, and names the seed where two disagree. */
import { randomBytes } from 'node:crypto';
import { answer } from './engine.ts';
import { createDraw, disagreement, drawHandshake, type Engines } from './handshakes.ts';

const { load } = require('./bundle.cjs') as {
  load: (
    file: string,
    build: 'native' | 'jsbn',
    requireExternal: NodeJS.Require,
    external: string[],
  ) => Engines & {
    answer: Engines['jsbn'];
  };
};

/** jsbn itself stays outside the bundle, so that it is the one whose powers are shared. */
export const engines: Engines = {
  native: answer,
  jsbn: load('engine.ts', 'jsbn', require, ['jsbn']).answer,
};

export function runHandshakes(count: number): void {
  const seed = process.env['HANDSHAKE_SEED'] ?? randomBytes(16).toString('hex');
  const draw = createDraw(seed);
  for (let i = 0; i < count; i++) {
    const handshake = drawHandshake(draw);
    const other = disagreement(handshake, engines, i, true);
    if (other !== undefined) {
      throw new Error(
        `${other} disagrees with bigint on handshake ${i} of HANDSHAKE_SEED=${seed}: ${JSON.stringify(handshake)}`,
      );
    }
  }
}
