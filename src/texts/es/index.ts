/**
 * Entry `cognito-srp-engine/texts/es`: the texts in Spanish.
 *
 * @module cognito-srp-engine/texts/es
 */
export type { Texts } from '../texts.ts';
export { es } from './spanish.ts';
