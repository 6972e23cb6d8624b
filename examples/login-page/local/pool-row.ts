/** The link to another pool, in the panel and in the settings. */
import { element } from '../../../login-page/dom.ts';
import type { LocalPool } from '../pools.ts';

/** Makes a link to this page for another pool on this machine. */
export const poolRow = ({ label, userPoolId }: LocalPool): HTMLElement =>
  element('li', {}, element('a', { href: `?${new URLSearchParams({ userPoolId })}` }, label));
