/**
 * A work at one moment: passages in order, choices between them, places where it divides, and flags. A passage
 * without choices leads to the next in order, unless it is an ending, the place of a variant set, or the next one
 * heads a branch.
 */
export interface Story<Html extends string = string> {
  readonly passages: readonly Passage<Html>[];
  readonly choices: readonly Choice[];
  readonly variantSets: readonly VariantSet[];
}

/** A node of the story: a chapter, a scene or an ending. `key` never changes while the passage lives. */
export interface Passage<Html extends string = string> {
  readonly key: string;
  readonly title: string | null;
  readonly html: Html;
  /** Counted by `countWords`; kept so that pages need not count. */
  readonly words: number;
  readonly ending: boolean;
  readonly tags: readonly string[];
  /** Flags that reading this passage sets and unsets. */
  readonly sets: readonly string[];
  readonly unsets: readonly string[];
}

/** A labelled edge. Shown only when every condition holds. */
export interface Choice {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly showIf: readonly Condition[];
}

/** The only state a story has: a flag set or not, a passage visited or not. */
export type Condition =
  | { readonly kind: 'flag'; readonly flag: string; readonly holds: boolean }
  | { readonly kind: 'visited'; readonly passage: string; readonly holds: boolean };

/** The place after which two or more branches may stand. `place` is a passage key; verdicts are given per set. */
export interface VariantSet {
  readonly place: string;
  readonly branches: readonly Branch[];
}

/** One of the alternatives: its letter, its label as written (`Alternate ending`), the passage it starts with. */
export interface Branch {
  readonly siglum: string;
  readonly label: string;
  readonly head: string;
}

/** The letter of the nth branch (from 0): A … Z, then AA, AB …, as editions do. */
export function siglumOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : siglumOf(Math.floor(index / 26) - 1) + letter;
}
