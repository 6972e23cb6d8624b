/**
 * Entry `cognito-srp-engine/texts/de`: the texts in German.
 *
 * @module cognito-srp-engine/texts/de
 */
export type { Texts } from '../texts.ts';
export { de } from './german.ts';
