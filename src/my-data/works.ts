import { writeJson } from '../export/json.ts';
import { writeMarkdown } from '../export/markdown/write.ts';
import type { CleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import { readEdition } from '../store/editions.ts';
import { listStates } from '../store/works.ts';
import { findPlaces, type WrittenWork } from '../store/writing.ts';
import { type DataFile, type DataPart, dataFile } from './part.ts';
import { writtenBy } from './written.ts';

/** Every work and note she wrote, alone or with others: all of it as an Edition, its words to be read, its pictures. */
export const worksPart: DataPart = {
  path: 'works/',
  about:
    'Each work and each note you wrote, in a folder of its own: edition.json has all of it (every version, the comments you can see, the verdicts) and can be imported again; story.md is the text as it stands now, to be read by anyone; place.json says where and for whom it stands here, which versions readers were shown, and how you arranged its map; its pictures are beside.',
  tables: [
    'works',
    'states',
    'publications',
    'texts',
    'people',
    'credits',
    'tags',
    'work_tags',
    'comments',
    'notes',
    'blobs',
    'sources',
    'resources',
    'remarks',
    'decisions',
    'verdicts',
    'map_places',
  ],
  async *files(store, owner) {
    const seenBy = owner.account.pseuds.map((p) => p.id);
    for await (const work of writtenBy(store, owner)) {
      const edition = await readEdition(store, work.id, { allStates: true, public: false, seenBy });
      const map = await findPlaces(store, work.id);
      const shown = (await listStates(store, work.id)).filter((state) => state.shownAt !== null);
      const versionsShown = shown.map(({ number, shownAt }) => ({ number, shownAt }));
      yield* filesOf(edition, work, { ...placeOf(work, owner.url), versionsShown, map });
    }
  },
};

function* filesOf(edition: Edition<CleanHtml>, work: WrittenWork, place: object): Generator<DataFile> {
  const folder = `works/${folderName(work)}`;
  const options = { address: null, comments: true, stateMadeAt: work.stateMadeAt };
  yield { path: `${folder}/edition.json`, kind: 'edition', bytes: writeJson(edition, options) };
  yield { path: `${folder}/story.md`, kind: 'text', bytes: writeMarkdown(edition) };
  yield dataFile(`${folder}/place.json`, place);
  for (const [i, { base64, mediaType }] of edition.resources.entries()) {
    const ending = /^image\/([a-z]+)/.exec(mediaType)?.[1] ?? 'bin';
    const bytes = Buffer.from(base64, 'base64');
    yield { path: `${folder}/pictures/${i + 1}.${ending}`, kind: 'picture', bytes };
  }
}

/** What an Edition does not say: where the work stands in this archive. */
function placeOf(work: WrittenWork, url: string): object {
  const { id, secret, stage, audience, thread, oldTexts, publishedAt, dueAt } = work;
  const secretLink = `${url}/works/${id}-${secret}`;
  return { address: `${url}/works/${id}`, secretLink, stage, audience, thread, oldTexts, publishedAt, dueAt };
}

/** A title as every system takes it, and the id, since titles may be alike. */
function folderName({ title, id }: WrittenWork): string {
  const plain = (title ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain
    .match(/[a-z0-9]+/g)
    ?.join('-')
    .slice(0, 40)
    .replace(/-$/, '');
  return words === undefined ? id : `${words}-${id}`;
}
