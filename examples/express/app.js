/** The application: what everyone, a signed-in user, a reader and an editor may do. */
import express from 'express';
import { authorize } from './authorize.js';

/** @param {import('cognito-srp-engine/verify').TokenVerifier} verifier made once, because it keeps the pool's keys */
export function createApp(verifier) {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());

  const articles = new Map([['1', { title: 'Hello' }]]);

  app.get('/health', (_request, response) => response.json({ ok: true }));
  app.get('/me', authorize(verifier), ({ user }, response) => {
    response.json({ username: user.username, sub: user.sub, groups: user['cognito:groups'] ?? [] });
  });
  app.get('/articles', authorize(verifier, { groups: ['readers', 'editors'] }), (_request, response) => {
    response.json(Object.fromEntries(articles));
  });
  app.put('/articles/:id', authorize(verifier, { groups: ['editors'] }), (request, response) => {
    articles.set(request.params.id, { title: String(request.body?.title) });
    response.status(204).end();
  });
  return app;
}
