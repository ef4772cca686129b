import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { Pseud } from '../../model/person.ts';
import type { WorkView } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { findMentions, type Mentions, newClaimCode, orphanWork } from '../../store/leaving.ts';
import { getWork, listStates, removeWork } from '../../store/works.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { openedWork } from '../guard.ts';
import { checkAgain } from '../people/again.ts';
import { goOn, Personal, type Problems, Send, show, Tick, ToAccount } from '../people/parts.tsx';
import { studioPath } from '../studio/desk.ts';
import { PassPhraseAgain } from './again.tsx';
import { ClaimCode } from './claim.tsx';
import { StillNamed } from './still-named.tsx';

/** `GET /studio/:handle/delete`: what deleting a work means, and what taking one's name off it. */
export const leaveWorkPage: Page = (archive) => (c) => showLeaving(c, archive, {});

/** `POST /studio/:handle/delete`: does one of the two. */
export const leaveWorkForm: Page = (archive) => async (c) => {
  const { store } = archive;
  const actor = await accountOf(c, archive);
  const { work } = openedWork(c);
  const form = await readForm(c);
  const stake = await stakeIn(archive, work, actor.pseuds);
  const what = form.get('what');
  if (!isPossible(what, stake))
    return showLeaving(c, archive, { form, problems: { what: 'Choose one of these.' } });
  const problems = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (problems !== undefined) return showLeaving(c, archive, { form, problems });

  if (what === 'delete') {
    const by = stake.hers.length > 0 ? 'its author' : 'a host';
    await removeWork(store, work.id, { by, why: `deleted by ${by}`, forbid: form.get('forbid') !== '' });
    return goOn(c, '/account?said=work-deleted');
  }
  const code = newClaimCode();
  await orphanWork(
    store,
    work.id,
    stake.hers.map((p) => p.id),
    code,
  );
  const isNobodys = stake.others.length === 0;
  return show(
    c,
    <Personal archive={archive} title="Your name is off it">
      <p>“{titleOf(work)}” stays where it is, without your name.</p>
      {isNobodys && <ClaimCode code={code} works={1} />}
      <ToAccount />
    </Personal>,
  );
};

/** Who has a part in a work: which of her names, and who beside her wrote it. */
interface Stake {
  readonly hers: readonly Pseud[];
  readonly others: readonly string[];
}

async function stakeIn({ store }: Archive, { id }: WorkView, pseuds: readonly Pseud[]): Promise<Stake> {
  const work = await getWork(store, id);
  const authors = work.creators.filter((c) => c.role === 'author');
  const isHers = (id: string): boolean => pseuds.some((p) => p.id === id);
  return {
    hers: pseuds.filter((p) => work.creators.some((c) => c.id === p.id)),
    others: authors.filter((c) => c.site === null && !isHers(c.id)).map((c) => c.name),
  };
}

/** Who is not named on it, as a host, has no name to take off; a work of several is not one's to delete. */
function isPossible(what: string, { hers, others }: Stake): what is 'orphan' | 'delete' {
  if (what === 'orphan') return hers.length > 0;
  return what === 'delete' && (hers.length === 0 || others.length === 0);
}

interface Shown {
  readonly form?: Form;
  readonly problems?: Problems;
}

async function showLeaving(c: Context, archive: Archive, shown: Shown): Promise<Response> {
  const { store } = archive;
  const actor = await accountOf(c, archive);
  const { work } = openedWork(c);
  const stake = await stakeIn(archive, work, actor.pseuds);
  const mentions = await findMentions(
    store,
    work.id,
    stake.hers.map((p) => p.name),
  );
  const versions = (await listStates(store, work.id)).length;
  if (versions === 0) throw new NotFound(`web/leaving: work ${work.id} has no version`);
  return show(c, <LeavingPage {...{ archive, work, stake, mentions, versions, ...shown }} />, shown.problems);
}

interface LeavingProps extends Shown {
  readonly archive: Archive;
  readonly work: WorkView;
  readonly stake: Stake;
  readonly mentions: Mentions;
  readonly versions: number;
}

const LeavingPage: FC<LeavingProps> = (props) => {
  const { archive, work, stake, mentions, form, problems } = props;
  const canDelete = isPossible('delete', stake);
  return (
    <Personal archive={archive} title={`Leave or delete “${titleOf(work)}”`} problems={problems}>
      <form method="post" action={studioPath(work.id, '/delete')} class="form">
        <fieldset
          class="field options"
          aria-describedby={problems?.what === undefined ? undefined : 'what-problem'}
        >
          <legend>What shall become of it?</legend>
          {problems?.what !== undefined && (
            <p class="problem" id="what-problem">
              {problems.what}
            </p>
          )}
          {stake.hers.length > 0 && <OrphanOption {...props} />}
          {canDelete && <DeleteOption {...props} />}
        </fieldset>
        {!canDelete && (
          <p>
            You wrote it with {stake.others.join(' and ')}, so it is not yours alone to delete: take your name
            off, or agree with them and ask those who run the archive.
          </p>
        )}
        {canDelete && (
          <Tick
            name="forbid"
            checked={form === undefined ? work.sources.length > 0 : form.get('forbid') !== ''}
          >
            If it is deleted: nobody may bring the same pages or words in here again, not even I.
          </Tick>
        )}
        <PassPhraseAgain problems={problems} />
        <Send>Do it now</Send>
      </form>
      {stake.hers.length > 0 && (
        <StillNamed work={work} mentions={mentions} names={stake.hers.map((p) => p.name)} />
      )}
      <p class="alone">
        <a href={studioPath(work.id)}>Leave it as it is</a>
      </p>
    </Personal>
  );
};

const OrphanOption: FC<LeavingProps> = ({ stake, form }) => (
  <label class="option">
    <input type="radio" name="what" value="orphan" checked={form?.get('what') === 'orphan'} required />
    <span>
      <strong>Take my name off it.</strong> The work, its address and all comments stay. Your name goes from
      it everywhere: from every version, from what you said under it, from books, feeds and search.{' '}
      {stake.others.length > 0
        ? `It belongs to ${stake.others.join(' and ')} alone then.`
        : 'Nobody can change it then, you neither. A code that you are shown once is the only way back.'}
    </span>
  </label>
);

const DeleteOption: FC<LeavingProps> = ({ work, versions, form }) => (
  <label class="option">
    <input type="radio" name="what" value="delete" checked={form?.get('what') === 'delete'} required />
    <span>
      <strong>Delete it.</strong> What goes: {count(work.words, 'word')} in {count(work.passages, 'passage')},{' '}
      {count(versions, 'version')}, {count(work.comments, 'comment')}, verdicts, pictures, drafts, every book
      made of it{work.sources.length > 0 ? `, and ${count(work.sources.length, 'page')} it came from` : ''}.
      Its address will say that it was removed. Nothing brings it back, not even a backup of the archive.
    </span>
  </label>
);
