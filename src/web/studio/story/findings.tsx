import type { FC } from 'hono/jsx';
import { Invalid } from '../../../errors.ts';
import { type Findings, findingsOf, sentenceOf } from '../../../model/graph/findings.ts';
import type { WorkView } from '../../../model/views.ts';
import { count } from '../../../phrases.ts';
import { keepingHeaders, type Page } from '../../archive.ts';
import { assets } from '../../assets.ts';
import { readForm } from '../../forms.ts';
import { type Told, tellStory } from '../../reading/story.ts';
import { findPassage, sitDown, studioPath, writingPath } from '../desk.ts';
import { asTyped, sentPassage } from '../writing/drafts.ts';
import { brokenLinks } from '../writing/links.ts';
import { readyTexts } from '../writing/text.ts';
import { linkWords, marksOf, ownAddress, type Trouble, TroubleList, troublesOf } from './troubles.tsx';

/**
 * `POST /studio/:handle/findings`: what would be said of the story were a passage saved as it is typed now. Nothing is
 * kept. The answer is the part of the page that says so, for the script that put the question.
 */
export const findingsForm: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const found = findPassage(desk, form.get('passage'));
  if (found === undefined)
    throw new Invalid('web/studio: the story has no such passage any more', { path: 'passage' });
  const { work } = desk;
  const { key } = found.passage;
  const typed = sentPassage(form);
  await readyTexts([typed.text], [found.passage.html], desk.actor.id);
  const story = asTyped(desk.story, found.passage, typed);
  const own = ownAddress(archive, work);
  const links = brokenLinks(typed.text, own, new Set(story.passages.map((p) => p.key)));
  const findings = findingsOf(story);
  const troubles = [
    ...links.map((link): Trouble => ({ key, kind: 'broken-link', words: linkWords(link) })),
    // What is typed has its own links looked at above.
    ...troublesOf(story, findings, own).filter((t) => t.kind !== 'broken-link' || t.key !== key),
  ];
  const page = <Sayings {...{ work, told: tellStory(story), findings, troubles, here: key }} />;
  return c.html(page, 200, keepingHeaders('private'));
};

interface SayingsProps {
  readonly work: WorkView;
  readonly told: Told;
  readonly findings: Findings;
  readonly troubles: readonly Trouble[];
  readonly here: string;
}

/** What the program says beside a passage that is written: of it, then of the rest of the story. */
const Sayings: FC<SayingsProps> = ({ work, told, findings, troubles, here }) => {
  const [own, others] = [troubles.filter((t) => t.key === here), troubles.filter((t) => t.key !== here)];
  return (
    <>
      <p class="says">{sentenceOf(findings)}</p>
      {own.length > 0 && (
        <ul class="troubles">
          {own.map(({ words }) => (
            <li>This passage {words}</li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details class="action">
          <summary>{count(others.length, 'thing')} to mend elsewhere</summary>
          <TroubleList troubles={others} nameOf={told.nameOf} to={(key) => writingPath(work.id, key)} />
        </details>
      )}
      <ul hidden data-marks="">
        {[...marksOf(troubles)].map(([key, words]) => (
          <li data-key={key}>{words}</li>
        ))}
      </ul>
    </>
  );
};

/** The same on the page of a passage, where a script asks anew while one types. */
export const FindingsHere: FC<SayingsProps> = (props) => (
  <section
    class="findings"
    aria-label="What the story lacks"
    aria-live="polite"
    data-findings={studioPath(props.work.id, '/findings')}
    data-passage={props.here}
  >
    <div>
      <Sayings {...props} />
    </div>
    <script src={assets.findings} defer />
  </section>
);
