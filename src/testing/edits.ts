import fc from 'fast-check';
import { Invalid } from '../errors.ts';
import { type CleanHtml, cleanHtml, htmlOfText } from '../html.ts';
import {
  addBranch,
  addChoice,
  addEnding,
  addPassage,
  changeChoice,
  divideHere,
  joinPassages,
  labelBranch,
  markEnding,
  movePassage,
  orderBranches,
  rejoin,
  removeBranch,
  removeChoice,
  removePassage,
  renamePassage,
  setFlags,
  splitPassage,
  writeAnotherWay,
  writePassage,
} from '../model/edit.ts';
import type { Story } from '../model/state.ts';
import { countWords } from '../model/text/words.ts';

type Clean = Story<CleanHtml>;

/** Something a writer does: which of the operations, and numbers that pick what it is done to. */
export interface Act {
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly name: string;
}

/** Carries an act out where it can be; where the program refuses, the story stays as it is. */
export function carryOut(story: Clean, act: Act): Clean {
  try {
    return done(story, act);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return story;
  }
}

function words(text: string): { readonly html: CleanHtml; readonly words: number } {
  return { html: htmlOfText(text), words: countWords(text) };
}

/** Anything a writer may do next, with numbers that pick what it is done to. */
export const anyAct: fc.Arbitrary<Act> = fc.record({
  what: fc.nat(21),
  a: fc.nat(30),
  b: fc.nat(30),
  name: fc.constantFrom('x', 'y z', 'ß'),
});

/** What a beta may make of a passage: some of its words others, put in, or gone. */
export interface Turn {
  readonly passage: number;
  readonly at: number;
  readonly gone: number;
  readonly put: string;
}

export const anyTurn: fc.Arbitrary<Turn> = fc.record({
  passage: fc.nat(30),
  at: fc.nat(60),
  gone: fc.nat(3),
  put: fc.constantFrom('', 'kelp', '<em>kelp</em> and', 'tide,'),
});

/** The words of a text turned as a beta turned them. */
export function turnWords(html: string, { at, gone, put }: Turn): CleanHtml {
  const words = html.split(' ');
  const from = at % words.length;
  return cleanHtml([...words.slice(0, from), put, ...words.slice(from + gone)].join(' '));
}

function done(s: Clean, { what, a, b, name }: Act): Clean {
  const keyAt = (n: number): string => s.passages[n % s.passages.length]?.key ?? '';
  const [key, other] = [keyAt(a), keyAt(b)];
  const html = s.passages.find((p) => p.key === key)?.html ?? '';
  const middle = Math.floor(html.length / 2);
  const halves = {
    before: { ...words('x'), html: html.slice(0, middle) as CleanHtml },
    after: { ...words('x'), html: html.slice(middle) as CleanHtml },
  };
  const joined = s.passages.find((p) => p.key === other)?.html ?? '';
  const set = s.variantSets[a % Math.max(1, s.variantSets.length)];
  const siglum = set?.branches[b % (set.branches.length || 1)]?.siglum ?? 'A';
  const index = a % Math.max(1, s.choices.length);
  const acts: readonly (() => Clean)[] = [
    () => divideHere(s, key, halves),
    () => divideHere(s, key, halves, { first: name, other: name }),
    () => addEnding(s, key, { label: name }),
    () => addBranch(s, key, { label: name }),
    () => writeAnotherWay(s, key, { label: name }),
    () => addChoice(s, { from: key, to: other, label: name }),
    () =>
      addChoice(s, {
        from: key,
        to: other,
        label: name,
        showIf: [{ kind: 'visited', passage: key, holds: true }],
      }),
    () => removeChoice(s, index),
    () => changeChoice(s, index, { to: other }),
    () => rejoin(s, key, other, name),
    () => setFlags(s, key, { sets: [name], unsets: [] }),
    () => splitPassage(s, key, halves, name),
    () =>
      joinPassages(s, key, other, {
        ...words('x'),
        html: `${html}${joined}` as CleanHtml,
      }),
    () => movePassage(s, key, other),
    () => renamePassage(s, key, name),
    () => markEnding(s, key, b % 2 === 0),
    () => addPassage(s, key, { title: name }),
    () => orderBranches(s, set?.place ?? '', set?.branches.map((x) => x.siglum).reverse() ?? []),
    () => labelBranch(s, set?.place ?? '', siglum, name),
    () => removePassage(s, key),
    () => removeBranch(s, set?.place ?? '', siglum),
    () => writePassage(s, key, { html: s.passages[0]?.html ?? htmlOfText(''), words: 1 }),
  ];
  return acts[what]?.() ?? s;
}
