/** The links to the identity providers of the client. */
import type { Texts } from 'cognito-srp-engine/texts';
import { element } from '../../login-page/dom.ts';
import { withProviders } from '../../login-page/providers.ts';
import type { PageConfig } from '../src/login/page-config.ts';

/** A provider is chosen by the same authorization request once more. */
export const withProviderLinks = (config: PageConfig, texts: Texts, step: HTMLElement): HTMLElement =>
  withProviders(step, {
    texts,
    ...config,
    control: (provider, label) => {
      const query = new URLSearchParams(location.search);
      query.set('identity_provider', provider);
      return element('a', { class: 'secondary', href: `/oauth2/authorize?${query}` }, label);
    },
  });
