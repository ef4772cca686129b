import type { StoryGraph } from './graph.ts';

/**
 * Every passage once, in the order in which a story is proofread: each before those it leads to, but for ways back; one
 * way to its end before the next begins; where ways meet, what follows stands after all of them. What no way leads to
 * stands last. `from` begins elsewhere and gives only what can be reached from there.
 */
export function proofOrder(graph: StoryGraph, from?: string): readonly string[] {
  const order: string[] = [];
  const entered = new Set<string>();
  const start = from ?? graph.start;
  const roots = [
    ...(start === undefined ? [] : [start]),
    ...(from === undefined ? graph.story.passages.map((p) => p.key) : []),
  ];
  for (const root of roots) {
    if (entered.has(root)) continue;
    const left: string[] = [];
    entered.add(root);
    const stack = [{ key: root, ways: [...graph.followers(root)] }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      // Walked last way first: read backwards, the order of leaving has the first way first.
      const next = top.ways.pop();
      if (next === undefined) {
        left.push(top.key);
        stack.pop();
      } else if (!entered.has(next)) {
        entered.add(next);
        stack.push({ key: next, ways: [...graph.followers(next)] });
      }
    }
    order.push(...left.reverse());
  }
  return order;
}
