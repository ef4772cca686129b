import { type Element, type Node, textOf } from '../../dom.ts';
import { tokensOf } from '../remainder.ts';
import type { Taken } from './chrome.ts';
import { textsIn } from './words.ts';

/**
 * Notes that `kept` is in what the parser gives of these nodes, and that all else in them (brackets, labels, colons)
 * belongs to the site by a rule. Words are compared one by one, so that `[May 28th, 2006|12:47 pm]` may be kept as
 * `May 28th, 2006 12:47 pm`.
 */
export function claim(
  taken: Taken,
  rule: string,
  nodes: readonly (Node | undefined)[],
  ...kept: readonly (string | null)[]
): void {
  const stock = new Map<string, number>();
  for (const token of kept.flatMap((words) => tokensOf(words ?? '')))
    stock.set(token, (stock.get(token) ?? 0) + 1);
  for (const text of nodes.flatMap((node) => (node === undefined ? [] : textsIn(node)))) {
    if (taken.has(text)) continue;
    const rest = tokensOf(text.value).filter((token) => {
      const have = stock.get(token) ?? 0;
      if (have > 0) stock.set(token, have - 1);
      return have === 0;
    });
    taken.part(text, rule, rest.join(' '));
  }
}

/** Takes the words of a label such as `Current Mood:`, which it gives without the colon; that belongs to the site by a rule. */
export function takeLabel(label: Element, rule: string, taken: Taken): string {
  const texts = textsIn(label);
  const last = texts.at(-1);
  taken.add(texts.slice(0, -1));
  if (last !== undefined) taken.part(last, rule, /:\s*$/.test(last.value) ? ':' : '');
  return textOf(label).replace(/\s*:$/, '');
}
