type BrowserName = 'chromium' | 'firefox';
export function findBrowser(
  name: BrowserName,
  playwrightsOwn?: (name: BrowserName) => Promise<string | undefined>,
): Promise<string>;
export const CHROMIUM_ARGUMENTS: string[];
