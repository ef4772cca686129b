import { NotFound } from '../../errors.ts';
import type { PersonView } from '../../model/views.ts';
import { titleOf } from '../../phrases.ts';
import { listPublished, type Published } from '../../store/journal.ts';
import { getPerson } from '../../store/people.ts';
import { type Archive, keepingHeaders, type Page } from '../archive.ts';
import { type Entry, feed } from '../finding/feed.ts';
import { frontOf } from '../handle.ts';
import { insertedAmong } from '../parts.tsx';
import { journalPath } from './journal.tsx';

/** `GET /feeds/people/:feed` (`ID.atom`): what a name published last, its notes with their words, for everyone. */
export const journalFeed: Page = (archive) => async (c) => {
  const [, id] = /^([0-9a-z]+)\.atom$/.exec(c.req.param('feed') ?? '') ?? [];
  if (id === undefined) throw new NotFound('web: there is no such feed');
  const person = await getPerson(archive.store, id);
  const published = await listPublished(archive.store, id);
  return c.body(feedOf(archive, person, published), 200, {
    'content-type': 'application/atom+xml; charset=utf-8',
    ...keepingHeaders('public'),
  });
};

function feedOf({ url, name }: Archive, person: PersonView, published: readonly Published[]): string {
  return feed({
    id: `${url}/feeds/people/${person.id}.atom`,
    title: `${person.name}, ${name}`,
    page: url + journalPath(person.id),
    entries: published.map((one) => entryOf(url, one)),
  });
}

function entryOf(url: string, { entry, at, revisedAt }: Published): Entry {
  const { work } = entry;
  const address = url + frontOf(work, work.id);
  const authors = work.creators.filter(({ role }) => role === 'author').map(({ name }) => name);
  const common = { address, title: titleOf(work), authors, publishedAt: at, updatedAt: revisedAt };
  if (entry.kind === 'note')
    return { ...common, tags: [], content: absolute(url, entry.html, work.id, address) };
  const { summary, fandoms } = work.header;
  return { ...common, tags: fandoms, summary };
}

/** Readers of feeds know nothing of where a page was: images and places are named in full. */
function absolute(
  url: string,
  html: Parameters<typeof insertedAmong>[0],
  id: string,
  address: string,
): string {
  return insertedAmong(html, id, address).toString().replaceAll(' src="/', ` src="${url}/`);
}
