/** `npm run build`: builds both packages, cognito-srp-engine into dist/ and cognito-local-pool into pool/dist/. */
import { buildEngine } from './build-engine.mjs';
import { buildPool } from './build-pool.mjs';
import { root } from './build-steps.mjs';

process.chdir(root);
await buildEngine();
await buildPool();
