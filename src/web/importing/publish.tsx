import type { FC } from 'hono/jsx';
import { Invalid } from '../../errors.ts';
import { archiveWarnings, audiences, ratings } from '../../model/work.ts';
import { publishWork } from '../../store/works.ts';
import type { Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { workPath } from '../handle.ts';
import { studioPath } from '../studio/desk.ts';
import { faultOf, Reason } from '../studio/frame.tsx';
import { Answers, unansweredIn } from '../studio/header/header-fields.tsx';
import { ReaderMenu } from '../studio/publishing/publication.tsx';
import { showReview } from './review.tsx';
import { openReview, type Reviewing } from './reviewing.ts';

/** `POST /studio/:handle/review`: publishes an import with the answers given, once nothing of it is undecided. */
export const publishImport: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const of = await openReview(c, archive, form.get('copy'));
  try {
    await publishWork(archive.store, of.work.id, {
      rating: ratings.find((name) => name === form.get('rating')) ?? null,
      warnings: archiveWarnings.filter((name) => form.all('warnings').includes(name)),
      audience: audiences.find((name) => name === form.get('audience')) ?? 'everyone',
      by: of.by.id,
    });
    return c.redirect(workPath(of.work.id), 303);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return showReview(c, archive, { ...of, sent: { form, fault: faultOf(error) } });
  }
};

/** What publishing asks, and what of it is still open. */
export const PublishCard: FC<{ readonly of: Reviewing }> = ({ of }) => {
  const { work, edition, sent } = of;
  const { header } = work;
  const open = edition.remarks.filter((r) => r.certainty === 'undecided').length;
  if (work.stage === 'published')
    return (
      <p>
        It is published: <a href={workPath(work.id)}>see it as readers do</a>.
      </p>
    );
  const back = sent?.form.get('do') === 'publish' ? sent : undefined;
  return (
    <section class="review-publish" aria-labelledby="publish">
      <h3 id="publish">Publish</h3>
      {open > 0 && (
        <p class="soft">{open === 1 ? 'One fact is' : `${open} facts are`} still for you to decide, above.</p>
      )}
      <Reason id="publish-fault" fault={back?.fault.path === 'remarks' ? back.fault : undefined} />
      <form method="post" action={studioPath(work.id, '/review')}>
        <input type="hidden" name="copy" value={of.source.record.sha256} />
        <Answers
          rating={back?.form.get('rating') ?? header.rating ?? ''}
          warnings={back?.form.all('warnings') ?? header.warnings}
          faults={back === undefined ? [] : unansweredIn(back.form)}
        />
        <ReaderMenu chosen={back?.form.get('audience') ?? 'everyone'} />
        <p class="ways-row">
          <button class="button button-main" type="submit" name="do" value="publish">
            Publish it
          </button>
        </p>
      </form>
    </section>
  );
};
