/** Offers the identity providers of the client beside the form, or in place of it. */
import type { Texts } from 'cognito-srp-engine/texts';
import { fill } from 'cognito-srp-engine/texts';
import { element, heading } from '../../login-page/dom.ts';
import type { PageConfig } from '../src/login/page-config.ts';

/** @param makeForm makes the step for users of the pool itself */
export function withProviders(
  { ownUsers, providers }: PageConfig,
  texts: Texts,
  makeForm: () => HTMLElement,
): HTMLElement {
  const links = providers.map((provider) => providerLink(provider, texts));
  if (!ownUsers) {
    return element(
      'section',
      { class: 'step' },
      heading(texts.signIn.title),
      element('div', { class: 'providers' }, ...links),
    );
  }
  const step = makeForm();
  if (links.length === 0) return step;
  const form = step.querySelector('form');
  // The form has the word already where it offers several ways
  const or = !form?.querySelector('.or') && element('p', { class: 'or' }, texts.signIn.or);
  form?.after(element('div', { class: 'providers' }, or, ...links));
  return step;
}

/** The provider is chosen by the same authorization request once more. */
function providerLink(provider: string, texts: Texts): HTMLElement {
  const query = new URLSearchParams(location.search);
  query.set('identity_provider', provider);
  return element(
    'a',
    { class: 'secondary', href: `/oauth2/authorize?${query}` },
    fill(texts.signIn.withProvider, { provider: nameOf(provider) }),
  );
}

const NAMES: Readonly<Record<string, string>> = { SignInWithApple: 'Apple', LoginWithAmazon: 'Amazon' };

const nameOf = (provider: string): string => NAMES[provider] ?? provider;
