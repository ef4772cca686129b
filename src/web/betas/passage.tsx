import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Passage } from '../../model/state.ts';
import type { Suggestion } from '../../model/suggestion.ts';
import { passageNames, titleOf } from '../../phrases.ts';
import { listSuggestions } from '../../store/writing.ts';
import { standingIds } from '../../writing/take-in.ts';
import { type Archive, type Page, render } from '../archive.ts';
import type { Form } from '../forms.ts';
import { Siglum } from '../parts.tsx';
import { StoryMap } from '../reading/map.tsx';
import { tellStory } from '../reading/story.ts';
import { Remembered } from '../remembered.tsx';
import { type Desk, findPassage } from '../studio/desk.ts';
import { type Fault, Reason, StudioFrame } from '../studio/frame.tsx';
import { DraftNote } from '../studio/writing/draft-note.tsx';
import { readyTexts } from '../studio/writing/text.ts';
import { betaPassagePath, roomPath } from './addresses.ts';
import { Cards } from './cards.tsx';
import { Passages, sitAsBeta } from './room.tsx';
import { type HeldText, heldText, sentText, TypingForm } from './typing.tsx';

/** `GET /beta/:handle/passages/:key`: one passage, its words to be changed and remarked upon. */
export const betaPassagePage: Page = (archive) => async (c) =>
  showBetaPassage(c, archive, await sitAsBeta(c, archive), c.req.param('key') ?? '', {
    did: c.req.query('did'),
  });

/** A form that came back, and which of those on the page it is. */
export interface SentBack {
  readonly name: 'text' | 'remark' | 'card';
  readonly form: Form;
  readonly fault?: Fault;
}

/** Answers with the page of a passage; 422 with a form that came back. @throws NotFound */
export async function showBetaPassage(
  c: Context,
  archive: Archive,
  desk: Desk,
  key: string,
  { sent, did }: { readonly sent?: SentBack; readonly did?: string | undefined } = {},
): Promise<Response> {
  const found = findPassage(desk, key);
  if (found === undefined)
    throw new NotFound(`web/betas: the story has no passage ${JSON.stringify(key.slice(0, 80))}`);
  const suggestions = await listSuggestions(archive.store, desk.work.id, { by: [desk.by.id] });
  await readyTexts([], [found.passage.html], desk.actor.id);
  const held =
    sent?.name === 'text'
      ? sentText(sent.form, found.passage.html)
      : await heldText(archive, desk, found.passage);
  const page = <PassagePage {...{ archive, desk, suggestions, held, sent, did }} {...found} />;
  return render(c, page, { cache: 'private', status: sent?.fault === undefined ? 200 : 422 });
}

interface PassagePageProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly passage: Passage<CleanHtml>;
  readonly suggestions: readonly Suggestion[];
  readonly held: HeldText;
  readonly sent: SentBack | undefined;
  readonly did: string | undefined;
}

const PassagePage: FC<PassagePageProps> = (props) => {
  const { archive, desk, passage, suggestions, held, sent, did } = props;
  const { work, story, header } = desk;
  const name = passageNames(story).get(passage.key) ?? '';
  const here = suggestions.filter((s) => s.passage === passage.key);
  const open = here.filter((s) => s.status === 'open');
  return (
    <StudioFrame archive={archive} title={`${name} · ${titleOf(header)}`} did={did} fault={sent?.fault}>
      <div class="desk">
        <section class="desk-main" aria-labelledby="name">
          <p class="up">
            <a href={roomPath(work.id)}>{titleOf(header)}</a>
          </p>
          <h1 id="name">
            {story.variantSets
              .flatMap(({ branches }) => branches.filter(({ head }) => head === passage.key))
              .map(({ siglum }) => (
                <>
                  <Siglum letter={siglum} big />{' '}
                </>
              ))}
            {name}
          </h1>
          {held.kept !== undefined && (
            <DraftNote draft={held.kept} drafts={`${betaPassagePath(work.id, passage.key)}/drafts`}>
              The author does not see it before you send it.
              {held.isBehind &&
                ' She has changed the same paragraphs since: your words stand against the text you began with.'}
            </DraftNote>
          )}
          <TypingForm desk={desk} passageKey={passage.key} held={held} />
        </section>
        <aside class="desk-side" aria-label="What you suggested">
          <RemarkForm {...props} />
          <Cards
            viewer="beta"
            desk={desk}
            suggestions={here}
            standing={standingIds(passage.key, passage.html, open)}
            here={passage.key}
            replied={sent?.name === 'card' ? sent.form : undefined}
          />
        </aside>
        <aside class="desk-map" aria-label="The story">
          <StoryMap told={tellStory(story)} to={(key) => betaPassagePath(work.id, key)} here={passage.key} />
          <Passages desk={desk} open={suggestions.filter((s) => s.status === 'open')} here={passage.key} />
        </aside>
      </div>
    </StudioFrame>
  );
};

const RemarkForm: FC<PassagePageProps> = ({ desk, passage, sent }) => {
  const back = sent?.name === 'remark' ? sent : undefined;
  return (
    <details class="action" open={back !== undefined}>
      <summary>Remark on some words</summary>
      <form method="post" action={`${betaPassagePath(desk.work.id, passage.key)}/remarks`}>
        <Remembered
          form={`${desk.actor.id}/${desk.work.id}/${passage.key}/remark`}
          fields={['quote', 'note']}
        />
        <Reason id="fault-remark" fault={back?.fault} />
        <label class="field">
          The words
          <textarea name="quote" rows={2} maxlength={2000}>
            {back?.form.get('quote')}
          </textarea>
          <span class="hint">Copied from the text; empty for the passage as a whole.</span>
        </label>
        <label class="field">
          What you say of them
          <textarea name="note" rows={4} maxlength={5000} required>
            {back?.form.get('note')}
          </textarea>
        </label>
        <p>
          <button class="button" type="submit">
            Send the remark
          </button>
        </p>
      </form>
    </details>
  );
};
