/** Where a comment stands: its thread (from 1), its path within it, and its depth. */
export interface Placement {
  readonly thread: number;
  /**
   * Sorts a thread depth first, byte by byte: one segment for each level, each the number of the answer among its
   * fellows in base 36 with its length in front (`11`, `1z`, `210`). The first comment of a thread has the path ''.
   */
  readonly path: string;
  readonly depth: number;
}

/** Places the comments of one work, given in the order in which siblings stand. Any depth; parents may come later. */
export function placeComments(
  comments: readonly { readonly id: string; readonly parent: string | null }[],
): ReadonlyMap<string, Placement> {
  const answers = new Map<string, string[]>();
  const placed = new Map<string, Placement>();
  for (const { id, parent } of comments) {
    if (parent === null) placed.set(id, { thread: placed.size + 1, path: '', depth: 0 });
    else if (answers.get(parent)?.push(id) === undefined) answers.set(parent, [id]);
  }
  for (const [id, { thread, path, depth }] of placed) {
    for (const [i, answer] of (answers.get(id) ?? []).entries()) {
      placed.set(answer, { thread, path: path + segment(i + 1), depth: depth + 1 });
    }
  }
  return placed;
}

/** The path of one more answer to a comment; `last` is that of the latest so far, undefined for the first answer. */
export function pathOfAnswer(parent: string, last: string | undefined): string {
  const taken = last === undefined ? 0 : Number.parseInt(last.slice(parent.length + 1), 36);
  return parent + segment(taken + 1);
}

/** The first path after all answers below one. */
export function endOfPath(path: string): string {
  return `${path}~`;
}

function segment(n: number): string {
  const digits = n.toString(36);
  return digits.length.toString(36) + digits;
}
