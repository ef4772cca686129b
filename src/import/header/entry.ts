import type { CleanHtml, Line } from '../../html.ts';
import type { Alternative, Certainty } from '../../model/remark.ts';
import type { Header } from '../../model/work.ts';
import type { Field } from './labels.ts';

/** A header line with all that belongs to it: its label (`''` for none), and its value in paragraphs of lines. */
export interface Entry {
  readonly label: string;
  readonly fields: readonly Field[];
  readonly paragraphs: readonly (readonly Line[])[];
  /** The line of the source, from 1. */
  readonly source: number | null;
  /** The words as they stood, label and signs included. */
  readonly raw: string;
}

/** A header being put together. */
export type Draft = { -readonly [K in keyof Header<CleanHtml>]: Header<CleanHtml>[K] };

/** What one entry gave: a fact, and what is to be said of it. */
export interface Finding {
  readonly certainty: Certainty;
  readonly about: keyof Header;
  readonly message: string;
  readonly alternatives?: readonly Alternative[];
}

/** The words of an entry's value, line by line. */
export function textOf(entry: Entry): string {
  return entry.paragraphs
    .map((lines) => lines.map((l) => l.text.trim()).join('\n'))
    .join('\n\n')
    .trim();
}

/** The words of an entry's value with white space folded, its lines kept. */
export function written(entry: Entry): string {
  return textOf(entry).replace(/[ \t\u00a0]+/g, ' ');
}

/** The words of an entry's value on one line. */
export function oneLine(entry: Entry): string {
  return textOf(entry)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}
