import { parse } from 'yaml';
import { type CleanHtml, joinBlocks, paragraph } from '../../html.ts';
import { blocksOfNodes, parseMarkdown } from '../../markdown/read.ts';
import type { WrittenDate } from '../../model/date.ts';
import { type Remark, remark } from '../../model/remark.ts';
import { emptyHeader, type Header, type Role, roles } from '../../model/work.ts';
import { readDate } from '../dates.ts';
import type { Draft } from '../header/entry.ts';
import { fieldsOf } from '../header/labels.ts';
import { fill } from '../header/values.ts';

/** What front matter says. Undefined in `header` when it is no YAML mapping; its lines are then kept as written. */
interface FrontMatter {
  readonly header: Header<CleanHtml>;
  readonly remarks: readonly Remark[];
  /** The names of fields, which stand nowhere else when `as-written` gives the header lines. */
  readonly names: readonly string[];
}

type Value = string | readonly unknown[] | Readonly<Record<string, unknown>>;

/** Reads YAML front matter into a header: the fields of docs/markdown.md; others are kept as written. */
export function readFrontMatter(yaml: string, file: string): FrontMatter {
  const draft: Draft = { ...emptyHeader };
  const fields = parsed(yaml);
  if (fields === undefined) {
    const lines = yaml.split('\n').filter((l) => l.trim() !== '');
    draft.asWritten = lines.map((value) => ({ label: '', value }));
    const where = { file, line: 1, element: null };
    const message = 'The front matter is no YAML; its lines are kept in the header as written.';
    return { header: draft, remarks: [remark('lost', 'work.asWritten', message, { where })], names: [] };
  }
  const remarks: Remark[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const line = yaml.split('\n').findIndex((l) => l.replace(/["']/g, '').startsWith(`${name}:`)) + 2;
    remarks.push(...readField(draft, name, value, { file, line, element: null }));
  }
  const given = fields['as-written'];
  if (Array.isArray(given)) draft.asWritten = given.map(headerLine);
  return { header: draft, remarks, names: Object.keys(fields) };
}

/** Only strings, lists and mappings: scalars of other kinds as they would be written. */
function parsed(yaml: string): Readonly<Record<string, Value>> | undefined {
  let value: unknown;
  try {
    value = parse(yaml, { schema: 'failsafe', logLevel: 'error' });
  } catch {
    return undefined;
  }
  if (value === null || value === '') return {};
  return isMapping(value) ? (value as Readonly<Record<string, Value>>) : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function headerLine(entry: unknown): { readonly label: string; readonly value: string } {
  const [label, value] = isMapping(entry) ? (Object.entries(entry)[0] ?? ['', '']) : ['', entry];
  return { label, value: String(value) };
}

function readField(
  draft: Draft,
  name: string,
  value: Value,
  where: NonNullable<Remark['where']>,
): readonly Remark[] {
  if (name === 'as-written') return [];
  const key = name.toLowerCase().replace(/[\s_]+/g, '-');
  const words = plain(value);
  const keep = (): void => {
    draft.asWritten = [...draft.asWritten, { label: name, value: words }];
  };
  const read = (about: keyof Header): readonly Remark[] => {
    keep();
    const short = words.length > 60 ? `${words.slice(0, 60).trimEnd()}…` : words;
    return [remark('read', `work.${about}`, `The front matter gives the ${name}: “${short}”.`, { where })];
  };
  if (key === 'title' && typeof value === 'string') {
    draft.title = value;
    return read('title');
  }
  const role = roleOf(key);
  if (role !== undefined) {
    draft.creators = [...draft.creators, ...peopleIn(value, role)];
    return read('creators');
  }
  const list = lists[key];
  if (list !== undefined && Array.isArray(value) && list !== 'warnings' && list !== 'categories') {
    draft[list] = value.map(String);
    return read(list);
  }
  if (key === 'summary' || key === 'notes' || key === 'endnotes' || key === 'disclaimer') {
    draft[key] = markdown(words);
    return read(key);
  }
  if (key === 'series' && isMapping(value)) {
    draft.series = { name: text(value.name), part: number(value.part), of: number(value.of) };
    return read('series');
  }
  if ((key === 'posted' || key === 'revised') && isMapping(value)) {
    draft[key] = dateOf(value);
    return read(key);
  }
  if (key === 'complete') {
    draft.complete = /^(?:true|yes)$/i.test(words) ? true : /^(?:false|no)$/i.test(words) ? false : null;
    return read('complete');
  }
  if (key === 'language' && /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i.test(words)) {
    draft.language = words;
    return read('language');
  }
  const block = paragraph([words]);
  const known = list === undefined ? fieldsOf(key.replace(/-/g, ' ')) : fieldsOf(list);
  const entry = {
    label: name,
    fields: known,
    paragraphs: [block.lines],
    source: where.line,
    raw: `${name}: ${words}`,
  };
  return fill(draft, entry, where.file);
}

const lists: Readonly<
  Record<string, 'fandoms' | 'relationships' | 'characters' | 'freeforms' | 'warnings' | 'categories'>
> = {
  fandom: 'fandoms',
  fandoms: 'fandoms',
  relationship: 'relationships',
  relationships: 'relationships',
  character: 'characters',
  characters: 'characters',
  tags: 'freeforms',
  freeforms: 'freeforms',
  warning: 'warnings',
  warnings: 'warnings',
  category: 'categories',
  categories: 'categories',
};

function roleOf(key: string): Role | undefined {
  return roles.find((role) => key === role || key === `${role}s`);
}

/** `Name`, `{name, site}`, or a list of these. */
function peopleIn(value: Value, role: Role): Header['creators'] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.map((entry) =>
    isMapping(entry)
      ? { name: text(entry.name) ?? '', role, site: text(entry.site) }
      : { name: String(entry), role, site: null },
  );
}

function dateOf(value: Readonly<Record<string, unknown>>): WrittenDate {
  const local = text(value.local);
  const precision = readDate((local ?? '').replace('T', ' '))?.date.precision;
  return {
    written: text(value.written),
    local,
    instant: text(value.instant),
    zone: text(value.zone),
    precision: precision ?? 'minute',
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== 'null' && value !== '~' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : null;
}

function markdown(words: string): CleanHtml | null {
  const document = parseMarkdown(words);
  return words.trim() === '' ? null : joinBlocks(blocksOfNodes(document.children, document));
}

/** A value as one string: lists with commas, mappings as `name: value`. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (isMapping(value))
    return Object.entries(value)
      .map(([k, v]) => `${k}: ${plain(v)}`)
      .join(', ');
  return String(value ?? '').trim();
}
