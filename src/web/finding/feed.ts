import { escapeHtml } from '../../html.ts';
import type { WorkCard } from '../../model/views.ts';
import { titleOf } from '../../phrases.ts';
import { listWorks } from '../../store/works.ts';
import { type Archive, keepingHeaders, type Page } from '../archive.ts';
import { workPath } from '../handle.ts';

/** `GET /feeds/works.atom`: the works published last (Atom, RFC 4287), with their summaries but not their texts. */
export const worksFeed: Page = (archive) => async (c) => {
  const { items } = await listWorks(archive.store, { sort: 'newest', limit: 50 });
  return c.body(feedOf(archive, items), 200, {
    'content-type': 'application/atom+xml; charset=utf-8',
    ...keepingHeaders('public'),
  });
};

/** A feed of works; the moment it was last changed is that of the newest, so that an unchanged feed stays the same. */
export function feedOf({ url, name }: Archive, works: readonly WorkCard[]): string {
  const updated = works[0]?.publishedAt ?? '1970-01-01T00:00:00Z';
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${xml(name)}: new works</title>`,
    `<id>${xml(url)}/feeds/works.atom</id>`,
    `<link rel="self" type="application/atom+xml" href="${xml(url)}/feeds/works.atom"/>`,
    `<link rel="alternate" type="text/html" href="${xml(url)}/works"/>`,
    `<updated>${xml(updated)}</updated>`,
    ...works.map((work) => entryOf(url, work)),
    '</feed>\n',
  ].join('\n');
}

function entryOf(url: string, work: WorkCard): string {
  const address = xml(url + workPath(work.id));
  const authors = work.creators.filter((person) => person.role === 'author');
  const { summary, fandoms } = work.header;
  return [
    '<entry>',
    `<title>${xml(titleOf(work))}</title>`,
    `<id>${address}</id>`,
    `<link rel="alternate" type="text/html" href="${address}"/>`,
    `<updated>${xml(work.publishedAt ?? '1970-01-01T00:00:00Z')}</updated>`,
    // Every entry must name an author (RFC 4287, 4.1.2).
    ...(authors.length === 0 ? ['Not known'] : authors.map((person) => person.name)).map(
      (name) => `<author><name>${xml(name)}</name></author>`,
    ),
    ...fandoms.map((fandom) => `<category term="${xml(fandom)}"/>`),
    ...(summary === null ? [] : [`<summary type="html">${xml(summary)}</summary>`]),
    '</entry>',
  ].join('\n');
}

/** Escaped, and without the control characters that XML 1.0 cannot hold in any form. */
function xml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return escapeHtml(text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''));
}
