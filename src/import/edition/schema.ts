import * as z from 'zod';
import { commentStates } from '../../model/comment.ts';
import type { Precision } from '../../model/date.ts';
import type { Edition } from '../../model/edition.ts';
import { certainties } from '../../model/remark.ts';
import { archiveWarnings, categories, ratings, roles, workKinds } from '../../model/work.ts';

/**
 * The Edition as bytes from outside have it. Whatever may be left out is left out as “not known”: null, an empty
 * list. Types are held to; what the model asks beyond them (`checkEdition`) is not checked here. The descriptions
 * become `docs/edition.schema.json`; `docs/model.md` says the same at length.
 */

const text = z.string();
const known = text.nullable().default(null);
const texts = z.array(text).default([]);
const html = text.describe('HTML. Cleaned when read: no script, style or outside request survives.');
const knownHtml = html.nullable().default(null);
const key = text.describe('The key of a passage: 1 to 80 of a-z, 0-9, - and _, a letter or digit first.');
const sha256 = text.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hex');
const moment = text
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/, 'expected a date as in ISO 8601')
  .describe('ISO 8601.');
const count = z.int().nonnegative();

const precisions = ['year', 'month', 'day', 'minute', 'second'] as const satisfies readonly Precision[];

const dateShape = z.object({
  written: known.describe('The date as the source has it, character by character.'),
  local: text
    .regex(
      /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?)?)?$/,
      'expected a time of day or a date, such as 2006-05-28T12:47',
    )
    .nullable()
    .default(null)
    .describe(
      'Date and time on the wall, as far as known: 2006, 2006-05, 2006-05-28, 2006-05-28T12:47[:00].',
    ),
  instant: text
    .regex(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/,
      'expected a moment in UTC, such as 2006-05-28T19:48:00Z',
    )
    .nullable()
    .default(null)
    .describe('The moment in UTC; only where the zone is known.'),
  zone: known.describe('UTC, an offset such as +02:00 or a zone name; null where the source does not say.'),
  precision: z.enum(precisions).optional().describe('How much is known; worked out where it is left out.'),
});
const date = dateShape
  .transform((d) => ({ ...d, precision: d.precision ?? precisionOf(d.local ?? d.instant) }))
  .describe('A date: what was written, and what it means as far as that is known.');
const knownDate = date.nullable().default(null);

function precisionOf(date: string | null): Precision {
  const parts = (date ?? '2000-01-01').replace(/(\.\d+)?Z$/, '').match(/\d+/g)?.length ?? 0;
  return parts > 5 ? 'second' : parts > 3 ? 'minute' : (precisions[parts - 1] ?? 'day');
}

const creator = z.object({
  name: text,
  role: z.enum(roles).default('author'),
  site: known.describe('Where the name had an account: livejournal.com.'),
});

const header = z
  .object({
    title: known,
    creators: z.array(creator).default([]),
    fandoms: texts,
    relationships: texts,
    characters: texts,
    freeforms: texts.describe('Any other tags.'),
    rating: z.enum(ratings).nullable().default(null),
    warnings: z.array(z.enum(archiveWarnings)).default([]),
    categories: z.array(z.enum(categories)).default([]),
    language: text
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'expected a language tag such as en or de-CH (BCP 47)')
      .nullable()
      .default(null)
      .describe('BCP 47: en, de-CH.'),
    summary: knownHtml,
    notes: knownHtml,
    endnotes: knownHtml,
    disclaimer: knownHtml,
    series: z
      .object({
        name: known,
        part: z.number().nullable().default(null),
        of: z.number().nullable().default(null),
      })
      .nullable()
      .default(null)
      .describe('The series the work stands in, or the part it says it is (2/3).'),
    posted: knownDate,
    revised: knownDate,
    complete: z.boolean().nullable().default(null),
    asWritten: z
      .array(z.object({ label: text.default(''), value: text }))
      .default([])
      .describe('The header block as it was written, line by line.'),
  })
  .describe('What is said about a work before it begins.');

const passage = z
  .object({
    key,
    title: known,
    html,
    words: count.default(0).describe('Counted anew when read.'),
    ending: z.boolean().default(false),
    tags: texts,
    sets: texts.describe('Flags that reading this passage sets.'),
    unsets: texts.describe('Flags that reading this passage unsets.'),
  })
  .describe('A node of the story: a chapter, a scene, an ending.');

const condition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('flag'), flag: text, holds: z.boolean().default(true) }),
  z.object({ kind: z.literal('visited'), passage: key, holds: z.boolean().default(true) }),
]);

const choice = z
  .object({
    from: key,
    to: key,
    label: text.default(''),
    showIf: z.array(condition).default([]).describe('Shown only when every condition holds.'),
  })
  .describe('A labelled way from one passage to another.');

const branch = z.object({
  siglum: text.describe('A, B, … Z, AA, AB …, in order.'),
  label: text.default(''),
  head: key,
});
const variantSet = z
  .object({ place: key, branches: z.array(branch) })
  .describe('The passage after which two or more branches may stand.');

const story = {
  passages: z.array(passage),
  choices: z.array(choice).default([]),
  variantSets: z.array(variantSet).default([]),
};

const commentAuthor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pseud'), id: text, name: text }),
  z.object({ kind: z.literal('guest'), name: text }),
  z.object({ kind: z.literal('imported'), name: text, site: known }),
  z.object({ kind: z.literal('anonymous') }),
]);

const about = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('work') }),
  z.object({ kind: z.literal('passage'), key }),
  z.object({ kind: z.literal('branch'), place: key, sigla: z.array(text) }),
  z.object({ kind: z.literal('words'), key, quote: text, start: count }),
]);

const comment = z
  .object({
    id: text.describe('Unique within the document.'),
    parent: known.describe('The id of the comment it answers.'),
    author: commentAuthor
      .nullable()
      .default(null)
      .describe('Null where the source does not have the name; one it calls anonymous is “anonymous”.'),
    posted: knownDate,
    edited: knownDate,
    subject: known,
    html,
    state: z.enum(commentStates).default('shown'),
    about: about.default({ kind: 'work' }),
    icon: known.describe('The keyword of the icon it was posted with.'),
    importedFrom: known.describe('The site it was itself imported from before.'),
    source: sha256.nullable().default(null).describe('The source it was read from.'),
  })
  .describe('A reader’s words.');

const earlierState = z
  .object({ number: count, work: header, madeAt: moment, why: text.default(''), ...story })
  .describe('A state the work had before the current one.');

const note = z
  .object({ title: known, posted: knownDate, html, source: sha256.nullable().default(null) })
  .describe('A dated post of the author that is not a story.');

const verdict = z
  .object({ place: key, sigla: z.array(text), at: moment })
  .describe('One reader’s preference at one variant set: any subset of its sigla.');

const source = z
  .object({
    sha256,
    name: text,
    size: count.describe('In bytes.'),
    importer: text.describe('The program that read it.'),
    importerVersion: count.default(1),
    address: known.describe('The public address it had.'),
    savedAt: moment.nullable().default(null),
    charset: text.default('UTF-8'),
    origin: known.describe('What identifies the page over several saves: livejournal.com/horace/1234.'),
  })
  .describe('Where the work came from.');

const resource = z
  .object({
    path: text.describe('What the HTML may refer to: <img src="resource:PATH">.'),
    mediaType: text,
    sha256,
    base64: text.refine(isBase64, 'expected bytes in base64').meta({ contentEncoding: 'base64' }),
  })
  .describe('A file that came along, such as an image.');

function isBase64(value: string): boolean {
  return value.length % 4 === 0 && Buffer.from(value, 'base64').toString('base64') === value;
}

const remark = z
  .object({
    certainty: z.enum(certainties),
    about: text.describe('The path of the fact in this document: variantSets[0].place.'),
    where: z
      .object({ file: text, line: count.nullable().default(null), element: known })
      .nullable()
      .default(null),
    message: text,
    quote: known.describe('Words of the source that stand nowhere else.'),
    alternatives: z.array(z.object({ value: text, label: text.default('') })).default([]),
    decidedBy: known,
    decidedAt: moment.nullable().default(null),
  })
  .describe('What an importer did with one fact.');

const decision = z
  .object({ about: text, value: text, by: text, at: moment })
  .describe('What a person decided about one fact.');

/** An Edition from outside. Gives every field; HTML is not clean yet, words not yet counted. */
export const editionSchema = z
  .object({
    format: z.literal('variorum-edition'),
    version: z.literal(1),
    kind: z
      .enum(workKinds)
      .default('story')
      .describe('A note is a dated post that is no story: one passage, no rating needed.'),
    work: header,
    ...story,
    comments: z.array(comment).default([]),
    states: z.array(earlierState).default([]).describe('Earlier states, oldest first.'),
    notes: z.array(note).default([]),
    verdicts: z.array(verdict).default([]),
    sources: z.array(source).default([]),
    resources: z.array(resource).default([]),
    remarks: z.array(remark).default([]),
    decisions: z.array(decision).default([]),
  })
  .describe('One work with everything that came with it.') satisfies z.ZodType<Edition>;

/** The same as a JSON Schema (draft 2020-12), for programs that write such documents. */
export function editionJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(editionSchema, { io: 'input' });
  return { $schema, title: 'Variorum Edition, version 1', ...rest };
}
