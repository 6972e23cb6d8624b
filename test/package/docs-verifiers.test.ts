/** The guide shows the verifiers that `npm run test:verifiers` runs, and the versions that it installs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageLock from '../../package-lock.json' with { type: 'json' };
import { root } from '../support/node-process.ts';
import { blocks, textOf } from './docs-blocks.ts';

const PAGE = 'docs/guide/verify-tokens.md';
const VERIFIERS = join(root, 'pool/test/verifiers');
const textIn = (path: string) => readFileSync(join(VERIFIERS, path), 'utf8');

test.each([
  'node/engine.ts',
  'node/aws-jwt-verify.ts',
  'node/jose.ts',
  'node/jsonwebtoken.ts',
  'python/verifier.py',
  'go/verifier.go',
  'java/src/main/java/Verifier.java',
])('the guide shows %s', (path) => {
  const shown = blocks.filter(({ page }) => page === PAGE).map(({ code }) => code);
  expect(shown).toContain(textIn(path));
});

test.each([
  ['aws-jwt-verify', packageLock.packages['node_modules/aws-jwt-verify'].version],
  ['jose', packageLock.packages['node_modules/jose'].version],
  ['jwks-rsa', packageLock.packages['node_modules/jwks-rsa'].version],
  ['jsonwebtoken', packageLock.packages['node_modules/jsonwebtoken'].version],
  ['PyJWT', /^PyJWT==(.*)$/m.exec(textIn('python/requirements.txt'))?.[1]],
  ['lestrrat-go/jwx', /jwx\/v3 v(\S+)/.exec(textIn('go/go.mod'))?.[1]],
  ['Spring Security', /oauth2-jose<\/artifactId>\s*<version>(.*)</.exec(textIn('java/pom.xml'))?.[1]],
])('the guide says which version of %s is tested', (name, version) => {
  const row = textOf(PAGE)
    .split('\n')
    .find((line) => line.startsWith('| [') && line.includes(name));
  expect(row).toContain(` ${version}`);
});
