/** PreTokenGeneration at the OAuth endpoints: when it runs, what it is told, and what a client hears if it fails. */
import { createBrowser, type Fields, given, MACHINE } from './browser.ts';

interface Event {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: { readonly clientMetadata?: Fields; readonly scopes?: readonly string[] };
}

function withTrigger(trigger: (event: Event) => unknown) {
  return createBrowser({
    triggers: { preTokenGeneration: trigger },
    preTokenGenerationVersion: 'V3_0',
  });
}

const ask = ({ post }: ReturnType<typeof createBrowser>, fields: Fields) =>
  post('/oauth2/token', given({ client_id: 'web', ...fields }));

const MACHINE_REQUEST = {
  grant_type: 'client_credentials',
  client_id: 'machine',
  client_secret: MACHINE.clientSecret ?? '',
};

test('it runs for each way to tokens, with the source of each', async () => {
  const seen: unknown[] = [];
  const browser = withTrigger((event) => {
    seen.push([event.triggerSource, event.userName, event.request.scopes, event.request.clientMetadata]);
    return event;
  });
  await browser.authorize({ response_type: 'token', scope: 'openid' });
  const { body } = await browser.exchange(await browser.codeOf({ scope: 'openid email' }));
  await ask(browser, { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) });
  const metadata = { tenant: 'one' };
  await ask(browser, { ...MACHINE_REQUEST, aws_client_metadata: JSON.stringify(metadata) });
  expect(seen).toEqual([
    ['TokenGeneration_HostedAuth', 'alice', ['openid'], undefined],
    ['TokenGeneration_HostedAuth', 'alice', ['openid', 'email'], undefined],
    ['TokenGeneration_RefreshTokens', 'alice', ['openid', 'email'], undefined],
    ['TokenGeneration_ClientCredentials', 'ClientCredentials', ['orders/read', 'orders/write'], metadata],
  ]);
});

test('if it fails, no tokens are given', async () => {
  let fails = false;
  const browser = withTrigger((event) => {
    if (fails) throw new Error('Not today');
    return event;
  });
  const { body } = await browser.exchange(await browser.codeOf());
  const code = await browser.codeOf();
  fails = true;
  const text = 'PreTokenGeneration failed with error Not today.';
  const refusal = { status: 400, body: { error: 'invalid_grant', error_description: text } };
  expect(await browser.exchange(code)).toMatchObject(refusal);
  expect(
    await ask(browser, { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }),
  ).toMatchObject(refusal);
  expect(await ask(browser, MACHINE_REQUEST)).toMatchObject(refusal);
  const implicit = await browser.authorize({ response_type: 'token', state: 's' });
  expect(implicit.answer).toEqual({ error: 'invalid_request', error_description: text, state: 's' });
  // The code was used
  fails = false;
  expect(await browser.exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});
