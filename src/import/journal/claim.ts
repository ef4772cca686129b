import type { Node } from '../../dom.ts';
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
  for (const token of kept.flatMap(tokensOf)) stock.set(token, (stock.get(token) ?? 0) + 1);
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

function tokensOf(text: string | null): readonly string[] {
  return text?.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}\p{C}]/gu) ?? [];
}
