'use server';

/** A server action asks again who the user is: anybody can call it. Next.js refuses a call from another site. */
import { updateUserAttributes } from 'cognito-srp-engine';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { currentUser, pool } from '../lib/session';

export async function changeName(form: FormData): Promise<void> {
  const user = await currentUser(await cookies());
  if (!user) return;
  const { accessToken } = user;
  await updateUserAttributes(pool(), { accessToken, attributes: { name: String(form.get('name')) } });
  revalidatePath('/');
}
