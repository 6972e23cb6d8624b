import { readFileSync } from 'node:fs';
import { createUserPool } from 'cognito-local-pool';

/** Starts the pool of `pool.json` on a free port. */
export const listenWithUsers = () => createUserPool(JSON.parse(readFileSync('pool.json', 'utf8'))).listen();

/** What `npm run build` makes. */
export const BUNDLES = ['dist/whole-engine.js', 'dist/srp-alone.js'];
