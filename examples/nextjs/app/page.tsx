/** The page is drawn on the server. No token leaves it but in cookies that scripts cannot read. */
import { getUser } from 'cognito-srp-engine';
import { cookies } from 'next/headers';
import { currentUser, pool } from '../lib/session';
import { changeName } from './actions';

export default async function Page({ searchParams }: { searchParams: Promise<{ error?: string }> }) {
  const user = await currentUser(await cookies());
  const { error } = await searchParams;
  if (!user) {
    return (
      <>
        <h1>Welcome</h1>
        {error && <p role="alert">The sign-in has failed: {error}</p>}
        {/* Not a Link: Next.js would fetch it before anybody has clicked */}
        <a href="/auth/sign-in?returnTo=/">Sign in</a>
      </>
    );
  }
  const { attributes } = await getUser(pool(), { accessToken: user.accessToken });
  return (
    <>
      <h1>Hello, {attributes.name ?? user.username}</h1>
      <form action={changeName}>
        <label>
          Name <input name="name" required />
        </label>
        <button type="submit">Change</button>
      </form>
      <form action="/auth/sign-out" method="post">
        <button type="submit">Sign out</button>
      </form>
    </>
  );
}
