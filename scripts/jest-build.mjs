/** Builds dist/ before the tests of a project that need it, where it is missing or older than what it is made of. */
import { buildWhereOld } from './built.mjs';

export default function setUp() {
  try {
    buildWhereOld(console.error);
  } catch {
    // The other projects' tests do not need it, so they still run
    console.error('The build has failed, so tests of the built package will fail');
  }
}
