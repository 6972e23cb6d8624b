/** Many sign-ins at once each get their own tokens. */
import { bigIntegerRequirements } from '#big-integer';
import { createUserPool } from '../../pool/src/index.ts';
import { signIn } from '../../src/index.ts';
import { claimsOf, client } from '../support/client.ts';

/** jsbn takes some 0.2 s for one; what is shown does not depend on the arithmetic. */
const COUNT = bigIntegerRequirements.length > 0 ? 200 : 40;
const names = Array.from({ length: COUNT }, (_, i) => `user-${i}`);
const passwordOf = (username: string) => `Password-of-${username}`;

test(`${COUNT} sign-ins at once: every user gets their own tokens`, async () => {
  const pool = createUserPool({
    users: names.map((username) => ({
      username,
      password: passwordOf(username),
      aliases: [`${username}@x.org`],
    })),
  });
  // Replies overtake each other
  const fetch: typeof pool.fetch = async (input, init) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    const response = await pool.fetch(input, init);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    return response;
  };
  const steps = await Promise.all(
    names.map((username) =>
      signIn(
        client,
        { username: `${username}@x.org`, password: passwordOf(username) },
        { fetch, timeoutMs: 110_000 },
      ),
    ),
  );
  const got = steps.map((step) => {
    if (step.status !== 'signed-in') throw new Error(`A challenge: ${step.challenge.name}`);
    return [
      step.username,
      claimsOf(step.tokens.accessToken)['username'],
      claimsOf(step.tokens.idToken)['cognito:username'],
    ];
  });
  expect(got).toEqual(names.map((name) => [name, name, name]));
  const tokens = steps.flatMap((step) =>
    step.status === 'signed-in' ? Object.values(step.tokens).slice(0, 3) : [],
  );
  expect(new Set(tokens).size).toBe(3 * COUNT);
}, 120_000);

test('right and wrong passwords at once: each gets the answer to its own', async () => {
  const pool = createUserPool({
    users: names.slice(0, 20).map((username) => ({ username, password: passwordOf(username) })),
  });
  const results = await Promise.allSettled(
    names.slice(0, 20).map((username, i) => {
      const password = i % 2 === 0 ? passwordOf(username) : passwordOf('somebody else');
      return signIn(client, { username, password }, { fetch: pool.fetch });
    }),
  );
  expect(
    results.map((result) =>
      result.status === 'fulfilled' ? result.value.status : (result.reason as { code: string }).code,
    ),
  ).toEqual(
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'signed-in' : 'INCORRECT_USERNAME_OR_PASSWORD')),
  );
});
