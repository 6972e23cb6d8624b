/** Prepares the tests that start browsers or processes, which start slowly on a busy machine. A test that passes does not wait for this limit. */
jest.setTimeout(180_000);
