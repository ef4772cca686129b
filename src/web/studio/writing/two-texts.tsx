import type { Child, FC } from 'hono/jsx';
import type { CleanHtml } from '../../../html.ts';
import type { Stretch } from '../../../model/text/merge.ts';
import { count } from '../../../phrases.ts';
import type { Archive } from '../../archive.ts';
import { StudioFrame } from '../frame.tsx';
import type { DraftKind, Typed } from './drafts.ts';
import { type Clash, otherText, type Saved } from './keep.ts';
import { editedText, readyTexts, typedText } from './text.ts';
import { countClashes, mergedText, stretchesOf, ThreeWay } from './three-way.tsx';

interface TwoTextsProps {
  readonly archive: Archive;
  /** What the texts are of, and the way to its page. */
  readonly title: string;
  readonly up: string;
  readonly what: 'passage' | 'note';
  /** The text both sides began with; the other draft, where the other side is one and not what is saved `now`. */
  readonly clash: Clash<Typed>;
  readonly now: Saved | undefined;
  readonly together: Together;
  readonly language: string | null;
  /** What is to be known besides. */
  readonly note?: string | false;
  /** The form that goes on with both, as Markdown and for the editor. */
  readonly form: (together: { readonly text: string; readonly html: CleanHtml | null }) => Child;
}

/** A page for what two people, or one in two places, typed at once: all three texts, and a form with the changes of both. */
export const TwoTexts: FC<TwoTextsProps> = (props) => {
  const { archive, title, what, clash, now, together, language, note } = props;
  const { other } = clash;
  const { stretches, text, html } = together;
  const theirName = other === undefined ? 'Saved now' : 'Your other draft';
  const clashes = countClashes(stretches);
  return (
    <StudioFrame archive={archive} title={`Two texts · ${title}`}>
      <div class="page-wide compare studio-page">
        <p class="up">
          <a href={props.up}>{title}</a>
        </p>
        <h1>
          {other === undefined
            ? `Someone saved this ${what} while you wrote`
            : `You kept another draft of this ${what}`}
        </h1>
        <p class="card fault-card" role="alert">
          Nothing was overwritten, and nothing you typed is lost.{' '}
          {clashes === 0
            ? 'Each side changed other paragraphs, so the text below has the changes of both. Read it before you go on.'
            : `In ${count(clashes, 'place')} both changed the same paragraphs: there the text below has both, theirs first. Keep what you want.`}
          {note !== false && note !== undefined && ` ${note}`}
        </p>
        <ThreeWay stretches={stretches} theirs={theirName} language={language} />
        <h2>The text with the changes of both</h2>
        {props.form({ text, html })}
        <details class="action">
          <summary>Both texts as they were, to copy from</summary>
          <label class="field">
            Yours
            <textarea class="writing" rows={12} readonly>{`\n${together.mine}`}</textarea>
          </label>
          <label class="field">
            {theirName}
            <textarea class="writing" rows={12} readonly>
              {`\n${other?.typed.text ?? typedText(otherText(now, other))}`}
            </textarea>
          </label>
        </details>
      </div>
    </StudioFrame>
  );
};

const nothing = '' as CleanHtml;

/** Two texts brought together. */
export interface Together {
  readonly stretches: readonly Stretch[];
  /** What was typed, and the text with the changes of both, as Markdown. */
  readonly mine: string;
  readonly text: string;
  /** The same for the editor; null where what was typed cannot be read, and nothing was brought together. */
  readonly html: CleanHtml | null;
}

/** Merges what was typed with the other draft, or with what is saved `now`; `who` is the account that asks for it. */
export async function bringTogether(
  { text: mine }: Typed,
  { was, other }: Clash<Typed>,
  now: Saved | undefined,
  who: string,
): Promise<Together> {
  const texts = other === undefined ? [mine] : [mine, other.typed.text];
  await readyTexts(texts, now === undefined ? [] : [now.html], who);
  const html = editedText(mine, nothing);
  if (html === null) return { stretches: [], mine, text: mine, html };
  const base = was?.html ?? nothing;
  const stretches = stretchesOf({ base, theirs: otherText(now, other), mine: html });
  const merged = mergedText(stretches);
  await readyTexts([], [merged], who);
  return { stretches, mine, text: typedText(merged), html: merged };
}

/** The fields beside two texts, each as whoever changed it has it; as they were typed where both did. */
export function fieldsOfBoth<T extends Typed>(
  { fieldsOf }: DraftKind<T>,
  typed: T,
  { was, other }: Clash<T>,
  now: Saved | undefined,
): Readonly<Record<string, string>> {
  const mine = fieldsOf(typed);
  const theirs = other === undefined ? now?.fields : fieldsOf(other.typed);
  return Object.fromEntries(
    Object.entries(mine).map(([name, value]) => [
      name,
      value === was?.fields[name] ? (theirs?.[name] ?? value) : value,
    ]),
  );
}
