/**
 * Entry `cognito-srp-engine/texts/en`: the texts in English.
 *
 * @module cognito-srp-engine/texts/en
 */
export type { Texts } from '../texts.ts';
export { en } from './english.ts';
