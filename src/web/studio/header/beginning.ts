import { Invalid, Unreadable } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { addBranch, addPassage, labelBranch } from '../../../model/edit.ts';
import type { Edition } from '../../../model/edition.ts';
import type { Story } from '../../../model/state.ts';
import { emptyHeader, type Header } from '../../../model/work.ts';
import type { SentFile } from '../../forms.ts';
import { reader } from '../../importing/reader.ts';
import { writtenText } from '../writing/text.ts';

/** The ways to begin a story. */
export const beginnings = ['text', 'endings', 'read'] as const;
export type Beginning = (typeof beginnings)[number];

/** What someone begins a story with. */
export interface Begun {
  readonly story: Story<CleanHtml>;
  /** What the text itself says of the work; empty for one that was typed. */
  readonly header: Partial<Header<CleanHtml>>;
}

/**
 * Begins a story: with one passage of the words typed, with the same and two endings to be written after it, or with
 * what the importers read in a file or a pasted text.
 * @throws Unreadable for a file that is no story, Invalid for one that holds several, Conflict when many are being read
 */
export async function begin(way: Beginning, typed: string, file: SentFile | undefined): Promise<Begun> {
  if (file !== undefined || way === 'read') return readStory(file ?? pasted(typed));
  const alone = addPassage(noStory, null, writtenText(typed));
  return { story: way === 'endings' ? withEndings(alone) : alone, header: {} };
}

const noStory: Story<CleanHtml> = { passages: [], choices: [], variantSets: [] };

/** Two empty endings after the only passage. */
function withEndings(alone: Story<CleanHtml>): Story<CleanHtml> {
  const place = alone.passages[0]?.key ?? '';
  const first = addPassage(alone, place, { ending: true });
  return labelBranch(addBranch(first, place, { label: 'Another ending' }), place, 'A', 'An ending');
}

function pasted(typed: string): SentFile {
  if (typed.trim() === '')
    throw new Invalid('web/studio: paste a text or choose a file to be read', { path: 'text' });
  const name = /^\s*<(?:!doctype|html|div|p|table|body)\b/i.test(typed) ? 'pasted.html' : 'pasted.txt';
  return { name, bytes: Buffer.from(typed) };
}

/** The one story of a file; comments in it do not come along. */
async function readStory(file: SentFile): Promise<Begun> {
  const source = { path: file.name, bytes: file.bytes };
  const read = await reader({ source, beside: new Map(), decisions: [] }, false);
  if (read.kind === 'refused') throw new Unreadable(read.reason);
  const { editions } = read.reading;
  const [edition, ...more] = editions;
  if (edition === undefined)
    throw new Invalid(`web/studio: there is no story in "${file.name}"`, { path: 'file' });
  if (more.length > 0)
    throw new Invalid(
      `web/studio: "${file.name}" holds ${editions.length} stories; those who run the archive can import them all`,
      { path: 'file' },
    );
  const { passages, choices, variantSets } = edition;
  return { story: { passages, choices, variantSets }, header: headerOf(edition) };
}

/** What the text says of itself; its author is whoever begins the work now. */
function headerOf({ work }: Edition<CleanHtml>): Partial<Header<CleanHtml>> {
  const { creators: _, ...said } = work;
  return said;
}

/** One header of what was typed and, where nothing was, of what the text says of itself. */
export function filledIn(typed: Header<CleanHtml>, read: Partial<Header<CleanHtml>>): Header<CleanHtml> {
  const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
  const known = Object.entries(typed).filter(([, value]) => !isEmpty(value));
  return { ...emptyHeader, ...read, ...Object.fromEntries(known) };
}
