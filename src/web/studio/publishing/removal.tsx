import type { FC } from 'hono/jsx';
import { Invalid, NotFound } from '../../../errors.ts';
import { removeBranch, removePassage } from '../../../model/edit.ts';
import type { Story } from '../../../model/state.ts';
import { count, titleOf } from '../../../phrases.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { type Desk, findPassage, sitDown, studioPath, writingPath } from '../desk.ts';
import { type Fault, faultOf, Reason, StudioFrame } from '../frame.tsx';
import { namedPassages } from '../story/forms.tsx';

/** `GET /studio/:handle/removals/:key/:siglum?`: what taking a passage, or a whole branch after it, would lose. */
export const removalPage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const key = c.req.param('key') ?? '';
  const siglum = c.req.param('siglum');
  if (findPassage(desk, key) === undefined) throw new NotFound('web/studio: the story has no such passage');

  const outcome = tryOut(desk.story, key, siglum);
  const page = <RemovalPage {...{ archive, desk, passageKey: key, siglum, outcome }} />;
  return render(c, page, { cache: 'private', status: 'fault' in outcome ? 422 : 200 });
};

type Outcome = { readonly after: Story } | { readonly fault: Fault };

/** What the story would be without it. */
function tryOut(story: Desk['story'], key: string, siglum: string | undefined): Outcome {
  try {
    return { after: siglum === undefined ? removePassage(story, key) : removeBranch(story, key, siglum) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { fault: faultOf(error) };
  }
}

interface RemovalProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly passageKey: string;
  readonly siglum: string | undefined;
  readonly outcome: Outcome;
}

const RemovalPage: FC<RemovalProps> = ({ archive, desk, passageKey, siglum, outcome }) => {
  const { work } = desk;
  const back = writingPath(work.id, passageKey);
  const name = namedPassages(desk).find((p) => p.key === passageKey)?.name;
  const title = siglum === undefined ? `Take “${name}” out?` : `Take way ${siglum} after “${name}” out?`;
  return (
    <StudioFrame archive={archive} title={title}>
      <div class="page studio-page">
        <p class="up">
          <a href={studioPath(work.id)}>{titleOf(work)}</a>
        </p>
        <h1>{title}</h1>
        {'fault' in outcome ? (
          <>
            <Reason id="removal-fault" fault={outcome.fault} />
            <p>
              <a class="button" href={back}>
                Back
              </a>
            </p>
          </>
        ) : (
          <form method="post" action={studioPath(work.id, '/removals')}>
            <Losses before={desk} after={outcome.after} />
            {siglum === undefined && (
              <p>
                Should no version have it any more?{' '}
                <a href={studioPath(work.id, `/erase/${passageKey}`)}>Erase its words from every version …</a>
              </p>
            )}
            <input type="hidden" name="base" value={String(work.state)} />
            <input type="hidden" name={siglum === undefined ? 'passage' : 'place'} value={passageKey} />
            {siglum !== undefined && <input type="hidden" name="siglum" value={siglum} />}
            <p class="ways-row">
              <button class="button button-main" type="submit">
                Take it out
              </button>
              <a class="button" href={back}>
                Leave it
              </a>
            </p>
          </form>
        )}
      </div>
    </StudioFrame>
  );
};

/** What goes, said before it goes. */
const Losses: FC<{ readonly before: Desk; readonly after: Story }> = ({ before, after }) => {
  const left = new Set(after.passages.map((p) => p.key));
  const gone = namedPassages(before).filter(({ key }) => !left.has(key));
  const words = before.story.passages.filter((p) => !left.has(p.key)).reduce((sum, p) => sum + p.words, 0);
  const choices = before.story.choices.filter((choice) => !left.has(choice.to) || !left.has(choice.from));
  const forks = before.story.variantSets.length - after.variantSets.length;
  return (
    <div class="card">
      <p>This takes out of the story:</p>
      <ul class="losses">
        {gone.map(({ name }) => (
          <li>the passage “{name}”</li>
        ))}
        <li>{count(words, 'word')}</li>
        {choices.length > 0 && (
          <li>{count(choices.length, 'choice')} that led there or from there, or it leads elsewhere now</li>
        )}
        {forks > 0 && <li>{count(forks, 'place')} where the story divides</li>}
      </ul>
      <p>The versions saved so far still have all of it; you can restore one.</p>
    </div>
  );
};
