/**
 * Entry `cognito-srp-engine/texts/pt`: the texts in Portuguese, as it is written in Brazil.
 *
 * @module cognito-srp-engine/texts/pt
 */
export type { Texts } from '../texts.ts';
export { pt } from './portuguese.ts';
