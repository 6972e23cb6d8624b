/**
 * Metro bundles the example, with and without `exports` of package.json, and Hermes runs the bundle on the replies that Node got. Hermes
 * has to send and keep the same as Node.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateEphemeral, passwordVerifierResponses } from 'cognito-srp-engine/srp';
import { countedBytes } from './counted-bytes.js';
import { bundleByMetro, runInHermes } from './hermes.ts';
import { signInInNode, user, type WireRequest } from './in-node.ts';

interface HermesReport {
  readonly error?: string;
  readonly before: boolean;
  readonly status: string;
  readonly after: string;
  readonly items: Readonly<Record<string, string>>;
  readonly requests: readonly WireRequest[];
  readonly lengths: readonly number[];
}

/** What depends on when it was made. */
const TIMED = /\.(tokenExpiry|clockDrift)$/;
const timeless = (items: Iterable<readonly [string, string]>) =>
  Object.fromEntries([...items].filter(([key]) => !TIMED.test(key)));
const withoutProof = (requests: readonly WireRequest[]) =>
  JSON.stringify(requests).replace(/"(TIMESTAMP|PASSWORD_CLAIM_SIGNATURE)":"[^"]*"/g, '"$1":""');

for (const [title, withoutPackageExports] of [
  ['with package exports', false],
  ['with folders alone', true],
] as const) {
  test(`bundled ${title}, it does the same in Hermes`, async () => {
    const { client, after, items, lengths, requests, replies } = await signInInNode();
    const code = await bundleByMetro('check/in-hermes.js', withoutPackageExports);
    // Hermes has no classes, so the preset of React Native compiles them
    assert.doesNotMatch(code, /^[^*"]*\bclass [\w{]/m);
    const hermes = (await runInHermes(code, { client, user, replies })) as HermesReport;
    assert.equal(hermes.error, undefined);
    assert.deepEqual([hermes.before, hermes.status, hermes.after], [true, 'signed-in', after]);
    assert.deepEqual(hermes.lengths, lengths);
    assert.deepEqual(timeless(Object.entries(hermes.items)), timeless(items));
    assert.equal(Object.keys(hermes.items).filter((key) => TIMED.test(key)).length, 2);

    // SRP_A, the device's verifier, everything but the proof, which holds the time
    assert.equal(withoutProof(hermes.requests), withoutProof(requests));
    const { TIMESTAMP = '', ...proof } =
      hermes.requests.find(({ ChallengeResponses }) => ChallengeResponses)?.ChallengeResponses ?? {};
    const challenge = JSON.parse(replies[0] ?? '') as {
      readonly ChallengeParameters: Record<string, string>;
    };
    const expected = passwordVerifierResponses(
      generateEphemeral(countedBytes()),
      challenge.ChallengeParameters,
      {
        userPoolId: client.userPoolId,
        password: user.password,
        now: Date.parse(TIMESTAMP),
      },
    );
    assert.equal(proof['PASSWORD_CLAIM_SIGNATURE'], expected.PASSWORD_CLAIM_SIGNATURE);
  });

  test(`bundled ${title}, Hermes finds every entry, and what it exports`, async () => {
    const code = await bundleByMetro('check/every-entry.js', withoutPackageExports);
    const found = (await runInHermes(code, null)) as Readonly<Record<string, readonly string[]>>;
    const [engine, flow, portable, session, srp, texts, english] = await Promise.all([
      import('cognito-srp-engine'),
      import('cognito-srp-engine/flow'),
      import('cognito-srp-engine/portable'),
      import('cognito-srp-engine/session'),
      import('cognito-srp-engine/srp'),
      import('cognito-srp-engine/texts'),
      import('cognito-srp-engine/texts/en'),
    ]);
    for (const [name, entry] of Object.entries({ engine, flow, portable, session, srp, texts, english })) {
      // `__esModule` is Babel's and Node's own
      const names = (list: readonly string[]) =>
        list.filter((each) => !/^(__esModule|default|module\.exports)$/.test(each));
      assert.deepEqual(names(found[name] ?? []), names(Object.keys(entry).sort()), name);
    }
  });
}
