/** Runs before each page (Next.js 15 and older: the function `middleware` in middleware.ts). Here tokens are refreshed, because a page cannot set cookies. */
import { fetchCookies } from 'cognito-srp-engine/cookies';
import { type NextRequest, NextResponse } from 'next/server';
import { refreshCookies } from './lib/session';

export async function proxy(request: NextRequest) {
  const jar = fetchCookies(request);
  await refreshCookies(jar);
  const headers = new Headers(request.headers);
  // The page sees the new tokens at once, and the browser gets them with the response
  headers.set('cookie', jar.cookieHeader());
  return jar.addTo(NextResponse.next({ request: { headers } }));
}

export const config = { matcher: ['/((?!_next|auth|favicon.ico).*)'] };
