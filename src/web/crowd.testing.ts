/** An archive with works in every stage and words in every place that no reader may see yet, each of them known again. */
import { escapeHtml, htmlOfText } from '../html.ts';
import type { Role } from '../model/person.ts';
import { anchorAt } from '../model/text/anchor.ts';
import type { Header } from '../model/work.ts';
import { samples } from '../pictures/samples.testing.ts';
import { cleanPicture } from '../pictures.ts';
import { invite, requestAccount, suspendAccount } from '../store/accounts.ts';
import { beginBatch, noteFile } from '../store/importing.ts';
import { hideWork } from '../store/publishing.ts';
import { eraseText } from '../store/removals.ts';
import { addActor, type SamplePerson } from '../store/sample-people.testing.ts';
import { postComment } from '../store/talk/commenting.ts';
import { setThread } from '../store/talk/keeping.ts';
import { getWork, publishWork } from '../store/works.ts';
import {
  addPicture,
  answerCredit,
  arrangeWork,
  createWork,
  makeCreditLink,
  proposeCredit,
  readWritten,
  replyTo,
  reviseWork,
  saveDraft,
  scheduleWork,
  suggest,
  unpublishWork,
} from '../store/writing.ts';
import { choice, dividesAfter, passage, story } from '../testing/stories.ts';
import type { TestSite } from './site.testing.ts';

/** Someone of the crowd, signed in. */
export interface Member extends SamplePerson {
  readonly cookie: string;
}

export interface Crowd {
  readonly author: Member;
  readonly beta: Member;
  readonly stranger: Member;
  readonly archivist: Member;
  readonly moderator: Member;
  readonly host: Member;
  /** All works by what they are, by their ids: `published` has gone on being written. */
  readonly works: Readonly<Record<string, string>>;
  /** The keys of all passages there are, public or not. */
  readonly keys: readonly string[];
  /** SHA-256 of a picture that stands in no published text. */
  readonly picture: string;
  readonly comments: readonly string[];
  /** The words nobody may see but those whose they are, with where each stands. */
  readonly canaries: ReadonlyMap<string, string>;
}

const answers = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] } as const;

/** One word, so that search finds it. */
const oneWord = (n: number): string => `xq${n}canary`;

/** Fills an archive. `wordOf` gives the words that stand in place number `n`: canaries, or such as try to do harm. */
export async function crowd(site: TestSite, wordOf = oneWord): Promise<Crowd> {
  const { store } = site.archive;
  const canaries = new Map<string, string>();
  const secret = (where: string): string => {
    const word = wordOf(canaries.size);
    canaries.set(word, where);
    return word;
  };
  const member = async (role: Role, pseud: string): Promise<Member> => {
    const { person, token } = await addActor(store, {
      role,
      pseud,
      signInName: secret(`sign-in of ${role}`),
    });
    return { ...person, cookie: `session=${token}` };
  };
  const author = await member('writer', 'Marram');
  const beta = await member('writer', secret('the name of a beta who is not named'));
  const stranger = await member('writer', 'Sedge');
  const archivist = await member('archivist', 'Oxlip');
  const moderator = await member('moderator', 'Teasel');
  const host = await member('host', 'Yarrow');
  const suspended = await member('reader', 'Burdock');
  await suspendAccount(store, suspended.id, secret('why someone is suspended'));
  const by = author.pseud.id;

  const begin = (title: string, text: string, kind: 'story' | 'note' = 'story'): Promise<string> =>
    createWork(store, { kind, title, creators: [by], by, story: story([passage('p1', text)]) });
  const header = (name: string): Partial<Header<never>> => ({
    fandoms: [secret(`a fandom of ${name}`)],
    freeforms: [secret(`a tag of ${name}`)],
    summary: htmlOfText(secret(`the summary of ${name}`)) as never,
  });
  const whole = async (name: string): Promise<string> =>
    createWork(store, {
      title: secret(`the title of ${name}`),
      creators: [by],
      by,
      header: header(name),
      story: story([passage('p1', `Words of ${secret(`the text of ${name}`)}.`)]),
    });
  const works: Record<string, string> = {};
  const retitle = async (id: string, title: string): Promise<void> => {
    const { newest: base } = await getWork(store, id);
    const { header, story } = await readWritten(store, id, base);
    await reviseWork(store, id, { header: { ...header, title }, story, base, by, why: '' });
  };

  // Published, and written on since, in every field that it has.
  const published = await createWork(store, {
    title: 'The Weir',
    creators: [by],
    by,
    header: { fandoms: ['Rivers'] },
    story: story([passage('p1', `It began with ${secret('a version before the first one published')}.`)]),
  });
  works.published = published;
  const first = await readWritten(store, published, 1);
  const shown = story(
    [
      passage('p1', 'Water ran white over the weir.', { title: 'The weir' }),
      passage('p2', 'She opened the gate.', { title: 'Open', ending: true }),
      passage('p3', 'She left it shut.', { title: 'Shut', ending: true }),
      passage('p4', 'A passage whose words are erased later.', { title: 'Erased', ending: true }),
    ],
    { variantSets: [dividesAfter('p1', 'p2', 'p3')] },
  );
  await reviseWork(store, published, {
    ...first,
    story: shown,
    base: 1,
    by,
    why: secret('why a version was made'),
  });
  await publishWork(store, published, { ...answers, by });
  await eraseText(store, published, 'p4', { by: 'its author', why: secret('why a text was erased') });
  const { newest: base } = await getWork(store, published);
  const known = await readWritten(store, published, base);
  const picture = await addPicture(store, published, cleanPicture(samples.png ?? new Uint8Array()));
  const named = secret('the label of a new branch');
  const went = story(
    [
      passage('p1', `Water ran green over ${secret('a text written since')}.`, {
        title: secret('the title of a passage since'),
        sets: [secret('a flag')],
      }),
      ...known.story.passages.slice(1),
      passage('p5', `Nobody had seen ${secret('the text of a new passage')}.`, {
        title: secret('the title of a new passage'),
        ending: true,
        html: `${htmlOfText(secret('words beside a picture'))}<p><img src="resource:${picture.sha256}" alt="${escapeHtml(secret('the words of a picture'))}"/></p>` as never,
      }),
    ],
    {
      variantSets: [
        {
          place: 'p1',
          branches: [...dividesAfter('p1', 'p2', 'p3').branches, { siglum: 'C', label: named, head: 'p5' }],
        },
      ],
      choices: [choice('p4', 'p5', secret('the label of a choice'))],
    },
  );
  const changed: Header<never> = {
    ...(known.header as Header<never>),
    title: secret('a title since'),
    fandoms: ['Rivers', secret('a fandom since')],
    characters: [secret('a character since')],
    relationships: [secret('a relationship since')],
    freeforms: [secret('a tag since')],
    summary: htmlOfText(secret('a summary since')) as never,
    notes: htmlOfText(secret('notes since')) as never,
    endnotes: htmlOfText(secret('endnotes since')) as never,
    disclaimer: htmlOfText(secret('a disclaimer since')) as never,
    series: { name: secret('a series since'), part: 1, of: null },
  };
  await reviseWork(store, published, { header: changed, story: went, base, by, why: secret('why since') });
  await saveDraft(store, {
    workId: published,
    accountId: author.id,
    passage: 'p1',
    base: base + 1,
    document: JSON.stringify({ title: '', ending: false, text: secret('a draft') }),
  });

  // A beta who suggests, and is not named; a co-author and an artist who have not answered.
  const part = { person: beta.pseud.id, role: 'beta' } as const;
  await proposeCredit(store, published, { ...part, by });
  await answerCredit(store, published, { ...part, accept: true, naming: 'may' });
  const asked = await member('writer', secret('the name of someone who is asked'));
  await proposeCredit(store, published, { person: asked.pseud.id, role: 'author', by });
  await makeCreditLink(store, published, { role: 'beta', by, note: secret('a note on a link') });
  const replacement = secret('what a beta would write');
  const [suggested = ''] = await suggest(store, {
    workId: published,
    passage: 'p1',
    by: beta.pseud.id,
    state: base + 1,
    suggestions: [
      {
        anchor: anchorAt('Water ran green', 0, 5),
        change: { old: 'Water', new: replacement, reading: replacement },
        note: secret('the note of a suggestion'),
      },
    ],
  });
  await replyTo(store, published, suggested, { by, words: secret('an answer to a suggestion') });

  // Works in the other stages, for other audiences.
  works.draft = await whole('a draft');
  works.scheduled = await whole('a scheduled work');
  await scheduleWork(store, works.scheduled, { ...answers, due: '2099-01-01T00:00:00Z', by });
  works.link = await whole('a work for those with its link');
  await publishWork(store, works.link, { ...answers, audience: 'link', by });
  works.hidden = await whole('a hidden work');
  await publishWork(store, works.hidden, { ...answers, by });
  works.takenBack = await whole('a work that was taken back');
  await publishWork(store, works.takenBack, { ...answers, by });
  works.note = await begin(secret('the title of a draft note'), secret('the text of a draft note'), 'note');
  works.linkNote = await begin(secret('the title of a note by link'), secret('a note by link'), 'note');
  await publishWork(store, works.linkNote, { rating: null, warnings: [], audience: 'link', by });
  works.shownNote = await begin('News', 'The river is high.', 'note');
  await publishWork(store, works.shownNote, { rating: null, warnings: [], by });

  // Words that wait to be let in, and such as were taken away.
  await arrangeWork(store, published, { thread: 'open' });
  const say = (words: string, workId = published, who: Member = suspended) =>
    postComment(store, {
      workId,
      parent: null,
      author: { kind: 'pseud', id: who.pseud.id },
      about: { kind: 'work' },
      subject: null,
      html: htmlOfText(words),
    });
  const open = await say('I liked the weir.');
  await setThread(store, published, 'approval');
  const waits = await say(secret('a comment that waits'));
  const onHidden = await say(secret('a comment on a hidden work'), works.hidden);
  await say(secret('a comment on a work that was taken back'), works.takenBack);
  // Whoever said something may take it away, wherever it stands now.
  const hers = await Promise.all([
    say('It was mine.', works.hidden, stranger),
    say('It was mine, too.', works.takenBack, stranger),
  ]);

  // Warm what is kept of works before they go.
  for (const id of [works.hidden, works.takenBack])
    for (const rest of ['', '/whole', '/comments', '.epub', '.json']) await site.ask(`/works/${id}${rest}`);
  await site.ask('/works');
  await hideWork(store, works.hidden, moderator.pseud.id, secret('why a work was hidden'));
  await unpublishWork(store, works.takenBack, { by, why: secret('why a work was taken back') });
  await retitle(works.takenBack, secret('a title given after a work was taken back'));

  // What is written for the archive's own people.
  await invite(store, { by: null, note: secret('a note on an invitation') });
  await requestAccount(store, { name: secret('who asks for an account'), words: secret('what she says') });
  const batch = await beginBatch(store, archivist.pseud.name, 'abatch');
  await noteFile(store, batch, 0, [
    {
      mark: '✓',
      path: secret('the name of a file brought in'),
      workId: null,
      title: '',
      words: '',
      endings: '',
      comments: '',
      says: '',
    },
  ]);
  canaries.set(picture.sha256, 'the hash of a picture that stands in no published text');
  return {
    author,
    beta,
    stranger,
    archivist,
    moderator,
    host,
    works,
    keys: ['p1', 'p2', 'p3', 'p4', 'p5'],
    picture: picture.sha256,
    comments: [open, waits, onHidden, ...hers].map((comment) => comment.id),
    canaries,
  };
}
