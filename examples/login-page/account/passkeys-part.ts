/** Lists the user's passkeys, each with a button that deletes it, and adds another one. */
import {
  completePasskeyRegistration,
  deletePasskey,
  listPasskeys,
  passkeyCreation,
  type RegisteredPasskey,
  startPasskeyRegistration,
} from 'cognito-srp-engine';
import { fill } from 'cognito-srp-engine/texts';
import { askBrowser } from '../../../login-page/passkeys.ts';
import { type Account, callArguments, unlessGone, type Work } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function passkeysPart(account: Account): HTMLElement {
  const { app, user } = account;
  const { texts } = app;
  const add: Work = async (signal) => {
    const { pool, accessToken, options } = await callArguments(account, signal);
    const creation = await startPasskeyRegistration(pool, { accessToken }, options);
    const request = { ...passkeyCreation(creation), signal };
    const credential = await askBrowser(() => navigator.credentials.create(request));
    await completePasskeyRegistration(pool, { accessToken, credential }, options);
    app.kept.passkeyUser.set(app.kept.typedName.get() ?? user.username);
    app.go({ name: 'signed-in', notice: texts.notices.passkeyReady }, 'replace');
  };
  const item = ({ id, name, createdAt = 0 }: RegisteredPasskey): ListItem => ({
    name,
    hint: fill(texts.account.added, { time: whenUsed(createdAt, texts) }),
    remove: async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      await unlessGone(deletePasskey(pool, { accessToken, passkeyId: id }, options));
    },
  });
  return listPart(account, texts.account.passkeys, {
    kind: 'passkeys',
    removeLabel: texts.buttons.delete,
    empty: texts.account.noPasskeys,
    buttons: [{ label: texts.buttons.addPasskey, work: add }],
    load: async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      const items: ListItem[] = [];
      for await (const passkey of listPasskeys(pool, { accessToken }, options)) items.push(item(passkey));
      return items;
    },
  });
}
