/**
 * The realm of a test file in Deno: Jest's, without `localStorage`. Deno keeps it in one database for all workers, and a worker
 * that finds the database locked fails. Node 20 has no `localStorage`, so no unit test needs it.
 */
delete globalThis.localStorage;
module.exports = require('jest-environment-node');
