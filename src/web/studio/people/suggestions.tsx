import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../../errors.ts';
import { acceptedWhy, kindOf, type Suggestion, type SuggestionKind } from '../../../model/suggestion.ts';
import { count, titleOf } from '../../../phrases.ts';
import {
  acceptSuggestions,
  answerSuggestions,
  listCredits,
  listSuggestions,
  replyTo,
} from '../../../store/writing.ts';
import { type TakenIn, takeIn } from '../../../writing/take-in.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { Cards } from '../../betas/cards.tsx';
import { standingInStory } from '../../betas/room.tsx';
import { type Form, readForm } from '../../forms.ts';
import { type Desk, findPassage, leadTo, satAgain, sitDown, studioPath, writingPath } from '../desk.ts';
import { type Fault, faultOf, StudioFrame } from '../frame.tsx';
import { showPassage } from '../writing/passage.tsx';

/** `GET /studio/:handle/suggestions`: what betas said of the whole work, to be answered one by one or many at once. */
export const suggestionsPage: Page = (archive) => async (c) =>
  showSuggestions(c, archive, await sitDown(c, archive), { did: c.req.query('did') });

/**
 * `POST /studio/:handle/suggestions`: accepts, declines, resolves or opens again those a form names, or says something
 * under one. What is accepted at once becomes one version; what was saved meanwhile is gone on from.
 */
export const answerForm: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const ids = form.all('id');
  const passage = form.get('passage');
  const isOnPassage = findPassage(desk, passage) !== undefined;
  const page = isOnPassage ? writingPath(desk.work.id, passage) : studioPath(desk.work.id, '/suggestions');
  const next = form.get('do') === 'reply' ? `${page}#s-${ids[0] ?? ''}` : page;

  try {
    if (ids.length === 0) throw new Invalid('web/studio: this form names no suggestion; open the page again');
    const did = await answer(archive, desk, form, ids);
    return leadTo(c, next, did);
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof Conflict)) throw error;
    const fault = faultOf(error);
    return isOnPassage
      ? showPassage(c, archive, await satAgain(archive, desk), passage, {
          sent: { name: 'suggestions', form, fault },
        })
      : showSuggestions(c, archive, await satAgain(archive, desk), { fault, replied: form });
  }
};

/** Does what a form says; gives what the next page says of it. */
async function answer(archive: Archive, desk: Desk, form: Form, ids: readonly string[]): Promise<string> {
  const { work, by } = desk;
  switch (form.get('do')) {
    case 'accept':
      return accept(archive, desk, ids);
    case 'decline':
      await answerSuggestions(archive.store, work.id, ids, { status: 'declined', by: by.id });
      return 'declined';
    case 'resolve':
      await answerSuggestions(archive.store, work.id, ids, { status: 'resolved', by: by.id });
      return 'resolved';
    case 'open':
      await answerSuggestions(archive.store, work.id, ids, { status: 'open', by: by.id });
      return 'reopened';
    case 'reply':
      await replyTo(archive.store, work.id, ids[0] ?? '', { by: by.id, words: form.get('words') });
      return 'replied';
    default:
      throw new Invalid('web/studio: this form does not say what to do; open the page again');
  }
}

const mostTries = 4;

/** Takes suggestions into the newest text as one version, whatever was saved since their page was made. */
async function accept(archive: Archive, desk: Desk, ids: readonly string[]): Promise<string> {
  const wanted = new Set(ids);
  let now = desk;
  for (let tries = 1; ; tries++) {
    const open = await listSuggestions(archive.store, desk.work.id, { status: 'open' });
    const result = takeIn(
      now.story,
      open.filter((s) => wanted.has(s.id)),
    );
    if (result.taken.length === 0)
      throw new Invalid('web/studio: these words were changed or answered meanwhile, so nothing was put in');
    try {
      await makeVersion(archive, now, result);
      return result.taken.length === wanted.size ? 'taken' : 'partly';
    } catch (error) {
      if (!(error instanceof Conflict) || tries === mostTries) throw error;
      now = await satAgain(archive, desk);
    }
  }
}

async function makeVersion(archive: Archive, desk: Desk, { story, taken }: TakenIn): Promise<void> {
  const { work, header, by } = desk;
  const credits = await listCredits(archive.store, work.id);
  const isNamed = (id: string): boolean =>
    credits.some((c) => c.person === id && c.role === 'beta' && c.naming !== 'never');
  const why = acceptedWhy(taken.map((s) => ({ name: s.by.name, named: isNamed(s.by.id) })));
  const ids = taken.map((s) => s.id);
  await acceptSuggestions(archive.store, work.id, { ids, header, story, base: work.state, why, by: by.id });
}

interface Shown {
  readonly did?: string | undefined;
  readonly fault?: Fault;
  /** A form that came back. */
  readonly replied?: Form;
}

async function showSuggestions(c: Context, archive: Archive, desk: Desk, shown: Shown): Promise<Response> {
  const suggestions = await listSuggestions(archive.store, desk.work.id);
  const page = <SuggestionsPage {...{ archive, desk, suggestions, shown }} />;
  return render(c, page, { cache: 'private', status: shown.fault === undefined ? 200 : 422 });
}

interface SuggestionsProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly suggestions: readonly Suggestion[];
  readonly shown: Shown;
}

const SuggestionsPage: FC<SuggestionsProps> = ({ archive, desk, suggestions, shown }) => {
  const { did, fault, replied } = shown;
  const open = suggestions.filter((s) => s.status === 'open');
  const standing = standingInStory(desk, open);
  return (
    <StudioFrame archive={archive} title={`Suggestions · ${titleOf(desk.work)}`} did={did} fault={fault}>
      <div class="page studio-page">
        <p class="up">
          <a href={studioPath(desk.work.id)}>{titleOf(desk.work)}</a>
        </p>
        <h1>Suggestions</h1>
        {suggestions.length === 0 ? (
          <p>
            None yet. <a href={studioPath(desk.work.id, '/people')}>Ask someone to read your draft</a>: what
            she would change comes here, and you decide.
          </p>
        ) : (
          <>
            <Many desk={desk} open={open} standing={standing} />
            <Cards viewer="author" {...{ desk, suggestions, standing, replied }} />
          </>
        )}
      </div>
    </StudioFrame>
  );
};

/** For each beta with more than one open suggestion, answers to all of a kind at once. */
const Many: FC<{
  readonly desk: Desk;
  readonly open: readonly Suggestion[];
  readonly standing: ReadonlySet<string>;
}> = ({ desk, open, standing }) => (
  <>
    {[...Map.groupBy(open, (s) => s.by.id).values()].map((hers) => {
      const name = hers[0]?.by.name ?? '';
      const groups = groupsOf(hers, standing).filter(({ ids }) => ids.length > 1);
      return groups.length === 0 ? null : (
        <section class="card many" aria-label={`All of ${name}’s at once`}>
          <p>
            <strong>{name}</strong> <span class="soft">{count(hers.length, 'open suggestion')}</span>
          </p>
          <div class="ways-row">
            {groups.map(({ act, words, ids }) => (
              <form method="post" action={studioPath(desk.work.id, '/suggestions')}>
                {ids.map((id) => (
                  <input type="hidden" name="id" value={id} />
                ))}
                <button class="button" type="submit" name="do" value={act}>
                  {words(name)}
                </button>
              </form>
            ))}
          </div>
        </section>
      );
    })}
  </>
);

interface Group {
  readonly act: string;
  readonly ids: readonly string[];
  readonly words: (name: string) => string;
}

function groupsOf(hers: readonly Suggestion[], standing: ReadonlySet<string>): readonly Group[] {
  const ids = (of: (s: Suggestion) => boolean): readonly string[] => hers.filter(of).map((s) => s.id);
  const ready = (kind: SuggestionKind) => (s: Suggestion) => kindOf(s) === kind && standing.has(s.id);
  const small = ids(ready('small'));
  const all = ids((s) => standing.has(s.id));
  const remarks = ids((s) => s.change === null);
  const others = ids((s) => s.change !== null);
  return [
    {
      act: 'accept',
      ids: small.length === all.length ? [] : small,
      words: (name) => `Accept ${name}’s ${small.length} changes of signs only`,
    },
    { act: 'accept', ids: all, words: (name) => `Accept all ${all.length} of ${name}’s changes` },
    { act: 'resolve', ids: remarks, words: () => `Resolve all ${remarks.length} remarks` },
    { act: 'decline', ids: others, words: () => `Decline all ${others.length} changes` },
  ];
}
