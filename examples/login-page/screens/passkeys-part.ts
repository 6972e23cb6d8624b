/** Lists the user's passkeys, each with a button that deletes it, and adds another one. */
import {
  completePasskeyRegistration,
  deletePasskey,
  listPasskeys,
  passkeyCreation,
  type RegisteredPasskey,
  ServiceError,
  startPasskeyRegistration,
} from 'cognito-srp-engine';
import { callOptions } from '../app.ts';
import { askBrowser } from '../passkeys.ts';
import type { Account, Work } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function passkeysPart(account: Account): HTMLElement {
  const { app, username, tokens } = account;
  const add: Work = async (signal) => {
    const options = callOptions(app, signal);
    const { accessToken } = await tokens.get({ signal });
    const creation = await startPasskeyRegistration(app.pool.client, { accessToken }, options);
    const request = { ...passkeyCreation(creation), signal };
    const credential = await askBrowser(() => navigator.credentials.create(request));
    await completePasskeyRegistration(app.pool.client, { accessToken, credential }, options);
    app.kept.passkeyUser.set(app.kept.typedName.get() ?? username);
    app.go({ name: 'signed-in', username, notice: 'Your passkey is ready for the next sign-in.' }, 'replace');
  };
  const item = ({ id, name, createdAt }: RegisteredPasskey): ListItem => ({
    name: name === '' ? 'Passkey' : name,
    hint: createdAt === undefined ? 'Added' : `Added ${whenUsed(createdAt)}`,
    remove: async (signal) => {
      const { accessToken } = await tokens.get({ signal });
      await deletePasskey(app.pool.client, { accessToken, passkeyId: id }, callOptions(app, signal)).catch(
        (error: unknown) => {
          // A passkey that is not found was deleted elsewhere, which is what the user wanted
          if (!(error instanceof ServiceError && error.name === 'ResourceNotFoundException')) throw error;
        },
      );
    },
  });
  return listPart(account, 'Passkeys', {
    kind: 'passkeys',
    removeLabel: 'Delete',
    empty: 'Sign in with fingerprint, face or screen lock next time.',
    buttons: [{ label: 'Add a passkey', work: add }],
    load: async (signal) => {
      const { accessToken } = await tokens.get({ signal });
      const items: ListItem[] = [];
      for await (const passkey of listPasskeys(app.pool.client, { accessToken }, callOptions(app, signal))) {
        items.push(item(passkey));
      }
      return items;
    },
  });
}
