/**
 * A TypeDoc plugin for what its options do not reach. The Markdown files need no front matter for it, which GitHub and npm
 * would show as a table.
 */
import { basename, dirname } from 'node:path';
import { Converter, JSX } from 'typedoc';

const GROUPS = { guide: 'Guide', reference: 'Reference', internals: 'Internals', decisions: 'Decisions' };

/** The text of the first heading, without its Markdown. */
const titleOf = (text) => /^# (.+)$/m.exec(text)?.[1].replace(/[`*_]/g, '');

/** Unfolds the guide and the reference in the navigation until the reader folds them. TypeDoc keeps both under this key. */
const UNFOLD = `for (const group of ['Guide', 'Reference']) {
  const key = 'tsd-accordion-' + group;
  try {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, 'true');
  } catch {}
}`;

export function load(app) {
  app.internationalization.addTranslations('en', { kind_plural_module: 'Reference' });

  // Each document is named after its heading and grouped by its folder.
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const path = document.project.files.getReflectionPath(document);
    document.name = titleOf(document.content.map(({ text }) => text).join('')) ?? document.name;
    document.frontmatter.group = GROUPS[basename(dirname(path))] ?? 'Project';
  });

  app.renderer.hooks.on('head.end', () =>
    JSX.createElement('script', null, JSX.createElement(JSX.Raw, { html: UNFOLD })),
  );
}

/**
 * Gives code in headings a text. TypeDoc reads only text when it lists the headings of a page and makes their anchors, so
 * that a heading such as `SMS_MFA` would have neither.
 */
export function readCodeInHeadings(markdown) {
  markdown.core.ruler.push('code-in-headings', ({ tokens, Token }) => {
    const titles = tokens.filter((_, i) => tokens[i - 1]?.type === 'heading_open');
    for (const code of titles
      .flatMap(({ children }) => children)
      .filter(({ type }) => type === 'code_inline')) {
      const text = new Token('text', '', 0);
      text.content = code.content;
      code.children = [text];
    }
  });
}
