import { attribute, type Element, isElement, type Node, type Parent } from '../../dom.ts';

/** Elements by class, each list in document order. */
export interface ByClass {
  /** Every element with the class; empty for none. */
  all(name: string): readonly Element[];
  /** The first element with one of the classes, those named first preferred. */
  first(...names: readonly string[]): Element | undefined;
}

/**
 * Sorts the elements below `root` by their classes in one walk. Elements with one of the classes in `whole` are found,
 * but not what is in them: people's words may hold any class, and comments are looked into one by one.
 */
export function sortByClass(root: Parent | Node, whole: readonly string[] = []): ByClass {
  const sorted = new Map<string, Element[]>();
  const stack: Node[] = [];
  const push = (parent: Parent | Node): void => {
    if (!('childNodes' in parent)) return;
    for (let i = parent.childNodes.length - 1; i >= 0; i--) stack.push(parent.childNodes[i] as Node);
  };
  push(root);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    let isWhole = false;
    for (const name of classesOf(node)) {
      const list = sorted.get(name);
      if (list === undefined) sorted.set(name, [node]);
      else list.push(node);
      isWhole ||= whole.includes(name);
    }
    if (!isWhole) push(node);
  }
  const all = (name: string): readonly Element[] => sorted.get(name) ?? [];
  return { all, first: (...names) => names.map((name) => all(name)[0]).find((e) => e !== undefined) };
}

const none: readonly string[] = [];

/** The classes of an element, in order. */
export function classesOf(element: Element): readonly string[] {
  const value = attribute(element, 'class');
  if (value === undefined || value === '') return none;
  if (/^[^\s]+$/.test(value)) return [value];
  return value.split(/\s+/).filter((name) => name !== '');
}
