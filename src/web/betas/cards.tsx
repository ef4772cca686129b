import type { FC } from 'hono/jsx';
import {
  kindOf,
  partWords,
  type Reply,
  type Suggestion,
  type SuggestionStatus,
} from '../../model/suggestion.ts';
import { passageNames } from '../../phrases.ts';
import { mostAnswered } from '../../store/writing.ts';
import type { Form } from '../forms.ts';
import { Day } from '../parts.tsx';
import { Remembered } from '../remembered.tsx';
import { type Desk, studioPath } from '../studio/desk.ts';
import { roomPath } from './addresses.ts';

interface CardsProps {
  readonly desk: Desk;
  /** Who looks: the author answers, the beta withdraws; both may say something. */
  readonly viewer: 'author' | 'beta';
  readonly suggestions: readonly Suggestion[];
  /** The ids of open suggestions whose words stand in the text. */
  readonly standing: ReadonlySet<string>;
  /** The passage the page is about; suggestions for others name theirs. */
  readonly here?: string | undefined;
  /** A reply that came back. */
  readonly replied?: Form | undefined;
}

/** Suggestions as cards: the open ones, then what became of the others, folded away. */
export const Cards: FC<CardsProps> = (props) => {
  const open = props.suggestions.filter((s) => s.status === 'open');
  const answered = props.suggestions.filter((s) => s.status !== 'open').toReversed();
  const names = passageNames(props.desk.story);
  return (
    <section class="suggestions" aria-labelledby="suggestions">
      <h2 id="suggestions">
        {headingOf(props)} <span class="soft">{open.length} open</span>
      </h2>
      {open.length === 0 && (
        <p class="soft">
          {props.viewer === 'author' ? 'None waits for you.' : 'Nothing waits for an answer.'}
        </p>
      )}
      <ol class="suggestion-cards" data-anchors>
        {open.map((suggestion) => (
          <Card {...props} {...{ names, suggestion }} />
        ))}
      </ol>
      {answered.length > 0 && (
        <details class="action">
          <summary>
            Answered: {answered.length === mostAnswered && 'the last '}
            {answered.length}
          </summary>
          <ol class="suggestion-cards">
            {answered.map((suggestion) => (
              <Card {...props} {...{ names, suggestion }} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
};

function headingOf({ viewer, here }: CardsProps): string {
  if (viewer === 'beta') return 'Yours';
  return here === undefined ? 'One by one' : 'Suggestions';
}

interface CardProps extends CardsProps {
  readonly suggestion: Suggestion;
  /** The names of all passages by their keys. */
  readonly names: ReadonlyMap<string, string>;
}

const Card: FC<CardProps> = (props) => {
  const { desk, viewer, suggestion, standing, here, replied, names } = props;
  const { id, anchor, change, status } = suggestion;
  const stands = standing.has(id) || change === null;
  const place = stands && status === 'open' && anchor !== null ? anchor : null;
  const typed = replied?.get('id') === id ? replied.get('words') : undefined;
  const about = (
    <>
      <input type="hidden" name="id" value={id} />
      {here !== undefined && <input type="hidden" name="passage" value={here} />}
    </>
  );
  return (
    <li
      class="card suggestion"
      id={`s-${id}`}
      data-quote={place?.quote}
      data-prefix={place?.prefix}
      data-suffix={place?.suffix}
    >
      <p class="suggestion-by">
        <strong>{suggestion.by.name}</strong>{' '}
        <span class="soft">
          {here === undefined && <>{names.get(suggestion.passage) ?? 'a passage that was taken out'} · </>}
          {kindNames[kindOf(suggestion)]} · <Day at={suggestion.madeAt} />
        </span>
      </p>
      <Said suggestion={suggestion} />
      {status === 'open' && !stands && (
        <p class="detached">
          {viewer === 'author' ? (
            <>
              <strong>Detached.</strong> These words were changed since, so it cannot be put in by itself.
            </>
          ) : (
            <>
              <strong>Detached.</strong> The author changed these words since.
            </>
          )}
        </p>
      )}
      {status !== 'open' && <p class="became">{becameOf(suggestion)}</p>}
      <Replies replies={suggestion.replies} />
      <div class="suggestion-acts">
        <form method="post" action={formPath(desk, viewer)}>
          {about}
          {actsOf(viewer, suggestion, stands).map(([act, label]) => (
            <button
              class="link-button"
              type="submit"
              name="do"
              value={act}
              aria-label={`${label}: ${shortly(suggestion)}`}
            >
              {label}
            </button>
          ))}
        </form>
        <details class="reply" open={typed !== undefined}>
          <summary aria-label={`Reply: ${shortly(suggestion)}`}>Reply</summary>
          <form method="post" action={formPath(desk, viewer)}>
            <Remembered form={`${desk.actor.id}/reply/${id}`} fields={['words']} />
            {about}
            <label class="field" for={`words-${id}`}>
              What you say
            </label>
            <textarea id={`words-${id}`} name="words" rows={3} maxlength={5000}>
              {typed && `\n${typed}`}
            </textarea>
            <p>
              <button class="button button-small" type="submit" name="do" value="reply">
                Send it
              </button>
            </p>
          </form>
        </details>
      </div>
    </li>
  );
};

/** Where the forms on cards are sent. */
function formPath({ work }: Desk, viewer: 'author' | 'beta'): string {
  return viewer === 'author' ? studioPath(work.id, '/suggestions') : roomPath(work.id, '/suggestions');
}

const kindNames = { small: 'signs', words: 'wording', remark: 'remark' } as const;

/** The old words and the new, or the words a remark is about; and what is said of them. */
export const Said: FC<{ readonly suggestion: Pick<Suggestion, 'anchor' | 'change' | 'note'> }> = ({
  suggestion: { anchor, change, note },
}) => (
  <>
    {change !== null && <Changed old={anchor?.quote ?? ''} reading={change.reading} />}
    {change === null && anchor !== null && (
      <p class="suggestion-words">
        “<Words text={anchor.quote} />”
      </p>
    )}
    {note !== '' && <p class="words">{note}</p>}
  </>
);

/** Old words and new ones; what stands before and after both is not marked. */
const Changed: FC<{ readonly old: string; readonly reading: string }> = ({ old, reading }) => {
  if (old === reading)
    return (
      <p class="suggestion-words">
        <Words text={old} /> <span class="soft">(the same words, set otherwise)</span>
      </p>
    );
  const parts = partWords(old, reading);
  const both = parts.old.trim() !== '' && parts.new.trim() !== '';
  return (
    <p class="suggestion-words">
      {parts.before !== '' && <Words text={parts.before} />}
      {parts.old !== '' && (
        <del>
          <Words text={parts.old} />
        </del>
      )}
      {both && (
        <>
          {' '}
          <span aria-hidden="true">→</span> <span class="unseen">becomes</span>{' '}
        </>
      )}
      {parts.new !== '' && (
        <ins>
          <Words text={parts.new} />
        </ins>
      )}
      {parts.after !== '' && <Words text={parts.after} />}
    </p>
  );
};

const longest = 400;

/** Long stretches by their ends: the whole stands in the text. */
const Words: FC<{ readonly text: string }> = ({ text }) => {
  if (text === '') return <span class="soft">nothing</span>;
  const lines = (text.length > longest ? `${text.slice(0, 180)} … ${text.slice(-180)}` : text).split('\n');
  return (
    <>
      {lines.map((line, i) => (
        <>
          {i > 0 && <span class="soft"> ¶ </span>}
          {line}
        </>
      ))}
    </>
  );
};

const Replies: FC<{ readonly replies: readonly Reply[] }> = ({ replies }) =>
  replies.length === 0 ? null : (
    <ul class="replies">
      {replies.map(({ by, at, words }) => (
        <li>
          <strong>{by.name}</strong>{' '}
          <span class="soft">
            <Day at={at} />
          </span>
          <p class="words">{words}</p>
        </li>
      ))}
    </ul>
  );

type Acts = readonly (readonly [act: string, label: string])[];

function actsOf(viewer: 'author' | 'beta', { status, change }: Suggestion, stands: boolean): Acts {
  if (viewer === 'beta') return status === 'open' ? [['withdraw', 'Withdraw']] : [];
  if (status === 'declined' || status === 'resolved') return [['open', 'Open again']];
  if (status !== 'open') return [];
  if (change === null) return [['resolve', 'Resolve']];
  return stands
    ? [
        ['accept', 'Accept'],
        ['decline', 'Decline'],
      ]
    : [['decline', 'Decline']];
}

const became: Readonly<Record<Exclude<SuggestionStatus, 'open' | 'accepted'>, string>> = {
  declined: 'Declined',
  resolved: 'Resolved',
  withdrawn: 'Withdrawn',
};

function becameOf({ status, acceptedIn }: Suggestion): string {
  if (status === 'accepted') return `Accepted, in version ${acceptedIn}`;
  return status === 'open' ? '' : became[status];
}

/** By which words a button is told from the others like it. */
function shortly({ anchor, change, note }: Suggestion): string {
  const words = change?.reading ?? anchor?.quote ?? note;
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
