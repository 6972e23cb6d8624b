/**
 * `npm run sbom`: writes a bill of materials for each package into release/, in CycloneDX 1.6: what its build contains, and what npm
 * installs with it. It needs no network: the build names what is bundled (dist/third-party-licenses.txt), and package-lock.json the rest.
 *
 * npm's own `npm sbom` does not know what a bundle contains, because those packages are development dependencies.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWhereOld } from '../built.mjs';
import { readLicenses } from '../licenses.mjs';
import { PACKAGES, packageJsonOf, RELEASE_FOLDER, readJson, readText, root } from './packages.mjs';

/** These entries of third-party-licenses.txt do not come from a registry. */
const NOT_OF_NPM = { llhttp: 'library', 'cognito-idp-service-model': 'data' };

const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const licensesOf = (license) =>
  / (AND|OR|WITH) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }];

/** `sha512-…` in base64 → CycloneDX's hash in hexadecimal. */
function hashesOf(integrity) {
  const [, digest] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  return digest === undefined
    ? {}
    : { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] };
}

/** The packages of package-lock.json by `name@version`, and by their place. */
function readLock(lock) {
  const installed = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));
  const named = installed.map(([path, entry]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { path, name, ...entry };
  });
  return {
    byVersion: new Map(named.map((entry) => [`${entry.name}@${entry.version}`, entry])),
    /** Where Node finds it from a package: next to it first, then further up. */
    find(name, from) {
      for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
        const found = named.find(
          ({ path }) => path === `${place === '' ? '' : `${place}/`}node_modules/${name}`,
        );
        if (found !== undefined) return found;
        if (place === '') throw new Error(`package-lock.json has no ${name}, which ${from} needs`);
      }
    },
  };
}

function bundledComponent({ name, version, license }, lock) {
  const properties = [{ name: 'cdx:npm:package:bundled', value: 'true' }];
  const type = NOT_OF_NPM[name];
  if (type !== undefined) {
    return {
      type,
      'bom-ref': `${name}@${version}`,
      name,
      version,
      licenses: licensesOf(license),
      ...(type === 'library' && { scope: 'required' }),
      properties,
    };
  }
  const ref = purlOf(name, version);
  return {
    type: 'library',
    'bom-ref': ref,
    name,
    version,
    scope: 'required',
    ...hashesOf(lock.byVersion.get(`${name}@${version}`)?.integrity),
    licenses: licensesOf(license),
    purl: ref,
    properties,
  };
}

/** @returns what npm installs with the package: each with the references of its own dependencies */
function installedOf(dependencies, lock) {
  const found = new Map();
  const add = (name, from) => {
    const entry = lock.find(name, from);
    const ref = purlOf(name, entry.version);
    if (!found.has(ref)) {
      found.set(ref, undefined);
      const dependsOn = Object.keys(entry.dependencies ?? {}).map((other) => add(other, entry.path));
      found.set(ref, { ref, name, entry, dependsOn: dependsOn.sort() });
    }
    return ref;
  };
  const direct = Object.keys(dependencies).map((name) => add(name, ''));
  return { direct: direct.sort(), all: [...found.values()] };
}

const installedComponent = ({ ref, name, entry }) => ({
  type: 'library',
  'bom-ref': ref,
  name,
  version: entry.version,
  scope: 'required',
  ...hashesOf(entry.integrity),
  ...(entry.license !== undefined && { licenses: licensesOf(entry.license) }),
  purl: ref,
});

/**
 * @param {object} packageJson
 * @param {readonly { name: string, version: string, license: string }[]} bundled
 * @param {object} packageLock
 * @param {string} [timestamp] of the commit, so that the same commit has the same bill
 * @returns {object} the bill
 */
export function sbomOf(packageJson, bundled, packageLock, timestamp) {
  const lock = readLock(packageLock);
  const { name, version, description, license, dependencies = {} } = packageJson;
  const self = purlOf(name, version);
  const installed = installedOf(dependencies, lock);
  const components = new Map();
  for (const one of installed.all) components.set(one.ref, installedComponent(one));
  // One that is bundled into CommonJS and installed for ESM is both
  for (const one of bundled) {
    const component = bundledComponent(one, lock);
    components.set(component['bom-ref'], component);
  }
  const bundledRefs = bundled.map((one) => bundledComponent(one, lock)['bom-ref']);
  const all = [...components.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const dependsOn = new Map(installed.all.map((one) => [one.ref, one.dependsOn]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(timestamp !== undefined && { timestamp }),
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'library',
        'bom-ref': self,
        name,
        version,
        description,
        licenses: licensesOf(license),
        purl: self,
      },
    },
    components: all,
    dependencies: [
      { ref: self, dependsOn: [...new Set([...installed.direct, ...bundledRefs])].sort() },
      ...all.map(({ 'bom-ref': ref }) => ({ ref, dependsOn: dependsOn.get(ref) ?? [] })),
    ],
  };
}

/** @returns the time of the commit, or nothing where there is no repository */
function commitTime() {
  try {
    const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
    return new Date(Number(seconds) * 1000).toISOString();
  } catch {
    return undefined;
  }
}

/**
 * Writes `release/NAME-VERSION.cdx.json` for each package.
 *
 * @returns {readonly { file: string, components: number }[]}
 */
export function writeSboms() {
  mkdirSync(RELEASE_FOLDER, { recursive: true });
  const lock = readJson('package-lock.json');
  const timestamp = commitTime();
  return PACKAGES.map((onePackage) => {
    const packageJson = packageJsonOf(onePackage);
    const bundled = readLicenses(readText(join(onePackage.folder, 'dist/third-party-licenses.txt')));
    const sbom = sbomOf(packageJson, bundled, lock, timestamp);
    const file = join(RELEASE_FOLDER, `${packageJson.name}-${packageJson.version}.cdx.json`);
    writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
    return { file, components: sbom.components.length };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildWhereOld(console.error);
  for (const { file, components } of writeSboms()) console.log(`${file}: ${components} components`);
}
