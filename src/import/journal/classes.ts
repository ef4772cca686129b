import { attribute, type Element, findAll, type Node, type Parent } from '../../dom.ts';

/** Elements by class, each list in document order. */
export interface ByClass {
  /** Every element with the class; empty for none. */
  all(name: string): readonly Element[];
  /** The first element with one of the classes, those named first preferred. */
  first(...names: readonly string[]): Element | undefined;
}

/** Sorts all elements below `root` by their classes in one walk. */
export function sortByClass(root: Parent | Node): ByClass {
  const sorted = new Map<string, Element[]>();
  for (const element of findAll(root, (e) => e.attrs.length > 0)) {
    for (const name of classesOf(element)) {
      const list = sorted.get(name);
      if (list === undefined) sorted.set(name, [element]);
      else list.push(element);
    }
  }
  const all = (name: string): readonly Element[] => sorted.get(name) ?? [];
  return { all, first: (...names) => names.map((name) => all(name)[0]).find((e) => e !== undefined) };
}

/** The classes of an element, in order. */
export function classesOf(element: Element): readonly string[] {
  return (
    attribute(element, 'class')
      ?.split(/\s+/)
      .filter((name) => name !== '') ?? []
  );
}
