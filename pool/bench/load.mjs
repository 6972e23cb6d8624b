/**
 * Many clients that sign in at the same time, in a process of their own.
 *
 * node load.mjs '{ "endpoint": "http://127.0.0.1:9229", "clients": 64, "signIns": 10 }' writes the milliseconds of each
 * sign-in, how many failed, and the sign-ins a second.
 */
import { N } from '../../bench/exchange.mjs';
import { connect, createSignIn } from './sign-in-client.mjs';

const {
  endpoint,
  clients = 64,
  /** How many times each client signs in. */
  signIns = 10,
  /** Each client has its own user, as long as there are as many. */
  users = 100,
  password = 'Correct-Horse-9',
  keepAlive = true,
} = JSON.parse(process.argv[2] ?? '{}');

const signIn = createSignIn(N, 'Bench');
const name = (client) => `user${client % users}`;
// What the client computes once for each user is computed before anything is timed, over a connection of its own
const first = connect(endpoint);
for (let client = 0; client < Math.min(clients, users); client++) await signIn(first, name(client), password);
first.close();

const times = [];
const errors = [];
const start = performance.now();
await Promise.all(
  Array.from({ length: clients }, async (_, client) => {
    const connection = connect(endpoint, keepAlive);
    for (let i = 0; i < signIns; i++) {
      const before = performance.now();
      await signIn(connection, name(client), password).then(
        () => times.push(performance.now() - before),
        (error) => errors.push(error.message),
      );
    }
    connection.close();
  }),
);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ times, errors, perSecond: times.length / seconds }));
