/** Sign-in through an identity provider: it leads away from this page, to the login page of the pool, and back. */
import { webStorage } from 'cognito-srp-engine';
import { textOfError } from 'cognito-srp-engine/texts';
import { element } from '../../login-page/dom.ts';
import { withProviders } from '../../login-page/providers.ts';
import type { PageApp, PageView } from './page.ts';

/** The address without a query is that of the first pool, which alone has providers. */
const redirectUri = (): string => `${location.origin}/`;

/** The verifier and the nonce are this tab's. */
const input = ({ pool }: Pick<PageApp, 'pool'>) => ({
  domain: pool.local?.endpoint ?? '',
  storage: webStorage(() => sessionStorage),
});

/** Only who signs in so needs the engine's part for it. */
const loadEngine = () => import('cognito-srp-engine/redirect');

/** @param step the first screen */
export const withProviderButtons = (app: PageApp, step: HTMLElement): HTMLElement =>
  withProviders(step, {
    texts: app.texts,
    providers: app.pool.local?.providers ?? [],
    control: (identityProvider, label) => {
      const button = element('button', { type: 'button', class: 'secondary' }, label);
      button.addEventListener('click', async () => {
        // The form is at work
        if (button.getAttribute('aria-disabled') === 'true') return;
        const { beginRedirectSignIn } = await loadEngine();
        const wish = {
          ...input(app),
          redirectUri: redirectUri(),
          identityProvider,
          lang: app.texts.language,
        };
        location.assign(await beginRedirectSignIn(app.pool.client, wish));
      });
      return button;
    },
  });

/** Ends a sign-in that comes back to this page. @returns the view that says why it failed */
export async function comeBack(app: PageApp): Promise<PageView | undefined> {
  const query = new URLSearchParams(location.search);
  if (!query.has('state') || !(query.has('code') || query.has('error'))) return undefined;
  const url = location.href;
  // A reload, or a copy of the address, does not show what counts once
  history.replaceState(null, '', location.pathname);
  try {
    const { completeRedirectSignIn } = await loadEngine();
    const step = await completeRedirectSignIn(app.pool.client, { ...input(app), url });
    app.kept.redirectedUser.set(step.username);
    await app.session.begin(step);
    return undefined;
  } catch (error) {
    return { name: 'sign-in', notice: textOfError(error, app.texts) };
  }
}
