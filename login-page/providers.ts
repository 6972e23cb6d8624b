/** Offers identity providers beside the form, or in place of it. */
import { fill, type Texts } from 'cognito-srp-engine/texts';
import { element } from './dom.ts';

interface ProviderOffer {
  readonly texts: Texts;
  readonly providers: readonly string[];
  /** Whether users of the pool itself may sign in. Default true. */
  readonly ownUsers?: boolean;
  /** Makes the link or the button of a provider. */
  readonly control: (provider: string, label: string) => HTMLElement;
}

const NAMES: Readonly<Record<string, string>> = { SignInWithApple: 'Apple', LoginWithAmazon: 'Amazon' };

/** @param step the step for users of the pool itself */
export function withProviders(step: HTMLElement, offer: ProviderOffer): HTMLElement {
  const { texts, providers, ownUsers = true, control } = offer;
  if (providers.length === 0 && ownUsers) return step;
  const controls = providers.map((name) =>
    control(name, fill(texts.signIn.withProvider, { provider: NAMES[name] ?? name })),
  );
  const form = step.querySelector('form');
  // The form has the word already where it offers several ways
  const isFirst = ownUsers && !form?.querySelector('.or');
  const or = isFirst && element('p', { class: 'or' }, texts.signIn.or);
  const list = element('div', { class: 'providers' }, or, ...controls);
  // In the form, so that they are quiet while it works
  if (ownUsers) form?.append(list);
  else {
    step.querySelector('.footer')?.remove();
    form?.replaceWith(list);
  }
  return step;
}
