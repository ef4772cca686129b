import { type CleanHtml, cleanHtml, htmlOfText } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import { type Decision, type Remark, remark } from '../model/remark.ts';
import {
  archiveWarnings,
  type Creator,
  categories,
  type Header,
  type Role,
  ratings,
  roles,
} from '../model/work.ts';
import { decideComment, widestFirst } from './decide/comments.ts';
import { dateOf, unfit } from './decide/values.ts';
import { readLanguage } from './header/scales.ts';
import { takePart } from './header/subject.ts';

type Work = Header<CleanHtml>;

/**
 * Puts what people decided into an Edition: about its header (`work.title`, `work.fandoms` and so on, lists parted by
 * commas as tags are), about the names of branches, and about comments (`decide/comments.ts`). The remark on the fact
 * becomes **decided**. Decisions about other facts are applied where those are read (`variantSets[0].place` by the fork,
 * `passages` by the story); one that nothing in the file answers to is said to be **lost**.
 * @throws Invalid for a field that is not there or a value that does not fit it.
 */
export function applyDecisions(
  edition: Edition<CleanHtml>,
  decisions: readonly Decision[],
): Edition<CleanHtml> {
  let decided = edition;
  for (const decision of widestFirst(edition.comments, decisions)) decided = apply(decided, decision);
  return { ...decided, decisions: [...edition.decisions, ...decisions] };
}

function apply(edition: Edition<CleanHtml>, decision: Decision): Edition<CleanHtml> {
  const field = /^work\.([a-z]+)$/i.exec(decision.about)?.[1]?.toLowerCase();
  if (field !== undefined) return withField(edition, decision, field);
  const named = withLabel(edition, decision) ?? decideComment(edition, decision);
  if (named !== undefined) return { ...named, remarks: settled(edition.remarks, decision) };
  const isUsed = edition.remarks.some((r) => r.about === decision.about && r.certainty === 'decided');
  return isUsed ? edition : { ...edition, remarks: [...edition.remarks, unheard(decision)] };
}

function withField(edition: Edition<CleanHtml>, decision: Decision, field: string): Edition<CleanHtml> {
  const change = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (change === undefined) throw unfit(decision, `a field is one of ${Object.keys(fields).join(', ')}`);
  const work = { ...edition.work, ...change(decision.value.trim(), decision, edition.work) };
  const about = `work.${modelNames[field] ?? field}`;
  return { ...edition, work, remarks: settled(edition.remarks, { ...decision, about }) };
}

/** A branch under another name: `variantSets[0].branches[1].label`; undefined for any other decision. */
function withLabel(edition: Edition<CleanHtml>, { about, value }: Decision): Edition<CleanHtml> | undefined {
  const [, set, branch] = /^variantSets\[(\d+)\]\.branches\[(\d+)\]\.label$/.exec(about) ?? [];
  const label = value.trim();
  if (edition.variantSets[Number(set)]?.branches[Number(branch)] === undefined || label === '')
    return undefined;
  const variantSets = edition.variantSets.map((s, i) =>
    i !== Number(set)
      ? s
      : { ...s, branches: s.branches.map((b, j) => (j === Number(branch) ? { ...b, label } : b)) },
  );
  return { ...edition, variantSets };
}

function unheard(decision: Decision): Remark {
  const message = `The decision “${decision.value}” was not used: nothing in this file asks for it.`;
  return remark('lost', decision.about, message, { decidedBy: decision.by, decidedAt: decision.at });
}

function settled(remarks: readonly Remark[], decision: Decision): readonly Remark[] {
  const who = { certainty: 'decided', decidedBy: decision.by, decidedAt: decision.at } as const;
  const message = `Decided: “${decision.value}”.`;
  // What is said of one creator is not what was decided about another.
  const asked = remarks.filter(
    (r) => r.about === decision.about && (r.about !== 'work.creators' || r.certainty === 'undecided'),
  );
  if (asked.length === 0) return [...remarks, remark('decided', decision.about, message, who)];
  return remarks.map((r) => (asked.includes(r) ? { ...r, ...who, message: `${message} ${r.message}` } : r));
}

type Change = (value: string, decision: Decision, work: Work) => Partial<Work>;

const modelNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    roles.flatMap((role) => [
      [role, 'creators'],
      [`${role}s`, 'creators'],
    ]),
  ),
  fandom: 'fandoms',
  relationship: 'relationships',
  character: 'characters',
  freeform: 'freeforms',
  tags: 'freeforms',
  warning: 'warnings',
  category: 'categories',
};

const listed: Readonly<Record<string, Change>> = {
  title: (value) => ({ title: value === '' ? null : value }),
  fandoms: (value) => ({ fandoms: list(value) }),
  relationships: (value) => ({ relationships: list(value) }),
  characters: (value) => ({ characters: list(value) }),
  freeforms: (value) => ({ freeforms: list(value) }),
  rating: (value, decision) => ({ rating: oneOf(ratings, value, decision) }),
  warnings: (value, decision) => ({ warnings: list(value).map((v) => oneOf(archiveWarnings, v, decision)) }),
  categories: (value, decision) => ({ categories: list(value).map((v) => oneOf(categories, v, decision)) }),
  language: (value, decision) => ({ language: languageOf(value, decision) }),
  summary: (value) => ({ summary: prose(value) }),
  notes: (value) => ({ notes: prose(value) }),
  endnotes: (value) => ({ endnotes: prose(value) }),
  disclaimer: (value) => ({ disclaimer: prose(value) }),
  series: (value) => ({ series: seriesOf(value) }),
  posted: (value, decision, work) => ({ posted: dateOf(value, decision, work.posted) }),
  revised: (value, decision, work) => ({ revised: dateOf(value, decision, work.revised) }),
  complete: (value, decision) => ({
    complete: /^[yt]/.test(oneOf(['yes', 'no', 'true', 'false'], value, decision)),
  }),
};

const people: Readonly<Record<string, Change>> = Object.fromEntries(
  roles.flatMap((role): [string, Change][] => {
    const change: Change = (value, _, work) => ({ creators: creditedAs(role, value, work.creators) });
    return [
      [role, change],
      [`${role}s`, change],
    ];
  }),
);

const singular = ['fandom', 'relationship', 'character', 'freeform', 'tags', 'warning', 'category'];
const fields: Readonly<Record<string, Change>> = {
  ...listed,
  ...people,
  creators: (value, _, work) => ({ creators: creditedAs('author', value, work.creators) }),
  ...Object.fromEntries(singular.map((name) => [name, listed[modelNames[name] ?? ''] as Change])),
};

function list(value: string): readonly string[] {
  return value
    .split(',')
    .map((v) => v.trim())
    .filter((v) => v !== '');
}

function oneOf<T extends string>(values: readonly T[], value: string, decision: Decision): T {
  const found = values.find((v) => v.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw unfit(decision, `it takes ${values.join(', ')}`);
  return found;
}

function languageOf(value: string, decision: Decision): string {
  const language = readLanguage(value);
  if (language === undefined)
    throw unfit(decision, 'it takes a language’s name or tag, such as “English” or “de-CH”');
  return language;
}

function prose(value: string): CleanHtml | null {
  if (value === '') return null;
  return value.includes('<') ? cleanHtml(value) : htmlOfText(value);
}

function seriesOf(value: string): Work['series'] {
  if (value === '') return null;
  const { rest, part } = takePart(value);
  return { name: rest === '' ? null : rest, part: part?.part ?? null, of: part?.of ?? null };
}

function creditedAs(role: Role, value: string, before: readonly Creator[]): readonly Creator[] {
  const names = list(value).map(
    (name) => before.find((c) => c.name === name && c.role === role) ?? { name, role, site: null },
  );
  return [...before.filter((c) => c.role !== role), ...names];
}
