import { type Block, blockText, type CleanHtml } from '../../html.ts';
import { blocksOfNodes, wordsOf } from '../../markdown/read.ts';
import { type Edition, emptyEdition } from '../../model/edition.ts';
import { type Decision, type Remark, remark } from '../../model/remark.ts';
import {
  type Branch,
  type Choice,
  type Condition,
  type Passage,
  type Story,
  siglumOf,
} from '../../model/state.ts';
import { countWords } from '../../model/text/words.ts';
import { emptyHeader, type Header } from '../../model/work.ts';
import { passageHtml, trimBreaks } from '../chapters.ts';
import { applyDecisions } from '../decide.ts';
import { readHeader } from '../header.ts';
import type { Importer, OpenFile, PartingPlace, Reading } from '../importer.ts';
import { isPage } from '../remainder.ts';
import { recordOf, remarksOnCharset } from '../source.ts';
import { readStory } from '../story.ts';
import { untitled } from '../untitled.ts';
import { readFrontMatter } from './front-matter.ts';
import { type MarkdownPage, readMarkdown, type Section } from './page.ts';

/** Reads Markdown: a story with or without front matter, and the dialect of docs/markdown.md with its choices. */
export const markdownImporter: Importer = {
  name: 'markdown',
  version: 1,
  about:
    'Markdown (CommonMark with GitHub’s additions) with front matter, and a small dialect for choices and endings.',
  recognises: (file: OpenFile) => /\.(?:md|markdown|mkd)$/i.test(file.name) && !isWebPage(file),
  read: readFile,
};

/** A page saved under a wrong name; Markdown may hold tags, but no document. */
function isWebPage(file: OpenFile): boolean {
  return (
    isPage(file) &&
    /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html|head|body)\b/i.test(file.text.slice(0, 4096))
  );
}

function readFile(file: OpenFile, decisions: readonly Decision[]): Reading {
  const page = readMarkdown(file.text);
  const front = page.frontMatter === null ? undefined : readFrontMatter(page.frontMatter, file.path);
  const told = page.isDialect ? tellDialect(page, file.path) : tellPlain(page, file.path, decisions);
  const { header, remarks } = titled(page, joined(front?.header, told.header), file.path);
  const edition: Edition<CleanHtml> = {
    ...emptyEdition,
    ...told.story,
    work: header,
    sources: [recordOf(file, markdownImporter)],
    remarks: [...remarksOnCharset(file), ...(front?.remarks ?? []), ...told.remarks, ...remarks],
  };
  const names = (front?.names ?? []).map((text) => ({ rule: 'markdown: names of fields', text }));
  return {
    editions: [applyDecisions(edition, decisions)],
    chrome: [...page.chrome, ...names],
    places: [told.places ?? []],
  };
}

interface Told {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
  readonly remarks: readonly Remark[];
  readonly places?: readonly PartingPlace[];
}

/** A text without the dialect: header lines, chapters and endings are found as in any other text. */
function tellPlain(page: MarkdownPage, file: string, decisions: readonly Decision[]): Told {
  // One by one, so that footnotes stand under the chapter they belong to.
  const parts = [page.head, ...page.sections.map(({ heading, body }) => [heading, ...body])];
  const lines = new Set(page.sections.map((s) => s.heading.position?.start.line));
  return readStory({
    file,
    subject: null,
    blocks: parts.flatMap((nodes) => blocksOfNodes(nodes, page.document)),
    posted: null,
    decisions,
    beginsChapter: (block: Block) => block.kind === 'heading' && block.line !== null && lines.has(block.line),
  });
}

/** The dialect says all itself: passages, choices, endings and variants. */
function tellDialect(page: MarkdownPage, file: string): Told {
  const head = readHeader({ file, subject: null, blocks: blocksOfNodes(page.head, page.document) });
  const hasHead = head.rest.some((b) => countWords(blockText(b)) > 0);
  const keys = new Keys(page.sections, hasHead);
  const passages: Passage<CleanHtml>[] = [];
  if (hasHead) passages.push(passageOf(keys.head, null, head.rest));
  const choices: Choice[] = [];
  const sets = new Map<string, Branch[]>();
  const remarks: Remark[] = [...head.remarks, ...keys.remarks(file)];
  let openSet: string | undefined;
  for (const section of page.sections) {
    const key = keys.of(section);
    const before = passages.at(-1);
    if (section.attributes.classes.has('variant')) {
      const place = placeOf(section, before, openSet, keys);
      if (place === undefined || place === key) remarks.push(noPlace(section, file));
      else {
        const branches = sets.get(place) ?? [];
        sets.set(place, [
          ...branches,
          { siglum: siglumOf(branches.length), label: section.words, head: key },
        ]);
        openSet = place;
      }
    }
    passages.push(passageIn(section, key, page));
    for (const choice of section.choices) {
      const { to, showIf, lost } = resolved(choice, keys);
      choices.push({ from: key, label: choice.label, to, showIf });
      remarks.push(...lost.map((passage) => noPassage(passage, section, file)));
    }
  }
  const variantSets = [...sets]
    .filter(([, branches]) => branches.length > 1)
    .map(([place, branches]) => ({ place, branches }));
  for (const [place, branches] of sets) if (branches.length < 2) remarks.push(alone(place, branches, file));
  const message = `${passages.length} passages, ${choices.length} choices, ${passages.filter((p) => p.ending).length} endings.`;
  remarks.push(remark('read', 'passages', message, { where: { file, line: null, element: null } }));
  return {
    header: head.header,
    story: { passages: endless(passages, choices), choices, variantSets },
    remarks,
  };
}

/** A choice with the keys that passages really have; conditions on passages that are not there go. */
function resolved(
  choice: Section['choices'][number],
  keys: Keys,
): { readonly to: string; readonly showIf: readonly Condition[]; readonly lost: readonly string[] } {
  const lost: string[] = [];
  const showIf = choice.showIf.flatMap((c): Condition[] => {
    if (c.kind === 'flag') return [c];
    const passage = keys.resolve(c.passage);
    if (passage === undefined) lost.push(c.passage);
    return passage === undefined ? [] : [{ ...c, passage }];
  });
  return { to: keys.resolve(choice.to) ?? choice.to, showIf, lost };
}

function noPassage(passage: string, section: Section, file: string): Remark {
  const message = `A choice asks whether “${passage}” was visited, which is no passage; the condition is left out.`;
  return remark('lost', 'choices.showIf', message, { where: whereOf(section, file), quote: passage });
}

/** A text in which nothing is marked as an ending ends with its last passage. */
function endless(
  passages: readonly Passage<CleanHtml>[],
  choices: readonly Choice[],
): readonly Passage<CleanHtml>[] {
  const last = passages.at(-1);
  if (last === undefined || passages.some((p) => p.ending) || choices.some((c) => c.from === last.key))
    return passages;
  return [...passages.slice(0, -1), { ...last, ending: true }];
}

/** The place of a variant: as `of=` says; that of the variants before it; or the passage before it. */
function placeOf(
  section: Section,
  before: Passage | undefined,
  openSet: string | undefined,
  keys: Keys,
): string | undefined {
  const said = section.attributes.values.get('of')?.[0];
  if (said !== undefined) return keys.resolve(said);
  const follows = before !== undefined && (before.ending || keys.isVariant(before.key));
  return follows && openSet !== undefined ? openSet : before?.key;
}

function passageIn(section: Section, key: string, page: MarkdownPage): Passage<CleanHtml> {
  const { classes, values } = section.attributes;
  const title = values.get('title')?.[0] ?? (classes.has('variant') ? '' : section.words);
  return {
    ...passageOf(key, title === '' ? null : title, blocksOfNodes(section.body, page.document)),
    ending: classes.has('ending'),
    tags: values.get('tag') ?? [],
    sets: values.get('set') ?? [],
    unsets: values.get('unset') ?? [],
  };
}

function passageOf(key: string, title: string | null, blocks: readonly Block[]): Passage<CleanHtml> {
  const own = trimBreaks(blocks);
  const words = own.reduce((sum, b) => sum + countWords(blockText(b)), 0);
  return { key, title, html: passageHtml(own), words, ending: false, tags: [], sets: [], unsets: [] };
}

/** The keys of passages: as written where they are keys and stand once, else `p1`, `p2` … in order. */
class Keys {
  readonly #bySection = new Map<Section, string>();
  readonly #taken = new Set<string>();
  readonly #variants = new Set<string>();
  readonly #refused: Section[] = [];
  #number = 0;

  /** The key of what stands before the first heading. */
  readonly head: string;

  constructor(sections: readonly Section[], hasHead: boolean) {
    for (const section of sections) {
      const { key } = section.attributes;
      if (key === null) continue;
      if (/^[a-z0-9][a-z0-9_-]{0,79}$/.test(key) && !this.#taken.has(key)) this.#give(section, key);
      else this.#refused.push(section);
    }
    this.head = hasHead ? this.#next() : '';
    for (const section of sections) if (!this.#bySection.has(section)) this.#give(section, this.#next());
  }

  #give(section: Section, key: string): void {
    this.#bySection.set(section, key);
    this.#taken.add(key);
    if (section.attributes.classes.has('variant')) this.#variants.add(key);
  }

  #next(): string {
    do this.#number++;
    while (this.#taken.has(`p${this.#number}`));
    this.#taken.add(`p${this.#number}`);
    return `p${this.#number}`;
  }

  of(section: Section): string {
    return this.#bySection.get(section) ?? '';
  }

  /** The key of the passage that was written with a key; undefined where none was. */
  resolve(written: string): string | undefined {
    const section = [...this.#bySection.keys()].find((s) => s.attributes.key === written);
    return section === undefined
      ? this.#taken.has(written)
        ? written
        : undefined
      : this.#bySection.get(section);
  }

  isVariant(key: string): boolean {
    return this.#variants.has(key);
  }

  remarks(file: string): readonly Remark[] {
    return this.#refused.map((section) => {
      const message = `“#${section.attributes.key}” stands twice or is no key (a-z, 0-9, - and _); the passage is called ${this.of(section)}.`;
      return remark('lost', 'passages.key', message, { where: whereOf(section, file) });
    });
  }
}

function noPlace(section: Section, file: string): Remark {
  const message = `“${section.words}” is a variant, but no passage stands where it could branch off.`;
  return remark('lost', 'variantSets', message, { where: whereOf(section, file), quote: section.words });
}

function alone(place: string, branches: readonly Branch[], file: string): Remark {
  const label = branches[0]?.label ?? '';
  const message = `“${label}” is the only variant at ${place}; it needs another beside it.`;
  return remark('lost', 'variantSets', message, { where: { file, line: null, element: null }, quote: label });
}

function whereOf(section: Section, file: string): Remark['where'] {
  return { file, line: section.heading.position?.start.line ?? null, element: null };
}

/** Front matter goes before lines in the text; what only the text says is added. */
function joined(front: Header<CleanHtml> | undefined, text: Header<CleanHtml>): Header<CleanHtml> {
  if (front === undefined) return text;
  const merged = { ...front, asWritten: [...front.asWritten, ...text.asWritten] };
  for (const key of Object.keys(emptyHeader) as (keyof Header)[]) {
    const own = front[key];
    if (own === null || (Array.isArray(own) && own.length === 0 && key !== 'asWritten'))
      Object.assign(merged, { [key]: text[key] });
  }
  return merged;
}

/** The first heading is the title, unless front matter has one: then it stays in the header as written. */
function titled(
  page: MarkdownPage,
  header: Header<CleanHtml>,
  file: string,
): { readonly header: Header<CleanHtml>; readonly remarks: readonly Remark[] } {
  const words = page.title === null ? '' : wordsOf(page.title).trim();
  const where = { file, line: page.title?.position?.start.line ?? 1, element: null };
  if (words === header.title && words !== '')
    return {
      header,
      remarks: [remark('read', 'work.title', 'The first heading is the title.', { where, quote: words })],
    };
  if (words !== '') {
    const asWritten = [{ label: '', value: words }, ...header.asWritten];
    const message =
      header.title === null
        ? `The first heading, “${words}”, is the title.`
        : 'The first heading is kept in the header as written.';
    return {
      header: { ...header, title: header.title ?? words, asWritten },
      remarks: [remark('read', header.title === null ? 'work.title' : 'work.asWritten', message, { where })],
    };
  }
  if (header.title !== null) return { header, remarks: [] };
  return { header, remarks: [untitled(where)] };
}
