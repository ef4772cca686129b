import type { Header } from '../../model/work.ts';
import { type Draft, type Entry, type Finding, oneLine, written } from './entry.ts';
import { readCategory } from './scales.ts';

/** A fandom value of several parts, `A/B.`, is a crossover; a full stop after it is no part of the name. */
export function readFandoms(draft: Draft, entry: Entry): Finding[] {
  const written = oneLine(entry);
  const stripped = /\..*\.$/.test(written) ? written : written.replace(/\.$/, '');
  const capital = /^["“(]?[\p{Lu}\p{N}]/u;
  const bySlash = stripped.split(/\s*(?:\/|\s[xX×]\s|\scrossover with\s|\bxover\b)\s*/u);
  const sides = bySlash.every((p) => capital.test(p)) ? bySlash : [stripped];
  const parts = sides.flatMap((p) => {
    const commas = p.split(/\s*[,;]\s*/);
    return commas.every((c) => capital.test(c)) ? commas : [p];
  });
  const names = parts.map((p) => p.trim()).filter((p) => p !== '');
  draft.fandoms = [...new Set([...draft.fandoms, ...names])];
  if (names.length < 2) {
    const certainty = stripped === written ? 'read' : 'inferred';
    return [{ certainty, about: 'fandoms', message: `The fandom is ${names.join('')}.` }];
  }
  const message = `A crossover: “${written}” is taken as ${names.length} fandoms, ${names.join(' and ')}.`;
  return [
    {
      certainty: 'inferred',
      about: 'fandoms',
      message,
      alternatives: [{ value: stripped, label: 'one fandom' }],
    },
  ];
}

function listOf(written: string, separators: RegExp): readonly string[] {
  return written
    .split(separators)
    .map((p) => p.trim().replace(/(?<!\b\p{L})\.$/u, ''))
    .filter((p) => p !== '' && !/^(?:none|no|n\/?a|no pairings?|нет|-+)$/i.test(p));
}

/** Adds pairings; where a line holds characters as well (`Characters/Pairing:`), names that stand alone are those. */
export function readPairings(draft: Draft, entry: Entry): Finding[] {
  const parts = listOf(written(entry), /\s*[,;\n]\s*/);
  const mixed = entry.fields.includes('characters');
  const together = (p: string): boolean => /\/|\s[&xX×]\s/.test(p) || !mixed;
  const isCategory = (p: string): boolean => readCategory(p) !== undefined;
  const pairs = parts.filter((p) => together(p) && !isCategory(p));
  const alone = parts.filter((p) => !together(p) && !isCategory(p));
  const kinds = parts.flatMap((p) => readCategory(p)?.category ?? []);
  draft.relationships = [...new Set([...draft.relationships, ...pairs])];
  draft.characters = [...new Set([...draft.characters, ...alone])];
  draft.categories = [...new Set([...draft.categories, ...kinds])];
  const findings: Finding[] = [];
  if (pairs.length > 0) findings.push(listed('relationships', pairs));
  if (alone.length > 0) findings.push(listed('characters', alone));
  if (kinds.length > 0) findings.push({ ...listed('categories', kinds), certainty: 'inferred' });
  return findings;
}

function listed(about: keyof Header, names: readonly string[]): Finding {
  return {
    certainty: names.length > 1 ? 'inferred' : 'read',
    about,
    message: `${sentence(about)}: ${names.join(', ')}.`,
  };
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Adds characters. */
export function readCharacters(draft: Draft, entry: Entry): Finding[] {
  if (entry.fields.includes('pairing')) return [];
  // A second sentence is an aside, no name; `Mrs. Pell` is one.
  const names = written(entry).replace(/(?<=\p{L}{4})\. (?=\p{Lu}).*$/su, '');
  const parts = listOf(names, /\s*[,;\n]\s*|\s+(?:and|&|и)\s+/u);
  draft.characters = [...new Set([...draft.characters, ...parts])];
  return parts.length === 0 ? [] : [listed('characters', parts)];
}

/** Adds genres and tags; `het` and its like are categories. */
export function readTags(draft: Draft, entry: Entry): Finding[] {
  const parts = listOf(written(entry), /\s*[,;\n|]\s*|\s*\/\s*(?=\p{L}{3})(?<=\p{L}{3}\s*\/\s*)/u);
  const kinds = parts.map((p) => ({
    p,
    found: entry.fields.includes('category') || !/m\/m|f\/f|f\/m/i.test(p) ? readCategory(p) : undefined,
  }));
  const categories = kinds.flatMap(({ found }) => found?.category ?? []);
  const tags = kinds.filter(({ found }) => found === undefined).map(({ p }) => p);
  draft.categories = [...new Set([...draft.categories, ...categories])];
  draft.freeforms = [...new Set([...draft.freeforms, ...tags])];
  const findings: Finding[] = [];
  if (categories.length > 0) {
    const certainty = kinds.every(({ found }) => found?.exact !== false) ? 'read' : 'inferred';
    findings.push({ ...listed('categories', categories), certainty });
  }
  if (tags.length > 0) findings.push({ ...listed('freeforms', tags), message: `Tags: ${tags.join(', ')}.` });
  return findings;
}
