import { Invalid } from '../../../errors.ts';
import { restoreState } from '../../../store/writing.ts';
import { keepingHeaders, type Page } from '../../archive.ts';
import { readForm } from '../../forms.ts';
import { leadTo, studioPath, takeSeat } from '../desk.ts';

/** `POST /studio/:handle/states`: makes an earlier version the newest, as one of its own. */
export const restoreVersion: Page = (archive) => async (c) => {
  const { work, by } = await takeSeat(c, archive);
  const number = numberOf((await readForm(c)).get('number'));
  await restoreState(archive.store, work.id, number, by.id);
  return leadTo(c, studioPath(work.id), 'restored');
};

/** `GET /studio/:handle/compare?a=&b=`: leads to the comparison of two versions. */
export const compareVersions: Page = (archive) => async (c) => {
  const { work } = await takeSeat(c, archive);
  const [a, b] = [numberOf(c.req.query('a')), numberOf(c.req.query('b'))];
  for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
  return c.redirect(studioPath(work.id, `/compare/s${Math.min(a, b)}...s${Math.max(a, b)}`), 303);
};

function numberOf(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text))
    throw new Invalid('web/studio: choose versions by their numbers');
  return Number(text);
}
