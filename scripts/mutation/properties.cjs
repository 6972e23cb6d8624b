/**
 * How the tests of properties run while mutants are tried.
 *
 * - The cases are always the same, so that a mutant does not survive by chance once in a while.
 * - A case that fails is not made smaller, because nobody reads it. Some properties take seconds for each step of that.
 */
require('fast-check').configureGlobal({ seed: 20_261_127, endOnFailure: true });
