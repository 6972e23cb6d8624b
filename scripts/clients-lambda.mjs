/**
 * An endpoint of the Lambda API with the three functions of a custom challenge, which the pools of `npm run test:clients` call. It asks
 * every user the same question, and one wrong answer ends the sign-in.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What each function writes into the response of its event. */
const FUNCTIONS = {
  DefineAuthChallenge: ({ session }) => {
    const last = session.at(-1);
    if (last === undefined) return { challengeName: 'CUSTOM_CHALLENGE' };
    return last.challengeResult ? { issueTokens: true } : { failAuthentication: true };
  },
  CreateAuthChallenge: () => ({
    publicChallengeParameters: { question: '6 times 7' },
    privateChallengeParameters: { answer: '42' },
  }),
  VerifyAuthChallengeResponse: ({ privateChallengeParameters, challengeAnswer }) => ({
    answerCorrect: challengeAnswer === privateChallengeParameters.answer,
  }),
};

/**
 * @param {(stop: () => Promise<void>) => void} onStarted is given the function that ends the endpoint
 * @returns its URL
 */
export async function startLambda(onStarted) {
  const server = createServer(async (request, reply) => {
    const [, name] = /^\/2015-03-31\/functions\/(\w+)\/invocations$/.exec(request.url) ?? [];
    const chunks = await request.toArray();
    if (!Object.hasOwn(FUNCTIONS, name ?? '')) return reply.writeHead(404).end();
    const event = JSON.parse(Buffer.concat(chunks).toString());
    reply.end(JSON.stringify({ ...event, response: FUNCTIONS[name](event.request) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onStarted(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
