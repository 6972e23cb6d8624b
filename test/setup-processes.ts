/** Browsers and processes start slowly on a busy machine. A test that passes does not wait for this limit. */
jest.setTimeout(180_000);
