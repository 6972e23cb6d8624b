/** What TypeDoc builds the documentation site from: the public entries, the guide and the internals. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OptionDefaults } from 'typedoc';
import { readCodeInHeadings } from './site-plugin.mjs';

const docs = import.meta.dirname;
const root = resolve(docs, '..');

/** The order in which a newcomer reads the pages. Pages that are not named here follow by name. */
const READING_ORDER = [
  'README.md',
  'getting-started.md',
  'challenges.md',
  'sign-in-flow.md',
  'frameworks.md',
  'redirect-sign-in.md',
  'texts.md',
  'sign-up-and-recovery.md',
  'account.md',
  'devices.md',
  'tokens-and-storage.md',
  'server-side-rendering.md',
  'verify-tokens.md',
  'errors.md',
  'admin-and-sdk.md',
  'testing.md',
  'local-pool.md',
  'local-pool-login.md',
  'local-pool-federation.md',
  'command.md',
  'load-testing.md',
  'react-native.md',
  'versions.md',
  'moving.md',
  'architecture.md',
  'threat-model.md',
  'fuzzing.md',
  'style.md',
  'releasing.md',
];

const pagesIn = (folder) => {
  const names = existsSync(join(docs, folder)) ? readdirSync(join(docs, folder)).sort() : [];
  const pages = names.filter((name) => name.endsWith('.md'));
  const ordered = READING_ORDER.filter((name) => pages.includes(name));
  return [...new Set([...ordered, ...pages])].map((name) => join(docs, folder, name));
};

export default {
  name: 'cognito-srp-engine',
  includeVersion: true,
  readme: join(root, 'README.md'),
  tsconfig: join(docs, 'tsconfig.json'),
  // `npm run check` has TypeScript 7 check the types.
  skipErrorChecking: true,
  entryPoints: [
    'src/index.ts',
    'src/srp/index.ts',
    'src/storage/index.ts',
    'src/verify/index.ts',
    'src/flow/index.ts',
    'src/session/index.ts',
    'src/cookies/index.ts',
    'src/redirect/index.ts',
    'src/texts/index.ts',
    'src/texts/en/index.ts',
    'src/texts/de/index.ts',
    'src/texts/fr/index.ts',
    'src/texts/es/index.ts',
    'src/texts/pt/index.ts',
    'src/texts/ja/index.ts',
    'pool/src/index.ts',
    'pool/src/playwright/index.ts',
    'pool/src/cypress/index.ts',
    'pool/src/cypress/commands/index.ts',
    'pool/src/jest/index.ts',
    'pool/src/vitest/index.ts',
  ].map((file) => join(root, file)),
  projectDocuments: [
    ...['guide', 'reference', 'internals', 'internals/decisions'].flatMap(pagesIn),
    ...['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map((name) => join(root, name)),
    ...['README.md', 'docs/clients.md', 'docs/performance.md', 'model/README.md'].map((name) =>
      join(root, 'pool', name),
    ),
  ],
  plugin: ['typedoc-plugin-mdn-links', join(docs, 'site-plugin.mjs')],
  markdownItLoader: readCodeInHeadings,
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'python', 'go', 'java'],
  basePath: root,
  // Links to the sources need the address of a repository.
  disableSources: true,
  excludeInternal: true,
  customCss: join(docs, 'site.css'),
  hideGenerator: true,
  headings: { readme: false },
  // The order of this file, not of the alphabet.
  sortEntryPoints: false,
  groupOrder: ['Guide', 'Reference', 'Internals', 'Decisions', 'Project', 'Functions', 'Classes', '*'],
  navigation: { includeGroups: true },
  searchInComments: true,
  searchInDocuments: true,
  // A page that explains comes before a member that is named like the words.
  searchGroupBoosts: { Guide: 4, Project: 2, Internals: 2, Functions: 2 },
  // A public type that no entry exports, a link that leads nowhere: the build fails.
  validation: { notExported: true, invalidLink: true, invalidPath: true },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
};
