/** Lists the user's passkeys, each with a button that deletes it, and adds another one. */
import {
  completePasskeyRegistration,
  deletePasskey,
  listPasskeys,
  passkeyCreation,
  type RegisteredPasskey,
  startPasskeyRegistration,
} from 'cognito-srp-engine';
import { askBrowser } from '../passkeys.ts';
import { type Account, callArguments, unlessGone, type Work } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function passkeysPart(account: Account): HTMLElement {
  const { app, username } = account;
  const add: Work = async (signal) => {
    const { pool, accessToken, options } = await callArguments(account, signal);
    const creation = await startPasskeyRegistration(pool, { accessToken }, options);
    const request = { ...passkeyCreation(creation), signal };
    const credential = await askBrowser(() => navigator.credentials.create(request));
    await completePasskeyRegistration(pool, { accessToken, credential }, options);
    app.kept.passkeyUser.set(app.kept.typedName.get() ?? username);
    app.go({ name: 'signed-in', username, notice: 'Your passkey is ready for the next sign-in.' }, 'replace');
  };
  const item = ({ id, name, createdAt = 0 }: RegisteredPasskey): ListItem => ({
    name,
    hint: `Added ${whenUsed(createdAt)}`,
    remove: async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      await unlessGone(deletePasskey(pool, { accessToken, passkeyId: id }, options));
    },
  });
  return listPart(account, 'Passkeys', {
    kind: 'passkeys',
    removeLabel: 'Delete',
    empty: 'Sign in with fingerprint, face or screen lock next time.',
    buttons: [{ label: 'Add a passkey', work: add }],
    load: async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      const items: ListItem[] = [];
      for await (const passkey of listPasskeys(pool, { accessToken }, options)) items.push(item(passkey));
      return items;
    },
  });
}
