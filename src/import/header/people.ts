import type { Creator, Role } from '../../model/work.ts';
import { type Draft, type Entry, type Finding, oneLine } from './entry.ts';
import { linksOf } from './markup.ts';

/** Adds the people a line credits: `Beta: Ann and Bea`. */
export function readPeople(draft: Draft, entry: Entry, role: Role): Finding[] {
  const { people, split } = peopleIn(entry, role);
  const added = people.filter((p) => !draft.creators.some((c) => c.name === p.name && c.role === role));
  if (added.length === 0) return [];
  draft.creators = [...draft.creators, ...added];
  const names = added.map((p) => p.name).join(' and ');
  const certainty = split ? 'inferred' : 'read';
  const message =
    added.length > 1 ? `There are ${added.length} ${role}s: ${names}.` : `The ${role} is ${names}.`;
  return [{ certainty, about: 'creators', message }];
}

/** Names of people: linked names where the words around them are talk, else the parts of the value that can be names. */
function peopleIn(
  entry: Entry,
  role: Role,
): { readonly people: readonly Creator[]; readonly split: boolean } {
  const links = entry.paragraphs
    .flat()
    .flatMap((l) => linksOf(l.html))
    .map((l) => ({ name: nameIn(l.text), site: siteOf(l.href) }))
    .filter((l) => l.name !== '');
  if (oneLine(entry).length > 500) return { people: [], split: false };
  const written = oneLine(entry).replace(/\[(?:info|\w+ (?:profile|info))\]\s*/g, '');
  const parts = written.split(/\s*(?:,|;|\/(?!\/)|\s&|\s\+|\sand\b|\sи\s|\n)\s*/u).map(nameIn);
  const site = (name: string): string | null => links.find((l) => l.name === name)?.site ?? null;
  const names = parts.filter((p) => p !== '');
  if (names.length > 0 && names.every((n) => looksLikeName(n))) {
    return { people: names.map((name) => ({ name, role, site: site(name) })), split: names.length > 1 };
  }
  const linked = links.filter((l) => l.site !== null);
  return { people: linked.map((l) => ({ name: l.name, role, site: l.site })), split: linked.length > 0 };
}

function nameIn(words: string): string {
  return words
    .replace(/\[(?:info|\w+ (?:profile|info))\]/g, '')
    .replace(/[(<][^()<>]*(?:@|https?:|\bat\b)[^()<>]*[)>]/g, '')
    .replace(/^[\s:]+|[\s.!:*]+$/g, '')
    .trim();
}

/** A name has at most five words and none of those that talk about people instead of naming them. */
function looksLikeName(words: string): boolean {
  const talk =
    /(?<![\p{L}'’])(?:thanks?|thank you|who|for|my|all|none|no one|nobody|not|un-?betad?|unbeta['’]?d|self|myself|mistakes?|is|was|are|you|n\/a|needed|wanted|yes|no|нет|спасибо|кто)(?![\p{L}'’])/iu;
  return (
    words.length <= 50 &&
    words.split(/\s+/).length <= 5 &&
    !talk.test(words) &&
    !/(?<!\p{L})the \p{Ll}/u.test(words) &&
    /[\p{L}\p{N}]/u.test(words) &&
    !/@/.test(words)
  );
}

function siteOf(href: string): string | null {
  const host = URL.parse(href)?.hostname ?? '';
  return (
    /(?:^|\.)((?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen|archiveofourown|fanfiction|tumblr)\.(?:com|org|net))$/.exec(
      host,
    )?.[1] ?? null
  );
}
