import type { Fragment, Mark, Node } from 'prosemirror-model';

/** Words in a line with the marks around them opened and closed, one within the other. */
export type Token =
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'open'; readonly mark: Mark; readonly closedAt: number }
  | { readonly kind: 'close'; readonly mark: Mark; readonly openedAt: number };

/** Marks of a stretch of words as markup: where several begin together, the one that goes on longest is outermost. */
export function inlineTokens(content: Fragment): readonly Token[] {
  const tokens: Token[] = [];
  write(content.content, new Set(), tokens);
  return tokens;
}

function write(nodes: readonly Node[], open: ReadonlySet<Mark>, tokens: Token[]): void {
  for (let at = 0; at < nodes.length; ) {
    const [mark, length] = longest(nodes, at, open);
    if (mark === undefined) {
      tokens.push({ kind: 'node', node: nodes[at] as Node });
      at++;
      continue;
    }
    const openedAt = tokens.length;
    tokens.push({ kind: 'close', mark, openedAt });
    write(nodes.slice(at, at + length), new Set([...open, mark]), tokens);
    tokens[openedAt] = { kind: 'open', mark, closedAt: tokens.length };
    tokens.push({ kind: 'close', mark, openedAt });
    at += length;
  }
}

function longest(
  nodes: readonly Node[],
  at: number,
  open: ReadonlySet<Mark>,
): readonly [mark: Mark | undefined, length: number] {
  let found: readonly [Mark | undefined, number] = [undefined, 0];
  for (const mark of nodes[at]?.marks ?? []) {
    if ([...open].some((o) => o.eq(mark))) continue;
    let end = at;
    while (end < nodes.length && mark.isInSet(nodes[end]?.marks ?? [])) end++;
    if (end - at > found[1]) found = [mark, end - at];
  }
  return found;
}
