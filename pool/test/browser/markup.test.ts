/** Texts that others write stay texts in the login page: in Chromium none of them becomes an element or runs. */
import { atStep, signIn, useBrowser } from './world.ts';

const open = useBrowser();

/** Without a blank, so that it can be the name of an identity provider, too. */
const MARKUP = '<img/src=x/onerror=document.title="run">';

test('the name of the pool, of a provider and of a user, the language and the error of a trigger', async () => {
  const {
    page,
    open: begin,
    pool,
  } = await open({
    pool: {
      userPool: { Name: MARKUP },
      triggers: {
        preAuthentication: () => {
          throw new Error(`</main><script>document.title="run"</script>${MARKUP}`);
        },
      },
    },
    client: { supportedIdentityProviders: ['COGNITO', MARKUP] },
  });
  const query = new URLSearchParams({ login_hint: `"${MARKUP}`, lang: `en"${MARKUP}` });
  await begin(`?${query}#${MARKUP}`);
  expect(await page.locator('header').innerText()).toBe(MARKUP);
  expect(await page.locator('#field-username').inputValue()).toBe(`"${MARKUP}`);
  expect(await page.getByRole('link').first().innerText()).toContain(MARKUP);
  await signIn(page);
  await page.locator('form [role=alert]').getByText(MARKUP).waitFor();
  expect(await page.locator('img').count()).toBe(1);
  expect(await page.locator('script').count()).toBe(1);
  expect(await page.title()).not.toBe('run');
  expect(pool.users.all()).toHaveLength(1);
});

test('the question of a custom challenge', async () => {
  const { page, open: begin } = await open({
    pool: {
      triggers: {
        defineAuthChallenge: (event) => ({
          ...event,
          response: { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false },
        }),
        createAuthChallenge: (event) => ({
          ...event,
          response: {
            publicChallengeParameters: { question: MARKUP, [MARKUP]: MARKUP },
            privateChallengeParameters: {},
            challengeMetadata: MARKUP,
          },
        }),
      },
    },
    client: { explicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] },
  });
  await begin();
  await atStep(page, 'Sign in');
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText(MARKUP).first().waitFor();
  expect(await page.locator('img').count()).toBe(1);
  expect(await page.title()).not.toBe('run');
});
