import type { FC } from 'hono/jsx';
import type { CleanHtml } from '../../html.ts';
import type { Pseud } from '../../model/person.ts';
import { type ThreadSetting, threadSettings } from '../../model/work.ts';
import { workPath } from '../handle.ts';
import { type Desk, studioPath } from '../studio/desk.ts';
import type { Fault } from '../studio/frame.tsx';
import { LineField } from '../studio/header/header-fields.tsx';
import { PenName } from '../studio/header/new.tsx';
import { ReaderMenu } from '../studio/publishing/publication.tsx';
import { TextForm } from '../studio/writing/text-form.tsx';
import { settingNames } from '../talking/keep.tsx';
import { writtenNotePath } from './stories.ts';
import type { TypedNote } from './typed-note.ts';

/** The note of a form. */
export interface NoteFormProps {
  /** Absent for a note that is not begun. */
  readonly desk?: Desk | undefined;
  readonly accountId: string;
  readonly typed: TypedNote;
  /** The text, for the editor; null where it cannot hold it. */
  readonly html: CleanHtml | null;
  /** The state it goes on from and the draft it is. */
  readonly from: { readonly base: string | number; readonly draft: string | number };
  readonly faults: readonly Fault[];
  /** The names it can stand under, where she has several and no reader has seen it. */
  readonly pseuds: readonly Pseud[];
  readonly isMerged?: boolean;
}

/** A note to be written: its text, its day, for whom it is. */
export const NoteForm: FC<NoteFormProps> = (props) => {
  const { desk, accountId, typed, html, from, faults, pseuds, isMerged } = props;
  const isOut = desk?.work.stage === 'published';
  const path = desk === undefined ? '/studio/notes' : writtenNotePath(desk.work.id);
  return (
    <TextForm
      action={path}
      drafts={desk === undefined ? path : `${path}/drafts`}
      kept={keptName(accountId, desk?.work.id, desk?.story.passages[0]?.key)}
      text={typed.text}
      html={html}
      from={from}
      fields={['title', 'posted', 'audience', 'thread', 'pseud']}
      language={desk?.header.language ?? null}
      {...(desk !== undefined && {
        images: workPath(`${desk.work.id}-${desk.work.secret}`, '/resources/'),
        pictures: studioPath(desk.work.id, '/pictures'),
      })}
      isMerged={isMerged}
      rows={14}
      fault={faults.find(({ path }) => path !== 'title' && path !== 'posted')}
      hint={
        <>
          An empty line ends a paragraph. *One star* leans, **two** are bold.
          {desk !== undefined && (
            <>
              {' '}
              <a href={studioPath(desk.work.id, '/pictures')}>Pictures</a> can stand in it.
            </>
          )}
        </>
      }
      before={
        <>
          <LineField
            name="title"
            label="Title"
            value={typed.title}
            hint="Without one, its date is its name."
            faults={faults}
          />
          {pseuds.length > 1 && <PenName pseuds={pseuds} chosen={typed.pseud} />}
        </>
      }
    >
      <div class="field-row">
        <LineField
          name="posted"
          label="Date"
          type="date"
          value={typed.posted}
          hint="Left empty, it is the day you publish."
          faults={faults}
        />
        <ThreadMenu chosen={typed.thread} />
      </div>
      <ReaderMenu chosen={typed.audience} />
      <p class="ways-row">
        <button class="button button-main" type="submit" name="do" value="publish">
          {isOut ? 'Publish these changes' : 'Publish'}
        </button>
        {!isOut && (
          <button class="button" type="submit" name="do" value="save">
            Keep as a draft
          </button>
        )}
        {isOut && (
          <button class="button" type="submit" name="do" value="unpublish">
            Take it back
          </button>
        )}
      </p>
    </TextForm>
  );
};

/** The name under which a device keeps a note. */
export function keptName(accountId: string, workId = 'new', passage = 'note'): string {
  return `${accountId}/${workId}/${passage}`;
}

const ThreadMenu: FC<{ readonly chosen: ThreadSetting }> = ({ chosen }) => (
  <p class="field">
    <label for="thread">Its conversation</label>
    <select id="thread" name="thread">
      {threadSettings.map((setting) => (
        <option value={setting} selected={setting === chosen}>
          {settingNames[setting]}
        </option>
      ))}
    </select>
  </p>
);
