import { type CleanHtml, documentText } from '../../html.ts';
import type { Comment } from '../../model/comment.ts';
import type { Edition } from '../../model/edition.ts';
import { type Onward, StoryGraph } from '../../model/graph/graph.ts';
import type { Branch, Passage, VariantSet } from '../../model/state.ts';
import { passageNames, titleOf } from '../../phrases.ts';
import type { ExportOptions } from '../exporter.ts';
import { languageOf } from './text.ts';

/** Everything a book says, worked out once: what passages are called, where they lead and where they come from. */
export interface Plan {
  readonly edition: Edition<CleanHtml>;
  readonly options: ExportOptions;
  readonly title: string;
  /** The language of the text, BCP 47; undefined when it is not known or not a language. */
  readonly language: string | undefined;
  readonly direction: 'ltr' | 'rtl';
  readonly leaves: readonly Leaf[];
  readonly leafOf: ReadonlyMap<string, Leaf>;
  /** The comments that come along, in the order of the thread. */
  readonly thread: readonly Posted[];
}

/** A passage in its place in the book. */
export interface Leaf {
  readonly passage: Passage<CleanHtml>;
  readonly name: string;
  readonly onward: Onward;
  /** Whether the passage stands after the one before it in the book without a choice in between. */
  readonly leadsToNext: boolean;
  /** The branch that begins with it. */
  readonly begins: Begun | undefined;
  /** The branches it stands in, the outermost first. */
  readonly within: readonly Begun[];
  /** The passages whose choices lead to it. */
  readonly chosenAt: readonly string[];
  readonly isEnd: boolean;
}

/** A branch with the set it belongs to. */
export interface Begun {
  readonly set: VariantSet;
  readonly branch: Branch;
  /** The place of the branch among its fellows, from 0; its colour goes by it. */
  readonly index: number;
}

/** A comment in its thread: its place in the list, its depth from 0, the place of what it answers. */
export interface Posted {
  readonly comment: Comment<CleanHtml>;
  readonly index: number;
  readonly depth: number;
  readonly answers: number | undefined;
}

/** Works out what a book of this Edition says. */
export function planBook(given: Edition<CleanHtml>, options: ExportOptions): Plan {
  const edition = withPlainNames(given);
  const leaves = leavesOf(edition);
  return {
    edition,
    options,
    title: titleOf(edition.work),
    ...languageOf(edition.work.language),
    leaves,
    leafOf: new Map(leaves.map((leaf) => [leaf.passage.key, leaf])),
    thread: options.comments ? threadOf(edition.comments) : [],
  };
}

/** Names are links and headings, and may not turn out empty when a document leaves out what it cannot hold. */
function withPlainNames(edition: Edition<CleanHtml>): Edition<CleanHtml> {
  const plain = (name: string | null): string | null => (name === null ? null : documentText(name).trim());
  const named = <T extends { readonly label: string }>(one: T): T => ({
    ...one,
    label: documentText(one.label).trim(),
  });
  return {
    ...edition,
    work: { ...edition.work, title: plain(edition.work.title) },
    passages: edition.passages.map((p) => ({ ...p, title: plain(p.title) })),
    choices: edition.choices.map(named),
    variantSets: edition.variantSets.map((s) => ({ ...s, branches: s.branches.map(named) })),
  };
}

function leavesOf({ passages, choices, variantSets }: Edition<CleanHtml>): readonly Leaf[] {
  const graph = new StoryGraph({ passages, choices, variantSets });
  const begun = variantSets.flatMap((set) => set.branches.map((branch, index) => ({ set, branch, index })));
  const headed = new Map(begun.map((b) => [b.branch.head, b]));
  const within = branchesByPassage(graph, begun);
  const chosenAt = Map.groupBy(choices, (c) => c.to);
  const names = passageNames({ passages, variantSets });
  return passages.map((passage) => {
    const onward = graph.onward(passage.key);
    const begins = headed.get(passage.key);
    const divided = new Set(variantSets.map((set) => set.place));
    const choosers = (chosenAt.get(passage.key) ?? []).map((c) => c.from).filter((key) => !divided.has(key));
    return {
      passage,
      name: names.get(passage.key) ?? passage.key,
      onward,
      leadsToNext: onward.kind === 'next',
      begins,
      within: within.get(passage.key) ?? [],
      chosenAt: [...new Set(choosers)].filter((key) => key !== passage.key),
      isEnd: passage.ending || onward.kind === 'end',
    };
  });
}

/** The branches each passage stands in: those whose head leads to it while no fellow's does. */
function branchesByPassage(
  graph: StoryGraph,
  begun: readonly Begun[],
): ReadonlyMap<string, readonly Begun[]> {
  const found = new Map<string, { readonly begun: Begun; readonly size: number }[]>();
  for (const fellows of Map.groupBy(begun, (b) => b.set).values()) {
    const reached = new Map<string, Begun[]>();
    for (const one of fellows) {
      for (const key of graph.reachable(one.branch.head))
        reached.set(key, [...(reached.get(key) ?? []), one]);
    }
    const own = [...reached].flatMap(([key, all]) =>
      all.length === 1 && all[0] !== undefined ? [{ key, one: all[0] }] : [],
    );
    for (const [one, keys] of Map.groupBy(own, (o) => o.one)) {
      for (const { key } of keys) {
        found.set(key, [...(found.get(key) ?? []), { begun: one, size: keys.length }]);
      }
    }
  }
  return new Map(
    [...found].map(([key, all]) => [key, all.sort((a, b) => b.size - a.size).map((b) => b.begun)]),
  );
}

function threadOf(comments: readonly Comment<CleanHtml>[]): readonly Posted[] {
  const children = Map.groupBy(comments, (c) => c.parent);
  const posted: Posted[] = [];
  const places = new Map<string, Posted>();
  const stack = [...(children.get(null) ?? [])].reverse();
  for (let comment = stack.pop(); comment !== undefined; comment = stack.pop()) {
    const parent = comment.parent === null ? undefined : places.get(comment.parent);
    const one = { comment, index: posted.length, depth: (parent?.depth ?? -1) + 1, answers: parent?.index };
    posted.push(one);
    places.set(comment.id, one);
    stack.push(...[...(children.get(comment.id) ?? [])].reverse());
  }
  return posted;
}
