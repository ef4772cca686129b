import type { FC } from 'hono/jsx';
import type { Pseud } from '../../model/person.ts';
import { workKinds } from '../../model/work.ts';
import { count, titleOf } from '../../phrases.ts';
import type { Store } from '../../store/index.ts';
import { type CommentsLeft, countSaid } from '../../store/leaving.ts';
import { listWritten } from '../../store/writing.ts';
import type { Form } from '../forms.ts';
import { Options, type Problems } from '../people/parts.tsx';
import { studioPath } from '../studio/desk.ts';

/** What someone leaves behind who leaves under some names. */
export interface Belongings {
  readonly works: readonly Belonging[];
  readonly comments: number;
}

/** A work of hers. */
interface Belonging {
  readonly id: string;
  readonly title: string | null;
  readonly words: number;
  readonly comments: number;
  /** Whether nobody else here wrote it with her: else it stays with them. */
  readonly isAlone: boolean;
}

/** The works and comments of pseuds. */
export async function belongingsOf(store: Store, pseuds: readonly Pseud[]): Promise<Belongings> {
  const ids = pseuds.map((p) => p.id);
  const works: Belonging[] = [];
  for (const kind of workKinds)
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listWritten(store, ids, { kind, after: after ?? null, limit: 100 });
      for (const { id, title, words, comments, creators } of page.items) {
        const authors = creators.filter((c) => c.role === 'author' && c.site === null);
        works.push({ id, title, words, comments, isAlone: authors.every((c) => ids.includes(c.id)) });
      }
      after = page.next;
    }
  return { works, comments: await countSaid(store, ids) };
}

/** `orphan`, `delete`, or the id of another name. */
export type Fate = string;

/**
 * What shall become of each work, as a form says it: of one by itself, or of all that are not named. Works written with
 * others lose her name. Undefined when it is not said of all.
 */
export function fatesIn(form: Form, { works }: Belongings): ReadonlyMap<Belonging, Fate> | undefined {
  const fates = new Map<Belonging, Fate>();
  for (const work of works) {
    const said = form.get(`fate-${work.id}`) || form.get('fate');
    if (said === '') return undefined;
    fates.set(work, work.isAlone || said !== 'delete' ? said : 'orphan');
  }
  return fates;
}

interface FatesProps {
  readonly mine: Belongings;
  /** Names the works can be put under instead. */
  readonly others: readonly Pseud[];
  readonly form?: Form | undefined;
  readonly problems?: Problems | undefined;
}

/** Asks what shall become of each work: one answer for all, and another for single ones. */
export const Fates: FC<FatesProps> = ({ mine: { works }, others, form, problems }) => {
  if (works.length === 0) return null;
  const fates: Readonly<Record<string, string>> = {
    orphan: 'take my name off it',
    ...Object.fromEntries(others.map((p) => [p.id, `put it under ${p.name}`])),
    delete: 'delete it',
  };
  const problem = problems?.fates;
  return (
    <>
      <fieldset class="field options" aria-describedby={problem === undefined ? undefined : 'fates-problem'}>
        <legend>What shall become of your {count(works.length, 'work')}?</legend>
        {problem !== undefined && (
          <p class="problem" id="fates-problem">
            {problem}
          </p>
        )}
        <FateOption
          value="orphan"
          chosen={form?.get('fate')}
          name="Take my name off them"
          about="The works, their addresses and all comments stay. Your name goes from them everywhere: from every version, from what you said under them, from books, feeds and search. Nobody can change them then. A code that you are shown once is the only way back."
        />
        {others.map((p) => (
          <FateOption
            value={p.id}
            chosen={form?.get('fate')}
            name={`Put them under ${p.name}`}
            about="Readers who knew a work under the other name can tell that both are yours."
          />
        ))}
        <FateOption
          value="delete"
          chosen={form?.get('fate')}
          name="Delete them"
          about="All their words, versions, comments and books go for good."
        />
      </fieldset>
      <details open={works.length <= 10}>
        <summary>Something else for single works</summary>
        <ul class="rows">
          {works.map((work) => (
            <li>
              <span>
                <a href={studioPath(work.id, '/delete')}>{titleOf(work)}</a>{' '}
                <span class="soft">
                  {count(work.words, 'word')}, {count(work.comments, 'comment')}
                  {work.isAlone ? '' : '; written with others, with whom it stays'}
                </span>
              </span>
              <label>
                <span class="unseen">{titleOf(work)}</span>
                <select name={`fate-${work.id}`}>
                  <option value="">as the others</option>
                  {Object.entries(fates).map(([value, words]) => (
                    <option value={value} selected={form?.get(`fate-${work.id}`) === value}>
                      {words}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
};

const FateOption: FC<{
  readonly value: string;
  readonly chosen: string | undefined;
  readonly name: string;
  readonly about: string;
}> = ({ value, chosen, name, about }) => (
  <label class="option">
    <input type="radio" name="fate" value={value} checked={chosen === value} />
    <span>
      <strong>{name}.</strong> {about}
    </span>
  </label>
);

/** What a form says of her comments: kept unless she says that they go. */
export function whatIsSaid(form: Form): CommentsLeft {
  return form.get('comments') === 'erase' ? 'erase' : 'keep';
}

/** Asks what shall become of what she said. */
export const WhatIsSaid: FC<{ readonly mine: Belongings; readonly form?: Form | undefined }> = ({
  mine: { comments },
  form,
}) =>
  comments === 0 ? null : (
    <Options
      name="comments"
      label={`And of your ${count(comments, 'comment')}?`}
      value={form?.get('comments') || 'keep'}
      options={{
        keep: 'The words stay, under no name. Nobody can take them away for you afterwards.',
        erase: 'The words go. Where someone answered, an empty place stays, so that the answers can be read.',
      }}
    />
  );
