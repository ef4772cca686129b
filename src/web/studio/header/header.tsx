import type { FC } from 'hono/jsx';
import { titleOf } from '../../../phrases.ts';
import { reviseWork } from '../../../store/writing.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { readForm } from '../../forms.ts';
import { Remembered } from '../../remembered.tsx';
import { type Desk, leadTo, sitDown, stateAt, studioPath } from '../desk.ts';
import { StudioFrame } from '../frame.tsx';
import { HeaderFields, type HeaderFieldsProps, longFields } from './header-fields.tsx';
import { knownTags, readHeader, sentHeader, typedHeader } from './header-form.ts';

/** `GET /studio/:handle/header`: what is said about a work before it begins. */
export const headerPage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const known = await knownTags(archive);
  const fields = { typed: typedHeader(desk.header), known, faults: [] };
  return render(c, <HeaderPage {...{ archive, desk, fields }} base={desk.work.state} />, {
    cache: 'private',
  });
};

/** `POST /studio/:handle/header`: saves it as a new state. */
export const saveHeader: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const typed = sentHeader(form);
  const base = Number(form.get('base'));

  const { header, faults } = readHeader(typed, desk.header);
  const { header: was } = await stateAt(archive, desk, base);
  const isOld = JSON.stringify(was) !== JSON.stringify(desk.header);
  if (faults.length > 0 || isOld) {
    const fields = { typed, faults, known: await knownTags(archive) };
    const page = <HeaderPage {...{ archive, desk, fields, isOld }} base={desk.work.state} />;
    return render(c, page, { cache: 'private', status: isOld ? 409 : 422 });
  }
  const { story, by } = desk;
  const why = form.get('why').trim() || 'header changed';
  await reviseWork(archive.store, desk.work.id, { header, story, base: desk.work.state, why, by: by.id });

  return leadTo(c, studioPath(desk.work.id), 'saved');
};

interface HeaderPageProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly fields: HeaderFieldsProps;
  readonly base: number;
  /** Whether someone saved since the form was opened: it holds what was typed, and goes on from the newest state. */
  readonly isOld?: boolean;
}

const HeaderPage: FC<HeaderPageProps> = ({ archive, desk, fields, base, isOld = false }) => (
  <StudioFrame archive={archive} title={`Title, tags and notes of ${titleOf(desk.work)}`}>
    <div class="page studio-page">
      <p class="up">
        <a href={studioPath(desk.work.id)}>{titleOf(desk.work)}</a>
      </p>
      <h1>Title, tags and notes</h1>
      {isOld && (
        <p class="card fault-card" role="alert">
          Someone saved this story while you were writing; nothing was overwritten. The fields hold what you
          typed. <a href={studioPath(desk.work.id, '/header')}>See what is saved now</a>, then save yours
          again if it shall stand.
        </p>
      )}
      <form method="post" action={studioPath(desk.work.id, '/header')} class="studio-form">
        <Remembered form={`${desk.actor.id}/${desk.work.id}/header`} fields={['title', ...longFields]} />
        <input type="hidden" name="base" value={String(base)} />
        <HeaderFields {...fields} />
        <p class="ways-row">
          <button class="button button-main" type="submit">
            Save them
          </button>
          <a class="button" href={studioPath(desk.work.id)}>
            Leave it as it is
          </a>
        </p>
      </form>
    </div>
  </StudioFrame>
);
