import { documentText, escapeHtml } from '../../html.ts';
import type { WorkCard } from '../../model/views.ts';
import { titleOf } from '../../phrases.ts';
import { listWorks } from '../../store/works.ts';
import { keepingHeaders, type Page } from '../archive.ts';
import { workPath } from '../handle.ts';

/** `GET /feeds/works.atom`: the works published last, with their summaries but not their texts. */
export const worksFeed: Page = (archive) => async (c) => {
  const { items } = await listWorks(archive.store, { sort: 'newest', limit: 50 });
  const { url, name } = archive;
  const made = feed({
    id: `${url}/feeds/works.atom`,
    title: `${name}: new works`,
    page: `${url}/works`,
    entries: items.map((work) => entryOf(url, work)),
  });
  return c.body(made, 200, {
    'content-type': 'application/atom+xml; charset=utf-8',
    ...keepingHeaders('public'),
  });
};

/** A feed: its own address, which is its id for ever, and that of the page it follows. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly page: string;
  readonly entries: readonly Entry[];
}

/** One thing in a feed. Its address is its id for ever; moments are ISO 8601; HTML is clean, with whole addresses. */
export interface Entry {
  readonly address: string;
  readonly title: string;
  /** Nobody where nobody is known. */
  readonly authors: readonly string[];
  readonly publishedAt?: string;
  readonly updatedAt: string;
  readonly tags: readonly string[];
  readonly summary?: string | null;
  readonly content?: string;
}

const never = '1970-01-01T00:00:00Z';

/** A feed (Atom, RFC 4287). The moment it was last changed is that of its latest entry, so that an unchanged feed stays the same. */
export function feed({ id, title, page, entries }: Feed): string {
  const updated = entries.map(({ updatedAt }) => updatedAt).reduce((a, b) => (a > b ? a : b), never);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${xml(title)}</title>`,
    `<id>${xml(id)}</id>`,
    `<link rel="self" type="application/atom+xml" href="${xml(id)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(page)}"/>`,
    `<updated>${xml(updated)}</updated>`,
    ...entries.map(entryXml),
    '</feed>\n',
  ].join('\n');
}

function entryXml({
  address,
  title,
  authors,
  publishedAt,
  updatedAt,
  tags,
  summary,
  content,
}: Entry): string {
  return [
    '<entry>',
    `<title>${xml(title)}</title>`,
    `<id>${xml(address)}</id>`,
    `<link rel="alternate" type="text/html" href="${xml(address)}"/>`,
    ...(publishedAt === undefined ? [] : [`<published>${xml(publishedAt)}</published>`]),
    `<updated>${xml(updatedAt)}</updated>`,
    // Every entry must name an author (RFC 4287, 4.1.2).
    ...(authors.length === 0 ? ['Not known'] : authors).map(
      (name) => `<author><name>${xml(name)}</name></author>`,
    ),
    ...tags.map((tag) => `<category term="${xml(tag)}"/>`),
    ...(summary == null ? [] : [`<summary type="html">${xml(summary)}</summary>`]),
    ...(content === undefined ? [] : [`<content type="html">${xml(content)}</content>`]),
    '</entry>',
  ].join('\n');
}

function entryOf(url: string, work: WorkCard): Entry {
  return {
    address: url + workPath(work.id),
    title: titleOf(work),
    authors: work.creators.filter(({ role }) => role === 'author').map(({ name }) => name),
    updatedAt: work.publishedAt ?? never,
    tags: work.header.fandoms,
    summary: work.header.summary,
  };
}

/** Escaped, and without the characters that XML 1.0 cannot hold in any form. */
function xml(text: string): string {
  return escapeHtml(documentText(text));
}
