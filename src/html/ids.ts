import { attribute, type Element, findAll, isElement, type Node } from '../dom.ts';
import { type Block, markupOf } from './blocks.ts';

/** Ids that links in these nodes lead to. */
export function linkedIds(nodes: readonly Node[]): ReadonlySet<string> {
  const targets = new Set<string>();
  each(nodes, (e) => {
    const href = e.tagName === 'a' ? attribute(e, 'href')?.trim() : undefined;
    if (href?.startsWith('#')) targets.add(plainId(href.slice(1)));
  });
  targets.delete('');
  // Most texts have no such link: then no id is looked at.
  if (targets.size === 0) return targets;
  const present = new Set<string>();
  each(nodes, (e) => present.add(idOf(e)));
  return new Set([...targets].filter((id) => present.has(id)));
}

/** The ids in clean text that links in it lead to; quotes in its words are escaped, so that only attributes match. */
export function joinedIds(blocks: readonly Block[]): ReadonlySet<string> {
  const html = markupOf(blocks);
  const all = (pattern: RegExp): string[] => [...html.matchAll(pattern)].map((found) => found[1] ?? '');
  const ids = new Set(all(/ id="t-([\w.-]+)"/g));
  return new Set(all(/ href="#t-([\w.-]+)"/g).filter((id) => ids.has(id)));
}

function each(nodes: readonly Node[], visit: (element: Element) => void): void {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    visit(node);
    findAll(node, (e) => {
      visit(e);
      return false;
    });
  }
}

/** What a link would call an element: its id, or the name of an anchor; '' for none. */
export function idOf(element: Element): string {
  const id = attribute(element, 'id') ?? (element.tagName === 'a' ? attribute(element, 'name') : undefined);
  return id === undefined ? '' : plainId(id);
}

/** An id without the `t-` that keeps it out of the way of the page's own; '' for what cannot be one. */
export function plainId(id: string): string {
  const plain = id.replace(/^t-/, '');
  return /^[\w.-]{1,100}$/.test(plain) ? plain : '';
}
