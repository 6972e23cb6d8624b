/**
 * Entry `cognito-srp-engine/file-storage`: keeps tokens and devices in a file. For Node only.
 *
 * @module cognito-srp-engine/file-storage
 */
export type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
export { fileStorage } from './file-storage.ts';
