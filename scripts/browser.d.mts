export function findBrowser(name: 'chromium' | 'firefox'): Promise<string>;
export const CHROMIUM_ARGUMENTS: string[];
