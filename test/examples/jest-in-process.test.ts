/** Runs the example, which is itself a test file. */
import '../../examples/jest-in-process/greeting.test.ts';
