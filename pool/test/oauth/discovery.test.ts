/** What discovery says is there, and nothing else. */
import { createBrowser, POOL_ID } from './browser.ts';

test('each endpoint that discovery names is there', async () => {
  const { fetch, pool } = createBrowser();
  const { endpoint, close } = await pool.listen();
  try {
    const response = await globalThis.fetch(`${endpoint}/${POOL_ID}/.well-known/openid-configuration`);
    const configuration = (await response.json()) as Readonly<Record<string, unknown>>;
    const names = Object.keys(configuration);
    expect(names).toEqual([...names].sort());
    const endpoints = Object.entries(configuration).filter(([name]) => name.endsWith('_endpoint'));
    expect(endpoints).toHaveLength(5);
    for (const [name, url] of endpoints) {
      const { origin, pathname } = new URL(String(url));
      expect(origin).toBe(endpoint);
      const method = ['token_endpoint', 'revocation_endpoint'].includes(name) ? 'POST' : 'GET';
      expect([302, 400]).toContain((await fetch(pathname, { method })).status);
    }
  } finally {
    await close();
  }
});
