import { availableParallelism } from 'node:os';
import { Conflict, Invalid, Unreadable } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { htmlOfMarkdown, markdownToEdit, rawToEdit } from '../../../writing/markdown.ts';
import { aside, isBuilt, type Room } from '../../aside.ts';

/** A text to be read from Markdown, or to be written as Markdown; plain data, fit to be sent to a thread. */
type Conversion =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'write'; readonly html: CleanHtml };

/** What became of it; null where signs within signs stand too deep to be read. */
export function convert(conversion: Conversion): string | null {
  if (conversion.kind === 'write') return markdownToEdit(conversion.html).trimEnd();
  try {
    return htmlOfMarkdown(conversion.text);
  } catch (error) {
    // The parser of Markdown calls itself for each sign within a sign, until it cannot.
    if (error instanceof RangeError || error instanceof Invalid || error instanceof Unreadable) return null;
    throw error;
  }
}

/** Characters; what is shorter takes some hundredths of a second. */
const longEnough = 20_000;
const mostRecent = 40;
const mostCharacters = 16_000_000;
const mostRefused = 12;

/** Conversions that are remembered, and made beside serving where they are long. */
interface Converting {
  /**
   * A conversion, remembered: a passage is read when it is saved, and again when it is shown; a long one takes a second.
   * What no thread could do in time is not done here either: a text is then written as HTML.
   * @throws Invalid for a text that cannot be read in time, or just now
   */
  converted(conversion: Conversion): string | null;
  /**
   * Converts long texts in threads, so that nobody else waits for them; `converted` then has them. `who` is the account
   * for which that is done: one cannot take all places. Run from sources they are converted where they are asked for.
   */
  convertAside(conversions: readonly Conversion[], who?: string): Promise<void>;
}

/** Makes conversions with the threads of a room. */
export function convertingIn(room: Room): Converting {
  const convertThere = isBuilt(room) ? aside<Conversion, string | null>(room) : undefined;
  const recent = new Map<string, string | null>();
  let characters = 0;
  /** What no thread had the time for when it was last asked, and why. */
  const refused = new Map<string, string>();
  const remember = (name: string, text: string | null): string | null => {
    characters += recent.has(name) ? 0 : sizeOf(name, text);
    recent.set(name, text);
    for (const [oldest, kept] of recent) {
      if (recent.size <= mostRecent && characters <= mostCharacters) break;
      recent.delete(oldest);
      characters -= sizeOf(oldest, kept);
    }
    return text;
  };
  const refuse = (name: string, why: string): void => {
    refused.set(name, why);
    if (refused.size > mostRefused) refused.delete(refused.keys().next().value ?? '');
  };
  return {
    converted(conversion) {
      const name = nameOf(conversion);
      const known = recent.get(name);
      if (known !== undefined) return known;
      const why = refused.get(name);
      if (why === undefined) return remember(name, convert(conversion));
      if (conversion.kind === 'write') return rawToEdit(conversion.html).trimEnd();
      throw new Invalid(why, { path: 'text' });
    },
    async convertAside(conversions, who) {
      if (convertThere === undefined) return;
      const wanted = conversions.filter((c) => lengthOf(c) > longEnough && !recent.has(nameOf(c)));
      await Promise.all(
        wanted.map(async (conversion) => {
          const name = nameOf(conversion);
          refused.delete(name);
          try {
            remember(name, await convertThere(conversion, who));
          } catch (error) {
            if (!(error instanceof Conflict)) throw error;
            refuse(name, error.message);
          }
        }),
      );
    },
  };
}

/** The conversions of the studio. */
export const { converted, convertAside } = convertingIn({
  program: new URL('./text-worker.js', import.meta.url),
  running: Math.max(1, availableParallelism() - 1),
  waiting: 8,
  each: 3,
  patience: 10_000,
  busy: 'web/studio: many long texts are being read; come again in a minute',
  late: 'web/studio: this text takes too long to be read; save it in shorter parts',
});

function sizeOf(name: string, text: string | null): number {
  return name.length + (text?.length ?? 0);
}

function nameOf(conversion: Conversion): string {
  return conversion.kind === 'read' ? `read ${conversion.text}` : `write ${conversion.html}`;
}

function lengthOf(conversion: Conversion): number {
  return conversion.kind === 'read' ? conversion.text.length : conversion.html.length;
}
