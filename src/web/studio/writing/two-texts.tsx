import type { Child, FC } from 'hono/jsx';
import type { CleanHtml } from '../../../html.ts';
import { count } from '../../../phrases.ts';
import type { Archive } from '../../archive.ts';
import { StudioFrame } from '../frame.tsx';
import { editedText, readyTexts, typedText } from './text.ts';
import { countClashes, mergedText, stretchesOf, ThreeWay } from './three-way.tsx';

interface TwoTextsProps {
  readonly archive: Archive;
  /** What the texts are of, and the way to its page. */
  readonly title: string;
  readonly up: string;
  readonly heading: string;
  /** What both came of, and what someone else made of it; `text` as a field shows it. */
  readonly was: CleanHtml;
  readonly theirs: { readonly name: string; readonly html: CleanHtml; readonly text?: string | undefined };
  /** What was typed, as Markdown. */
  readonly mine: string;
  readonly language: string | null;
  /** What is to be known besides. */
  readonly note?: string | false;
  /** The form that goes on with both, as Markdown and for the editor. */
  readonly form: (together: { readonly text: string; readonly html: CleanHtml | null }) => Child;
}

/** A page for what two people, or one in two places, typed at once: all three texts, and a form with the changes of both. */
export const TwoTexts: FC<TwoTextsProps> = (props) => {
  const { archive, title, was, theirs, language, note } = props;
  const mine = editedText(props.mine, '' as CleanHtml);
  const stretches = mine === null ? [] : stretchesOf({ base: was, theirs: theirs.html, mine });
  const merged = mergedText(stretches);
  const clashes = countClashes(stretches);
  return (
    <StudioFrame archive={archive} title={`Two texts · ${title}`}>
      <div class="page-wide compare studio-page">
        <p class="up">
          <a href={props.up}>{title}</a>
        </p>
        <h1>{props.heading}</h1>
        <p class="card fault-card" role="alert">
          Nothing was overwritten, and nothing you typed is lost.{' '}
          {clashes === 0
            ? 'Each side changed other paragraphs, so the text below has the changes of both. Read it before you go on.'
            : `In ${count(clashes, 'place')} both changed the same paragraphs: there the text below has both, theirs first. Keep what you want.`}
          {note !== false && note !== undefined && ` ${note}`}
        </p>
        <ThreeWay stretches={stretches} theirs={theirs.name} language={language} />
        <h2>The text with the changes of both</h2>
        {props.form(
          mine === null ? { text: props.mine, html: null } : { text: typedText(merged), html: merged },
        )}
        <details class="action">
          <summary>Both texts as they were, to copy from</summary>
          <label class="field">
            Yours
            <textarea class="writing" rows={12} readonly>{`\n${props.mine}`}</textarea>
          </label>
          <label class="field">
            {theirs.name}
            <textarea class="writing" rows={12} readonly>
              {`\n${theirs.text ?? typedText(theirs.html)}`}
            </textarea>
          </label>
        </details>
      </div>
    </StudioFrame>
  );
};

/** Has both texts ready for the page. */
export function readyTwoTexts(
  typed: readonly (string | undefined)[],
  now: { readonly html: CleanHtml } | undefined,
  who: string,
): Promise<void> {
  return readyTexts(
    typed.filter((text) => text !== undefined),
    now === undefined ? [] : [now.html],
    who,
  );
}

/** Of fields that came of one form, those that were changed; mine where both were. */
export function fieldsOfBoth(
  was: Readonly<Record<string, string>>,
  mine: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mine).map(([name, value]) => [
      name,
      value === was[name] ? (theirs[name] ?? value) : value,
    ]),
  );
}
