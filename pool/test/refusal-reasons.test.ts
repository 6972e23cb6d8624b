/** A refusal has its reason, for the log of the pool. The client does not get it. */
import { formatTimestamp, generateEphemeral, passwordVerifierResponses } from '../../src/srp/index.ts';
import { inThisThread } from '../src/arithmetic/arithmetic.ts';
import { createRandom } from '../src/domain/randomness.ts';
import { createFaults } from '../src/faults/faults.ts';
import { initiateAuth } from '../src/operations/sign-in/initiate-auth.ts';
import { respondToAuthChallenge } from '../src/operations/sign-in/respond-to-auth-challenge.ts';
import { contentsOf } from '../src/options/contents.ts';
import { createService } from '../src/service/service.ts';
import { createWire, PASSWORD, refused, srpClient, type Texts } from './wire.ts';

const TIME = Date.UTC(2026, 8, 24, 13, 50, 15, 750);
const HALF_A_DAY_MS = 43_200_000;

/** Signs in below HTTP, and gives the refusal as the log gets it. */
async function refusalOf({ username = 'alice', password = PASSWORD, clientTime = TIME }) {
  const random = createRandom();
  const service = createService({ now: () => TIME, random, arithmetic: inThisThread }, createFaults([]), {
    modelledStatuses: false,
    unitOutput: 'empty',
  });
  const users = [{ username: 'alice', password: PASSWORD }];
  const { userPoolId } = service.addPool(
    contentsOf({ users, preventUserExistenceErrors: true }, random, TIME),
  );
  const call = { now: service.now, endpoint: 'http://127.0.0.1' };
  const ephemeral = generateEphemeral();
  const AuthParameters = { USERNAME: username, SRP_A: ephemeral.SRP_A };
  const begin = { ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters };
  const asked = (await initiateAuth.answer(service, begin, call)) as { readonly ChallengeParameters: Texts };
  const ChallengeResponses = passwordVerifierResponses(ephemeral, asked.ChallengeParameters, {
    userPoolId,
    password,
    now: clientTime,
  });
  const answer = { ClientId: 'web', ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses };
  return respondToAuthChallenge.answer(service, answer, call).then(
    () => 'taken',
    ({ message, reason }: { readonly message: string; readonly reason: string | undefined }) => ({
      message,
      reason,
    }),
  );
}

const incorrect = (reason: string) => ({ message: 'Incorrect username or password.', reason });

test.each([
  ['half a day behind', -HALF_A_DAY_MS, 'TIMESTAMP is 43 200 s off'],
  ['half a day ahead', HALF_A_DAY_MS, 'TIMESTAMP is 43 200 s off'],
  ['301 s behind', -301_000, 'TIMESTAMP is 301 s off'],
  ['a week ahead', 7 * 86_400_000, 'TIMESTAMP is 604 800 s off'],
])('a TIMESTAMP that is %s is the reason', async (_, offMs, reason) => {
  expect(await refusalOf({ clientTime: TIME + offMs })).toEqual(incorrect(reason));
});

test('a TIMESTAMP that is 299 s off is taken', async () => {
  expect(await refusalOf({ clientTime: TIME - 299_000 })).toBe('taken');
});

test('a wrong password has another reason', async () => {
  expect(await refusalOf({ password: 'Wrong-Horse-9' })).toEqual(
    incorrect('PASSWORD_CLAIM_SIGNATURE is wrong'),
  );
});

test('a user who does not exist is the reason where the client hides who exists', async () => {
  expect(await refusalOf({ username: 'nobody' })).toEqual(incorrect('There is no such user'));
});

test('the client gets the service’s words alone', async () => {
  const wire = createWire();
  const { SRP_A, prove } = srpClient(wire);
  const claim = prove(await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A }));
  const TIMESTAMP = formatTimestamp(wire.now() - HALF_A_DAY_MS);
  expect(await wire.respond('PASSWORD_VERIFIER', undefined, { ...claim, TIMESTAMP })).toEqual(
    refused('NotAuthorizedException', 'Incorrect username or password.'),
  );
});
