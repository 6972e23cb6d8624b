/** Makes elements. Text is only set as text, so nothing that a server sends becomes markup. */

export type Child = Node | string | false | undefined;
type Attribute = string | boolean | undefined | ((event: Event) => void);

/** `true` sets an attribute without a value, `false` and undefined leave it out, and a function becomes a listener. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== false));
  return node;
}

/** Makes a button that looks like a link. It leads to another view of the page. */
export const textButton = (label: string, onclick: () => unknown): HTMLButtonElement =>
  element('button', { type: 'button', class: 'text-button', onclick }, label);

export const paragraph = (...children: readonly Child[]): HTMLParagraphElement =>
  element('p', {}, ...children);

/** Makes the heading of a step. It can take the focus, which it gets where the step has no field. */
export const heading = (text: string, id?: string): HTMLHeadingElement =>
  element('h1', { tabindex: '-1', id }, text);

/** Sets the focus to the first field, or to the heading of a step that has none. */
export function focusFirst(place: ParentNode, options?: FocusOptions): void {
  const field = place.querySelector<HTMLElement>('form .field input');
  (field ?? place.querySelector<HTMLElement>('h1'))?.focus(options);
}
