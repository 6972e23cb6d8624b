/**
 * Entry `cognito-srp-engine/texts/fr`: the texts in French.
 *
 * @module cognito-srp-engine/texts/fr
 */
export type { Texts } from '../texts.ts';
export { fr } from './french.ts';
