import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/** The nodes of a parsed page, as `parsePage` gives it. Reading only: nobody changes a tree. */
export type Node = Tree.ChildNode;
export type Element = Tree.Element;
export type Parent = Tree.ParentNode;
export type TextNode = Tree.TextNode;

/** Whether a node is an element. */
export function isElement(node: Node | Parent): node is Element {
  return 'tagName' in node;
}

/** Whether a node is words between tags. */
export function isText(node: Node | Parent): node is TextNode {
  return node.nodeName === '#text';
}

/** The value of an attribute; undefined where the element does not have it. */
export function attribute(element: Element, name: string): string | undefined {
  for (const attr of element.attrs) if (attr.name === name) return attr.value;
  return undefined;
}

/** Whether `name` is one of the element's classes. */
export function hasClass(element: Element, name: string): boolean {
  const value = attribute(element, 'class');
  return value !== undefined && ` ${value.replace(/\s+/g, ' ')} `.includes(` ${name} `);
}

/** Every node below `root` in document order, `root` left out. Never recursive: hostile pages are deep. */
export function* descendants(root: Parent | Node): Generator<Node> {
  if (!('childNodes' in root)) return;
  const stack: Node[] = [...root.childNodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if ('childNodes' in node) {
      for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i] as Node);
    }
  }
}

/** The elements below `root` for which `matches` holds, in document order. */
export function findAll(root: Parent | Node, matches: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  walk(root, (element) => {
    if (matches(element)) found.push(element);
    return false;
  });
  return found;
}

/** The first such element, or undefined. */
export function find(root: Parent | Node, matches: (element: Element) => boolean): Element | undefined {
  return walk(root, matches);
}

/** Visits the elements below `root` in document order, until `visit` gives true for one, which it gives. No generator: parsers call it often. */
function walk(root: Parent | Node, visit: (element: Element) => boolean): Element | undefined {
  if (!('childNodes' in root)) return undefined;
  const stack: Node[] = [];
  for (let at: Parent | undefined = root; ; ) {
    if (at !== undefined)
      for (let i = at.childNodes.length - 1; i >= 0; i--) stack.push(at.childNodes[i] as Node);
    const node = stack.pop();
    if (node === undefined) return undefined;
    if (isElement(node) && visit(node)) return node;
    at = 'childNodes' in node ? node : undefined;
  }
}

/** For `find`: whether an element has one of these names. */
export const byTag =
  (...names: readonly string[]) =>
  (element: Element): boolean =>
    names.includes(element.tagName);

/** For `find`: whether an element has all these classes. */
export const byClass =
  (...names: readonly string[]) =>
  (element: Element): boolean =>
    names.every((name) => hasClass(element, name));

/** For `find`: whether an element has this id, or one of this shape. */
export const byId =
  (id: string | RegExp) =>
  (element: Element): boolean => {
    const value = attribute(element, 'id');
    return value !== undefined && (typeof id === 'string' ? value === id : id.test(value));
  };

const unseen = new Set(['script', 'style', 'template', 'noembed', 'noframes', 'head', 'iframe', 'object']);

/** Whether a browser shows nothing of an element's contents. */
export function isUnseen(element: Element): boolean {
  return unseen.has(element.tagName);
}

/** Every text node a reader could see below `root`, in document order. */
export function* visibleText(root: Parent | Node): Generator<TextNode> {
  const stack: (Parent | Node)[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) yield node;
    else if ('childNodes' in node && !(isElement(node) && isUnseen(node))) {
      for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i] as Node);
    }
  }
}

/**
 * The visible words below `root`, white space folded, `br` and blocks counted as spaces. With `most`, no more than
 * about so many characters and nodes from the beginning: on a hostile page everything stands in everything.
 */
export function textOf(root: Parent | Node, most = Number.POSITIVE_INFINITY): string {
  let text = '';
  let seen = 0;
  for (const node of 'childNodes' in root ? descendantsSeen(root) : [root]) {
    if (seen++ > most) break;
    if (isText(node)) {
      text += node.value;
      seen += node.value.trim().length;
    } else if (isElement(node) && !inline.has(node.tagName)) text += ' ';
  }
  return text.replace(/[ \t\r\n\f]+/g, ' ').trim();
}

const inline = new Set(
  'a abbr b bdi bdo big cite code em font i img ins del kbd lj q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);

function* descendantsSeen(root: Parent | Node): Generator<Node> {
  const stack: Node[] = 'childNodes' in root ? [...root.childNodes].reverse() : [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if ('childNodes' in node && !(isElement(node) && isUnseen(node))) {
      for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i] as Node);
    }
  }
}

/** The line (from 1) of the source an element's tag, or the text's parent's tag, ended on; null when unknown. */
export function lineOf(node: Node | Parent): number | null {
  for (
    let at: Node | Parent | null = node;
    at !== null;
    at = 'parentNode' in at ? (at.parentNode ?? null) : null
  ) {
    const line = (at as { line?: number }).line;
    if (line !== undefined) return line;
  }
  return null;
}

/** The nearest element around a node for which `matches` holds, the node itself first. */
export function closest(node: Node, matches: (element: Element) => boolean): Element | undefined {
  for (
    let at: Node | Parent | null = node;
    at !== null;
    at = 'parentNode' in at ? (at.parentNode ?? null) : null
  ) {
    if (isElement(at) && matches(at)) return at;
  }
  return undefined;
}
