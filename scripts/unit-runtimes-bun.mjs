/**
 * Prepares the unit tests in Bun. Bun has a module of its own for the name `undici`, which takes no proxies. The built command brings the
 * package of npm with it, so the tests need that one.
 */
import { mock } from 'bun:test';
import { join } from 'node:path';

const undici = await import(join(import.meta.dirname, '../node_modules/undici/index.js'));
mock.module('undici', () => undici);
