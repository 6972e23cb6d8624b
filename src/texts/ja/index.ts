/**
 * Entry `cognito-srp-engine/texts/ja`: the texts in Japanese.
 *
 * @module cognito-srp-engine/texts/ja
 */
export type { Texts } from '../texts.ts';
export { ja } from './japanese.ts';
