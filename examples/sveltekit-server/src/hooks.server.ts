/** Runs before each request. */
import type { Handle } from '@sveltejs/kit';
import { currentUser } from '$lib/server/session';

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.user = await currentUser(event.cookies);
  return resolve(event);
};
