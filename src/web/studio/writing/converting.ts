import { availableParallelism } from 'node:os';
import { Conflict } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { htmlOfMarkdown, markdownToEdit } from '../../../writing/markdown.ts';
import { aside, isBuilt, type Room } from '../../aside.ts';

/** A text to be read from Markdown, or to be written as Markdown; plain data, fit to be sent to a thread. */
export type Conversion =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'write'; readonly html: CleanHtml };

/** What became of it; null where signs within signs stand too deep to be read. */
export function convert(conversion: Conversion): string | null {
  if (conversion.kind === 'write') return markdownToEdit(conversion.html).trimEnd();
  try {
    return htmlOfMarkdown(conversion.text);
  } catch (error) {
    // The parser of Markdown calls itself for each quotation within a quotation, until it cannot.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The same, remembered: a passage is read when it is saved, and again when it is shown; a long one takes a second. */
export function converted(conversion: Conversion): string | null {
  const name = nameOf(conversion);
  const known = recent.get(name);
  return known === undefined ? remember(name, convert(conversion)) : known;
}

/**
 * Converts long texts in threads, so that nobody else waits for them; `converted` then has them. Run from sources, or
 * where too many wait, they are converted where they are asked for.
 */
export async function convertAside(conversions: readonly Conversion[]): Promise<void> {
  const wanted = conversions.filter((c) => lengthOf(c) > longEnough && !recent.has(nameOf(c)));
  await Promise.all(
    wanted.map(async (conversion) => {
      try {
        if (inThread !== undefined) remember(nameOf(conversion), await inThread(conversion));
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }),
  );
}

const room: Room = {
  program: new URL('./text-worker.js', import.meta.url),
  running: Math.max(1, availableParallelism() - 1),
  waiting: 8,
  patience: 30_000,
  busy: 'web/studio: many long texts are being read; come again in a minute',
  late: 'web/studio: this text takes too long to be read; save it in shorter parts',
};
const inThread = isBuilt(room) ? aside<Conversion, string | null>(room) : undefined;

/** Characters; what is shorter takes some hundredths of a second. */
const longEnough = 20_000;
const mostRecent = 40;
const mostCharacters = 16_000_000;

const recent = new Map<string, string | null>();
let characters = 0;

function remember(name: string, text: string | null): string | null {
  characters += recent.has(name) ? 0 : sizeOf(name, text);
  recent.set(name, text);
  for (const [oldest, kept] of recent) {
    if (recent.size <= mostRecent && characters <= mostCharacters) break;
    recent.delete(oldest);
    characters -= sizeOf(oldest, kept);
  }
  return text;
}

function sizeOf(name: string, text: string | null): number {
  return name.length + (text?.length ?? 0);
}

function nameOf(conversion: Conversion): string {
  return conversion.kind === 'read' ? `read ${conversion.text}` : `write ${conversion.html}`;
}

function lengthOf(conversion: Conversion): number {
  return conversion.kind === 'read' ? conversion.text.length : conversion.html.length;
}
