/** The script, the style sheet and the picture of the page of managed login. */

/** scripts/build-pool.mjs puts the bundle of pool/login-page in the place of these two names. */
declare const LOGIN_PAGE_SCRIPT: string;
declare const LOGIN_PAGE_STYLE: string;

export interface PageFile {
  readonly type: string;
  readonly body: string;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#3552d8"/><circle cx="16" cy="13" r="4.5" fill="none" stroke="#fff" stroke-width="2.5"/><path d="M16 17.5v7" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>';

/** The files by the last part of their path. The script and the style sheet are empty in the sources, which tests import. */
export const PAGE_FILES = {
  'page.js': {
    type: 'text/javascript; charset=utf-8',
    body: typeof LOGIN_PAGE_SCRIPT === 'undefined' ? '' : LOGIN_PAGE_SCRIPT,
  },
  'page.css': {
    type: 'text/css; charset=utf-8',
    body: typeof LOGIN_PAGE_STYLE === 'undefined' ? '' : LOGIN_PAGE_STYLE,
  },
  'icon.svg': { type: 'image/svg+xml', body: ICON },
} as const satisfies Readonly<Record<string, PageFile>>;
