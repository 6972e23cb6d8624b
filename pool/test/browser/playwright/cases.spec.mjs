/** What the fixtures do. Playwright runs these cases with the built package and Chromium: see playwright-fixtures.test.ts. */
import { test as base, expect } from '@playwright/test';
import { poolFixtures } from 'cognito-local-pool/playwright';

const AWS = 'https://cognito-idp.us-east-1.amazonaws.com';
const APP = 'CognitoIdentityServiceProvider.web';

/** A page that asks GetUser with the access token that it has stored, and shows what comes of it. */
const pageFor = (endpoint) => `<!doctype html><h1></h1><script type="module">
  const user = localStorage.getItem('${APP}.LastAuthUser');
  const token = localStorage.getItem('${APP}.' + user + '.accessToken');
  const show = (text) => { document.querySelector('h1').textContent = text; };
  if (!token) show('nobody');
  else fetch('${endpoint}/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
    },
    body: JSON.stringify({ AccessToken: token }),
  }).then(async (reply) => {
    const { Username, __type } = await reply.json();
    show(Username ?? __type);
  }, (error) => show(error.name));
</script>`;

const test = base.extend(poolFixtures).extend({
  endpointOfApp: [AWS, { option: true }],
  open: async ({ endpointOfApp }, use) => {
    await use(async (page) => {
      await page.route('http://app.test/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: pageFor(endpointOfApp) }),
      );
      await page.goto('http://app.test/');
      return page.locator('h1');
    });
  },
});

test('nobody is signed in without signedInAs', async ({ page, open }) => {
  await expect(await open(page)).toHaveText('nobody');
});

test.describe('signedInAs', () => {
  test.use({ signedInAs: 'alice' });

  test('opens pages signed in, and the pool answers for AWS', async ({ page, open }) => {
    await expect(await open(page)).toHaveText('alice');
  });

  test('holds after what this test changes', async ({ page, open, pool }) => {
    pool.clock.advance(2 * 3_600_000);
    pool.users.remove('bob');
    await expect(await open(page)).toHaveText('NotAuthorizedException');
  });

  test('is not touched by what the test before has changed', async ({ page, open, pool }) => {
    expect(pool.users.find('bob')?.username).toBe('bob');
    expect(Math.abs(pool.clock.now() - Date.now())).toBeLessThan(1000);
    await expect(await open(page)).toHaveText('alice');
  });

  test('lets faults through to the page', async ({ page, open, pool }) => {
    pool.faults.add({ name: 'reset-before', operation: 'GetUser' });
    await expect(await open(page)).toHaveText('TypeError');
  });

  test('leaves a second context to another user', async ({
    page,
    open,
    browser,
    signedInState,
    routeToPool,
  }) => {
    const context = await browser.newContext({ storageState: await signedInState('bob') });
    await routeToPool(context);
    await expect(await open(await context.newPage())).toHaveText('bob');
    await expect(await open(page)).toHaveText('alice');
    await context.close();
  });

  test.describe('and an endpoint of the application', () => {
    test.use({ poolEndpoint: 'http://localhost:9229', endpointOfApp: 'http://localhost:9229' });

    test('makes the pool answer there', async ({ page, open }) => {
      await expect(await open(page)).toHaveText('alice');
    });
  });

  test('keeps what storageState of the configuration has', async ({ page, open, context }) => {
    await expect(await open(page)).toHaveText('alice');
    const { origins } = await context.storageState();
    const items = origins.flatMap(({ origin, localStorage }) =>
      localStorage.map(({ name, value }) => `${origin} ${name} ${value}`),
    );
    expect(items).toContain('http://app.test theme dark');
    expect(items).toContain('http://other.test kept yes');
  });

  test.describe('and storageState of test.use, which would take its place', () => {
    test.use({ storageState: { cookies: [], origins: [] } });

    test.fail('is an error', async ({ page }) => {
      await page.goto('about:blank');
    });
  });
});

test.describe('signedInAs with options', () => {
  test.use({ signedInAs: { username: 'alice', expiresIn: -60 } });

  test('makes tokens like that', async ({ page, open }) => {
    await expect(await open(page)).toHaveText('NotAuthorizedException');
  });
});

test('a user who is not there is named', async ({ signedInState }) => {
  await expect(signedInState('nobody')).rejects.toThrow('username: the pool has no user "nobody"');
});

test.describe('without baseURL', () => {
  test.use({ baseURL: '' });

  test('the origin is asked for', async ({ signedInState }) => {
    await expect(signedInState('alice')).rejects.toThrow('origin: set baseURL');
    const { origins } = await signedInState('alice', { origin: 'http://localhost:3000/path' });
    expect(origins.map(({ origin }) => origin)).toEqual(['http://localhost:3000']);
  });
});

test.describe
  .parallel('each worker has a pool on a port', () => {
    for (const name of ['one', 'another']) {
      test(`${name} answers`, async ({ pool }) => {
        const reply = await fetch(`${pool.endpoint}/${pool.userPoolId}/.well-known/jwks.json`);
        expect(reply.status).toBe(200);
        test.info().annotations.push({ type: 'endpoint', description: pool.endpoint });
      });
    }
  });
