import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { WorkView } from '../../model/views.ts';
import { count, passageNames, titleOf } from '../../phrases.ts';
import { type PassageHistory, passageHistory } from '../../store/leaving.ts';
import { eraseText } from '../../store/works.ts';
import { readWritten } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { openedWork } from '../guard.ts';
import { checkAgain } from '../people/again.ts';
import { goOn, Personal, type Problems, Send, show } from '../people/parts.tsx';
import { studioPath, writingPath } from '../studio/desk.ts';
import { PassPhraseAgain } from './again.tsx';

/** `GET /studio/:handle/erase/:passage`: what erasing a text from every version would take away. */
export const erasePage: Page = (archive) => (c) => showErasing(c, archive);

/** `POST /studio/:handle/erase/:passage`: does it; its place stays, empty. */
export const eraseForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const { work } = openedWork(c);
  const form = await readForm(c);
  const problems = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (problems !== undefined) return showErasing(c, archive, problems);
  const by = 'its author';
  await eraseText(archive.store, work.id, c.req.param('passage') ?? '', { by, why: `erased by ${by}` });
  return goOn(c, `${studioPath(work.id)}?did=erased`);
};

async function showErasing(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  const { work } = openedWork(c);
  const key = c.req.param('passage') ?? '';
  const history = await passageHistory(archive.store, work.id, key);
  const last = history.states.at(-1);
  if (last === undefined)
    throw new NotFound(`web/leaving: work ${work.id} has no passage ${JSON.stringify(key)}`);
  const { story } = await readWritten(archive.store, work.id, last);
  const name = passageNames(story).get(key) ?? key;
  const page = <ErasingPage {...{ archive, work, passageKey: key, name, history, problems }} />;
  return show(c, page, problems);
}

interface ErasingProps {
  readonly archive: Archive;
  readonly work: WorkView;
  readonly passageKey: string;
  /** What the passage is called in the newest version that has it. */
  readonly name: string;
  readonly history: PassageHistory;
  readonly problems: Problems | undefined;
}

const ErasingPage: FC<ErasingProps> = ({ archive, work, passageKey, name, history, problems }) => {
  const { states, texts, drafts, suggestions, quotes, sources } = history;
  return (
    <Personal archive={archive} title={`Erase “${name}” from every version`} problems={problems}>
      <p>
        Taking a passage out of the story leaves it in the versions before. Erasing takes its words out of all
        of them, for good.
      </p>
      <div class="card">
        <p>This goes, and nothing brings it back, not even a backup of the archive:</p>
        <ul class="losses">
          <li>
            {count(texts, 'text')} of it, in {count(states.length, 'version')} (
            {states.length === 1 ? states[0] : `${states[0]} to ${states.at(-1)}`})
          </li>
          {drafts > 0 && <li>{count(drafts, 'draft')} of it, saved meanwhile</li>}
          {suggestions > 0 && <li>{count(suggestions, 'suggestion')} of betas about its words</li>}
          {quotes > 0 && <li>the words that {count(quotes, 'comment')} quote; the comments stay</li>}
          <li>all books made of the work, and its words in the search</li>
        </ul>
        <p>
          The place in the story stays, empty, and says that a text was erased. Comments and verdicts stay.
        </p>
        {sources > 0 && (
          <p>
            The work came from {count(sources, 'saved page')}, which may have the same words. Those are kept
            apart, and only those who run the archive can erase them: ask them.
          </p>
        )}
      </div>
      <form method="post" action={studioPath(work.id, `/erase/${passageKey}`)} class="form">
        <PassPhraseAgain problems={problems} />
        <Send>Erase it for good</Send>
      </form>
      <p class="alone">
        <a href={writingPath(work.id, passageKey)}>Leave “{titleOf(work)}” as it is</a>
      </p>
    </Personal>
  );
};
