import { Invalid } from '../../../errors.ts';
import { putPlaces } from '../../../store/writing.ts';
import { keepingHeaders, type Page } from '../../archive.ts';
import { readForm } from '../../forms.ts';
import { openedWork } from '../../guard.ts';
import { leadTo, studioPath } from '../desk.ts';

/**
 * `POST /studio/:handle/places`: puts passages elsewhere on the map (`place`, each `KEY X Y`), or forgets where they
 * were put (`do=anew`). No version is made. The script of the map asks for no page in answer (`quiet`).
 */
export const placesForm: Page = (archive) => async (c) => {
  const { work } = openedWork(c);
  const form = await readForm(c);
  const places = form.all('place').map(placeOf);
  await putPlaces(archive.store, work.id, places, { anew: form.get('do') === 'anew' });
  if (form.get('quiet') === 'yes') return c.body(null, 204, keepingHeaders('private'));
  return leadTo(c, studioPath(work.id, '/map'), 'placed');
};

function placeOf(text: string): { readonly passage: string; readonly x: number; readonly y: number } {
  const [, passage, x, y] = /^([a-z0-9][a-z0-9_-]{0,79}) (-?\d{1,6}) (-?\d{1,6})$/.exec(text) ?? [];
  if (passage === undefined)
    throw new Invalid(`web/studio: ${JSON.stringify(text.slice(0, 120))} is no place on a map`, {
      path: 'place',
    });
  return { passage, x: Number(x), y: Number(y) };
}

/** `GET /studio/:handle/go?passage=&to=`: leads from a menu of passages to what is to be done with one. */
export const goPage: Page = () => async (c) => {
  const { work } = openedWork(c);
  const key = c.req.query('passage') ?? '';
  if (!/^[a-z0-9][a-z0-9_-]{0,79}$/.test(key))
    throw new Invalid('web/studio: choose a passage from the menu', { path: 'passage' });
  const rest =
    c.req.query('to') === 'choice' ? `/passages/${key}?form=add-choice#add-choice` : `/play/${key}`;
  for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
  return c.redirect(studioPath(work.id, rest), 303);
};
