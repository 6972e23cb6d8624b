/** Runs the example, which is itself a test file. */
import '../../examples/jest/greeting.test.ts';
