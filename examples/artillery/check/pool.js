import { readFileSync } from 'node:fs';
import { createUserPool } from 'cognito-local-pool';

/** Starts the pool of `pool.json` on a free port. */
export const listenWithUsers = () => createUserPool(JSON.parse(readFileSync('pool.json', 'utf8'))).listen();
