import type { FC } from 'hono/jsx';
import { textOfHtml } from '../../html.ts';
import type { Comment } from '../../model/comment.ts';
import { authorName, count, sayDate } from '../../phrases.ts';
import { studioPath } from '../studio/desk.ts';
import { suretyOf } from './facts.ts';
import { Notes, SuretyMark } from './marks.tsx';
import { Deciding } from './mending.tsx';
import type { Reviewing } from './reviewing.ts';

/** At most this many comments are assigned on one page. */
const commentsAtOnce = 100;

/** The comments of a page of the review, from the number its address gives. */
export function commentsFrom({ edition }: Pick<Reviewing, 'edition'>, from: number): readonly Comment[] {
  return edition.comments.slice(from, from + commentsAtOnce);
}

/** What was made of the conversation, and the ways to say what each comment is about, who wrote it, and when. */
export const ThreadFacts: FC<{ readonly of: Reviewing; readonly from: number }> = ({ of, from }) => {
  const { edition } = of;
  const remarks = edition.remarks.filter((r) => /^(?:comments|threads)\b/.test(r.about));
  const days = edition.comments.flatMap((c) => (c.posted?.local ? [c.posted] : []));
  const [first, last] = [days[0], days.at(-1)];
  return (
    <section aria-labelledby="the-thread">
      <h3 id="the-thread">Conversation</h3>
      {edition.comments.length === 0 ? (
        <p>No comments came with this page.</p>
      ) : (
        <p>
          {count(edition.comments.length, 'comment')}
          {first !== undefined && last !== undefined && (
            <>
              , {sayDate({ ...first, local: first.local?.slice(0, 10) ?? null })}
              {last.local?.slice(0, 10) !== first.local?.slice(0, 10) && (
                <> – {sayDate({ ...last, local: last.local?.slice(0, 10) ?? null })}</>
              )}
            </>
          )}{' '}
          <SuretyMark surety={suretyOf(remarks)} />
        </p>
      )}
      <Notes of={of} remarks={remarks} />
      {edition.comments.length > 0 && <CommentsForm of={of} from={from} />}
    </section>
  );
};

const CommentsForm: FC<{ readonly of: Reviewing; readonly from: number }> = ({ of, from }) => {
  const { edition, sent, work, source } = of;
  const shown = commentsFrom(of, from);
  const answered = new Set(edition.comments.flatMap((c) => (c.parent === null ? [] : [c.parent])));
  const next = from + commentsAtOnce;
  return (
    <Deciding
      of={of}
      does="comments"
      title="Say what each is about, who wrote it, and when"
      button="Keep this"
      isOpen={from > 0 || sent?.form.get('do') === 'comments'}
    >
      <input type="hidden" name="from" value={String(from)} />
      <ol class="assign" start={from + 1}>
        {shown.map((comment) => (
          <CommentRow of={of} comment={comment} isAnswered={answered.has(comment.id)} />
        ))}
      </ol>
      {next < edition.comments.length && (
        <p>
          <a href={studioPath(work.id, `/review?copy=${source.record.sha256}&comments=${next}#the-thread`)}>
            The next comments
          </a>
        </p>
      )}
    </Deciding>
  );
};

const CommentRow: FC<{
  readonly of: Reviewing;
  readonly comment: Comment;
  readonly isAnswered: boolean;
}> = ({ of, comment, isAnswered }) => {
  const { id, author, posted, html } = comment;
  const words = textOfHtml(html as Reviewing['edition']['comments'][number]['html']).replace(/\s+/g, ' ');
  const name = authorName(author, posted);
  const said = (field: string): string | undefined => of.sent?.form.get(`${field}.${id}`);
  return (
    <li>
      <p>
        <strong>{name}</strong> {posted !== null && <span class="soft">{sayDate(posted)}</span>}
        <br />
        {words === '' ? (
          <em class="soft">no words</em>
        ) : (
          `${words.slice(0, 90)}${words.length > 90 ? '…' : ''}`
        )}
      </p>
      <div class="field-row">
        {of.edition.variantSets.length > 0 && (
          <>
            <AboutMenu
              of={of}
              name={`about.${id}`}
              label="It is about"
              value={said('about') ?? aboutValue(comment)}
            />
            {isAnswered && (
              <AboutMenu
                of={of}
                name={`thread.${id}`}
                label="It and all its answers are about"
                value={said('thread') ?? threadValue(of, id)}
                none="what each says"
              />
            )}
          </>
        )}
        {isUnknown(of, comment, 'author') && (
          <label class="field">
            Who wrote it <input name={`author.${id}`} value={said('author') ?? knownName(comment)} />
          </label>
        )}
        {isUnknown(of, comment, 'posted') && (
          <label class="field">
            When <input name={`posted.${id}`} value={said('posted') ?? posted?.local ?? ''} />
          </label>
        )}
      </div>
    </li>
  );
};

/** Whether the page does not say a fact of a comment, or a person has said it in its place. */
export function isUnknown({ decisions }: Reviewing, comment: Comment, fact: 'author' | 'posted'): boolean {
  const isDecided = decisions.some((d) => d.about === `comments.${comment.id}.${fact}`);
  return (
    isDecided || (fact === 'author' ? comment.author === null : (comment.posted?.local ?? null) === null)
  );
}

/** The name in a comment as decisions write it. */
export function knownName({ author }: Comment): string {
  if (author === null) return '';
  if (author.kind === 'anonymous') return 'anonymous';
  return author.kind === 'imported' && author.site !== null ? `${author.name}@${author.site}` : author.name;
}

/** What a comment is about as decisions write it: `work`, `B`, `A B`, the key of a passage. */
export function aboutValue({ about }: Comment): string {
  if (about.kind === 'branch') return about.sigla.join(' ');
  return about.kind === 'work' ? 'work' : about.key;
}

/** What was decided of a whole thread; '' where nothing was. */
export function threadValue({ decisions }: Pick<Reviewing, 'decisions'>, id: string): string {
  return decisions.find((d) => d.about === `threads.${id}.about`)?.value ?? '';
}

const AboutMenu: FC<{
  readonly of: Reviewing;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly none?: string;
}> = ({ of, name, label, value, none }) => {
  const [set] = of.edition.variantSets;
  const sigla = set?.branches.map((b) => b.siglum) ?? [];
  const options: readonly (readonly [string, string])[] = [
    ...(none === undefined ? [] : [['', none] as const]),
    ['work', 'the story'],
    ...(set?.branches.map((b) => [b.siglum, `${b.siglum}: ${b.label}`] as const) ?? []),
    ...(sigla.length > 1 ? [[sigla.join(' '), `${sigla.join(' and ')}`] as const] : []),
  ];
  const known = options.some(([option]) => option === value)
    ? options
    : [...options, [value, value] as const];
  return (
    <label class="field">
      {label}{' '}
      <select name={name}>
        {known.map(([option, words]) => (
          <option value={option} selected={option === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
};
