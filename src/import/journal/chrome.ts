import {
  attribute,
  type Element,
  isElement,
  isText,
  isUnseen,
  type Node,
  type Parent,
  type TextNode,
} from '../../dom.ts';
import type { Chrome } from '../importer.ts';
import { classesOf } from './classes.ts';

/**
 * A named rule and the elements it matches, each as `tag`, `.class`, `tag.class`, `#id` or `#start*`. What stands
 * within a matched element belongs to the rule, but for what a parser has taken and for stricter rules inside.
 */
export interface ChromeRule {
  readonly rule: string;
  readonly matches: readonly string[];
}

/** Nodes as parsers have them: one, none, or a list, which may be longer than a call can have arguments. */
type Given = Node | undefined | readonly (Node | undefined)[];

/** What a parser has taken from a page, node by node; all that it has not is chrome by a rule, or is left over. */
export class Taken {
  readonly #nodes = new Set<Node>();
  readonly #ruled = new Map<Node, string>();
  readonly #rests = new Map<TextNode, Chrome>();

  /** The node, and all within it, is in what the parser gives. */
  add(...nodes: readonly Given[]): void {
    for (const node of nodes.flat()) if (node !== undefined) this.#nodes.add(node);
  }

  /** The node belongs to the site, by a rule that only the parser can tell. */
  rule(rule: string, ...nodes: readonly Given[]): void {
    for (const node of nodes.flat()) if (node !== undefined) this.#ruled.set(node, rule);
  }

  /** A text of which `rest` (a label, a bracket) belongs to the site by a rule and all else is in what the parser gives. */
  part(node: TextNode, rule: string, rest: string): void {
    this.#rests.set(node, { rule, text: rest });
  }

  has(node: Node): boolean {
    return this.#nodes.has(node);
  }

  ruleOf(node: Node): string | undefined {
    return this.#ruled.get(node);
  }

  restOf(node: TextNode): Chrome | undefined {
    return this.#rests.get(node);
  }
}

/** Where the journal's own part of a page begins and ends; what is above and below belongs to the site. */
export interface Frame {
  readonly from: Node;
  readonly to: Node;
  readonly above: string;
  readonly below: string;
}

/** Stands on the stack below the last node of the frame. */
const leave = 'leave';

/** The chrome of a page: one walk, each visible text that was not taken given to the nearest rule around it. */
export function findChrome(
  root: Parent,
  taken: Taken,
  rules: readonly ChromeRule[],
  frame: Frame,
): readonly Chrome[] {
  const ruleOf = ruleFinder(rules);
  const texts = new Map<string, string[]>();
  const give = (rule: string, text: string): void => {
    const given = texts.get(rule);
    if (given === undefined) texts.set(rule, [text]);
    else given.push(text);
  };
  let around: string | undefined = frame.above;
  const stack: (Node | typeof leave)[] = [];
  const ruled: (string | undefined)[] = [];
  const push = (parent: Parent, rule: string | undefined): void => {
    for (let i = parent.childNodes.length - 1; i >= 0; i--) {
      stack.push(parent.childNodes[i] as Node);
      ruled.push(rule);
    }
  };
  push(root, undefined);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const rule = ruled.pop();
    if (node === leave) {
      around = frame.below;
      continue;
    }
    if (node === frame.from) around = undefined;
    if (node === frame.to) {
      stack.push(leave);
      ruled.push(undefined);
    }
    if (taken.has(node)) continue;
    if (isText(node)) {
      const rest = taken.restOf(node);
      const by = taken.ruleOf(node) ?? rule ?? around;
      if (rest !== undefined) give(rest.rule, rest.text);
      else if (by !== undefined && node.value.trim() !== '') give(by, node.value.trim());
    } else if (isElement(node) && !isUnseen(node)) {
      push(node, taken.ruleOf(node) ?? ruleOf(node) ?? rule);
    }
  }
  return [...texts].map(([rule, lines]) => ({ rule, text: lines.join('\n') }));
}

function ruleFinder(rules: readonly ChromeRule[]): (element: Element) => string | undefined {
  const exact = new Map<string, string>();
  const starts: { readonly start: string; readonly rule: string }[] = [];
  for (const { rule, matches } of rules) {
    for (const match of matches) {
      if (match.endsWith('*')) starts.push({ start: match.slice(1, -1), rule });
      else exact.set(match, rule);
    }
  }
  return (element) => {
    const id = attribute(element, 'id');
    if (id !== undefined) {
      const rule = exact.get(`#${id}`) ?? starts.find(({ start }) => id.startsWith(start))?.rule;
      if (rule !== undefined) return rule;
    }
    for (const name of classesOf(element)) {
      const rule = exact.get(`${element.tagName}.${name}`) ?? exact.get(`.${name}`);
      if (rule !== undefined) return rule;
    }
    return exact.get(element.tagName);
  };
}
