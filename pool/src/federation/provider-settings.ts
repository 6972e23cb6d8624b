/** How the pools of a service reach identity providers. */

export interface ProviderSettings {
  readonly fetch: typeof globalThis.fetch;
  /** How long a provider may take for one answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The issuers that stand in for those of providers, by the name of the provider. */
  readonly issuers: Readonly<Record<string, string>>;
}

export const DEFAULT_PROVIDER_SETTINGS: ProviderSettings = {
  // Looked up when it is called, because it may not be there before
  fetch: (input, init) => globalThis.fetch(input, init),
  // AWS's limit is not known
  timeoutMs: 5000,
  issuers: {},
};
