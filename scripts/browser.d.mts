type BrowserName = 'chromium' | 'firefox';
export function findBrowser(
  name: BrowserName,
  findPlaywrightsOwn?: (name: BrowserName) => Promise<string | undefined>,
): Promise<string>;
export const CHROMIUM_ARGUMENTS: string[];
