import type { Context } from 'hono';
import { Invalid, Unreadable } from '../../errors.ts';
import { type Deciding, decideImport } from '../../intake/review.ts';
import type { Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { leadTo, studioPath } from '../studio/desk.ts';
import { faultOf } from '../studio/frame.tsx';
import { factId } from './facts.ts';
import { reader } from './reader.ts';
import { showReview } from './review.tsx';
import { openReview, type Reviewing } from './reviewing.ts';
import { aboutValue, commentsFrom, isUnknown, knownName, threadValue } from './thread-facts.tsx';

/** `POST /studio/:handle/decisions`: decides facts of an import; its kept page is read anew with them. */
export const decideForm: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const of = await openReview(c, archive, form.get('copy'));
  try {
    const { give, withdraw } = decided(of, form);
    const { work, source, by } = of;
    await decideImport(archive.store, work.id, source, { give, withdraw, by: by.name }, reader);
    return done(c, of, form);
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Unreadable)) throw error;
    return showReview(c, archive, { ...of, sent: { form, fault: faultOf(error) } });
  }
};

function done(c: Context, { work, source }: Reviewing, form: Form): Response {
  const did = form.get('do') === 'withdraw' ? 'withdrawn' : 'decided';
  return leadTo(c, studioPath(work.id, `/review#${placeOf(form)}`), `${did}&copy=${source.record.sha256}`);
}

/** The part of the page on which a fact stands. */
function placeOf(form: Form): string {
  const about = form.get('about');
  if (form.get('do') === 'comments') return 'the-thread';
  if (about === '') return 'the-work';
  return about.startsWith('work.') ? factId(about) : 'the-text';
}

/** What a form decides. @throws Invalid for a form that names nothing */
function decided(of: Reviewing, form: Form): Omit<Deciding, 'by'> {
  const about = form.get('about').slice(0, 200);
  const does = form.get('do');
  if (does === 'comments') return ofComments(of, form);
  if (about === '') throw new Invalid('web/importing: say which fact this is about');
  if (does === 'withdraw') return { give: [], withdraw: withdrawn(of, about) };
  if (does === 'passages') {
    const starts = form.all('starts').filter((value) => value !== '');
    return one('passages', starts.length === 0 ? 'none' : starts.join(' '));
  }
  if (does === 'divide') {
    const head = { about: 'variantSets[0].branches[1].head', value: form.get('other') };
    return { give: [{ about, value: form.get('first') }, head], withdraw: [] };
  }
  const said = form.get('other').trim();
  const value =
    form.get('move') || (said === '' ? form.all('value').join(', ') : form.all('other').join(', '));
  return one(about, value);
}

function one(about: string, value: string): Omit<Deciding, 'by'> {
  return { give: [{ about, value: value.slice(0, 100_000) }], withdraw: [] };
}

/** Where the story divides is one fact for a person, whatever it takes to say it; a field may be named in the plural or not. */
function withdrawn({ decisions }: Reviewing, about: string): readonly string[] {
  if (about === 'variantSets[0].place')
    return decisions.flatMap((d) =>
      /^variantSets\[0\]\.(?:place|branches\[\d+\]\.head)$/.test(d.about) ? [d.about] : [],
    );
  return decisions.map((d) => d.about).filter((name) => singular(name) === singular(about));
}

function singular(name: string): string {
  return name.toLowerCase().replace(/s$/, '').replace(/ie$/, 'y');
}

/** What changed in the rows of the comments that the form showed. */
function ofComments(of: Reviewing, form: Form): Omit<Deciding, 'by'> {
  const give: { about: string; value: string }[] = [];
  const withdraw: string[] = [];
  const change = (about: string, field: string, before: string): void => {
    if (form.all(field).length === 0) return;
    const value = form.get(field).trim();
    if (value === before) return;
    if (value === '' && !about.endsWith('.author')) withdraw.push(about);
    else give.push({ about, value });
  };
  for (const comment of commentsFrom(of, Number(form.get('from')) || 0)) {
    const { id } = comment;
    change(`threads.${id}.about`, `thread.${id}`, threadValue(of, id));
    change(`comments.${id}.about`, `about.${id}`, aboutValue(comment));
    if (isUnknown(of, comment, 'author')) change(`comments.${id}.author`, `author.${id}`, knownName(comment));
    if (isUnknown(of, comment, 'posted'))
      change(`comments.${id}.posted`, `posted.${id}`, comment.posted?.local ?? '');
  }
  return { give, withdraw };
}
