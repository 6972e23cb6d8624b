/** As much of Cypress's types as the samples of the documentation use. Cypress is not installed here: examples/cypress compiles with its own. */

interface EndToEnd {
  baseUrl: string;
  setupNodeEvents: (
    on: (event: 'task', tasks: object) => void,
    config: { env: Record<string, unknown> },
  ) => Promise<object>;
}

export declare function defineConfig(config: { e2e: EndToEnd }): object;
