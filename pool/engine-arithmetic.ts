/**
 * What the local pool takes from the engine's sources: the integer arithmetic, and no formula of SRP
 * (docs/internals/decisions). It stands outside `src`, so that no file there imports the engine by its path. The build
 * copies it into the package, which therefore does not depend on the engine's.
 */
export { powersModulo } from '../src/srp/big-integer.native.ts';
