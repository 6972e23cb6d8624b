/** As much of Vitest's types as the samples of the documentation use. Vitest is not installed here: examples/vitest compiles with its own. */

interface TestApi<Context> {
  (name: string, run: (context: Context) => unknown): void;
  readonly extend: <Added>(
    fixtures: {
      [Name in keyof Added]: (given: object, use: (value: Added[Name]) => Promise<void>) => Promise<void>;
    },
  ) => TestApi<Context & Added>;
}

type Hook = (run: () => unknown) => void;

export declare const test: TestApi<object>;
export declare const expect: jest.Expect;
export declare const beforeAll: Hook;
export declare const afterEach: Hook;
export declare const afterAll: Hook;
