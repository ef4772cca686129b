import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Invalid } from '../../../errors.ts';
import { escapeHtml } from '../../../html.ts';
import { titleOf } from '../../../phrases.ts';
import { cleanPicture } from '../../../pictures.ts';
import { addPicture, listPictures, removePicture, type WorkPicture } from '../../../store/writing.ts';
import { pictureMarkdown } from '../../../writing/markdown.ts';
import { type Archive, keepingHeaders, type Page, render } from '../../archive.ts';
import { type Form, readForm, sentFile } from '../../forms.ts';
import { workPath } from '../../handle.ts';
import { writtenNotePath } from '../../journals/stories.ts';
import { type Desk, leadTo, sitDown, studioPath } from '../desk.ts';
import { type Fault, faultOf, Reason, StudioFrame } from '../frame.tsx';

/** What a camera makes is smaller, mostly: 10 MB. */
const mostPictureBytes = 10 * 1024 * 1024;

const longestAlt = 1000;

/** `GET /studio/:handle/pictures`: the pictures of a work, and a form for one more. */
export const picturesPage: Page = (archive) => async (c) =>
  showPictures(c, archive, await sitDown(c, archive), { did: c.req.query('did') });

/**
 * `POST /studio/:handle/pictures`: takes a picture in, or with `remove` one away. Answers with what to write in the text
 * where it shall stand; a script that asks for JSON gets that alone.
 */
export const addPicturePage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const remove = form.get('remove');
  if (remove !== '') {
    await removePicture(archive.store, desk.work.id, remove);
    return leadTo(c, studioPath(desk.work.id, '/pictures'), 'unpictured');
  }
  const alt = form.get('alt').replace(/\s+/g, ' ').trim();
  try {
    const picture = await addPicture(archive.store, desk.work.id, await sentPicture(c, alt), {
      accountId: desk.actor.id,
    });
    const added = { ...picture, markdown: markdownOf(picture, alt) };
    return wantsJson(c) ? answer(c, { ...added, alt }) : showPictures(c, archive, desk, { added });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const fault = faultOf(error);
    if (wantsJson(c)) return answer(c, { problem: fault.words, field: fault.path ?? 'picture' }, 422);
    return showPictures(c, archive, desk, { form, fault });
  }
};

/** The picture of the form, with nothing in it but the picture. @throws Invalid, naming the field */
async function sentPicture(c: Context, alt: string) {
  const file = await sentFile(c, 'picture');
  if (file === undefined) throw new Invalid('web/studio: choose a picture', { path: 'picture' });
  if (file.bytes.length > mostPictureBytes)
    throw new Invalid('web/studio: this picture has more than 10 MB; make it smaller', { path: 'picture' });
  const picture = cleanPicture(file.bytes);
  if (alt === '' || alt.length > longestAlt)
    throw new Invalid(
      'web/studio: say in a sentence what the picture shows, for those who cannot see it (at most 1,000 characters)',
      { path: 'alt' },
    );
  return picture;
}

function markdownOf({ sha256 }: WorkPicture, alt: string): string {
  return pictureMarkdown(`resource:${sha256}`, escapeHtml(alt));
}

function wantsJson(c: Context): boolean {
  return c.req.header('accept')?.includes('application/json') === true;
}

function answer(c: Context, said: object, status: 200 | 422 = 200): Response {
  return c.json(said, status, keepingHeaders('private'));
}

interface Shown {
  readonly added?: WorkPicture & { readonly markdown: string };
  readonly form?: Form;
  readonly fault?: Fault;
  readonly did?: string | undefined;
}

async function showPictures(c: Context, archive: Archive, desk: Desk, shown: Shown): Promise<Response> {
  const pictures = await listPictures(archive.store, desk.work.id);
  return render(c, <PicturesPage {...{ archive, desk, pictures }} {...shown} />, {
    cache: 'private',
    status: shown.fault === undefined ? 200 : 422,
  });
}

const PicturesPage: FC<
  Shown & { readonly archive: Archive; readonly desk: Desk; readonly pictures: readonly WorkPicture[] }
> = ({ archive, desk, pictures, added, form, fault, did }) => {
  const { work } = desk;
  return (
    <StudioFrame archive={archive} title={`Pictures in ${titleOf(work)}`} did={did} fault={fault}>
      <div class="page studio-page">
        <p class="up">
          <a href={work.kind === 'note' ? writtenNotePath(work.id) : studioPath(work.id)}>{titleOf(work)}</a>
        </p>
        <h1>Pictures</h1>
        {added !== undefined && <Added desk={desk} added={added} />}
        <form
          method="post"
          action={studioPath(work.id, '/pictures')}
          enctype="multipart/form-data"
          class="studio-form"
        >
          <p class="field">
            <label for="picture">A picture</label>
            <input
              id="picture"
              name="picture"
              type="file"
              accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
              aria-describedby="picture-hint picture-fault"
            />
            <span class="hint" id="picture-hint">
              PNG, JPEG, GIF, WebP or AVIF, at most 10 MB. Where, when and with what it was taken is taken
              out. Books show all but AVIF, in place of which they have its words.
            </span>
          </p>
          <Reason id="picture-fault" fault={fault?.path === 'alt' ? undefined : fault} />
          <label class="field">
            What it shows, for those who cannot see it{' '}
            <textarea name="alt" rows={2} aria-describedby="alt-fault">
              {form?.get('alt') ?? ''}
            </textarea>
          </label>
          <Reason id="alt-fault" fault={fault?.path === 'alt' ? fault : undefined} />
          <p>
            <button class="button button-main" type="submit">
              Add it
            </button>
          </p>
        </form>
        {pictures.length > 0 && <Kept desk={desk} pictures={pictures} />}
      </div>
    </StudioFrame>
  );
};

const Added: FC<{ readonly desk: Desk; readonly added: NonNullable<Shown['added']> }> = ({ desk, added }) => (
  <section class="card saved picture-added" role="status" aria-labelledby="added">
    <h2 id="added">It is here</h2>
    <Thumbnail desk={desk} picture={added} />
    <label class="field">
      Copy this line into your text, where the picture shall stand{' '}
      <textarea class="writing" rows={3} readonly>
        {`\n${added.markdown}`}
      </textarea>
    </label>
  </section>
);

const Kept: FC<{ readonly desk: Desk; readonly pictures: readonly WorkPicture[] }> = ({ desk, pictures }) => (
  <section aria-labelledby="kept">
    <h2 id="kept">Pictures here</h2>
    <ul class="picture-list">
      {pictures.map((picture, i) => (
        <li>
          <Thumbnail desk={desk} picture={picture} />
          <label class="field">
            Its line{' '}
            <textarea class="writing" rows={2} readonly aria-label={`The line for picture ${i + 1}`}>
              {`\n${markdownOf(picture, wordsIn(desk, picture))}`}
            </textarea>
          </label>
          <details class="action">
            <summary>Take it away</summary>
            <form method="post" action={studioPath(desk.work.id, '/pictures')}>
              <p class="soft">
                It goes for good, from all versions. Where a text shows it, only its words stay.
              </p>
              <button class="button" type="submit" name="remove" value={picture.sha256}>
                Take picture {i + 1} away
              </button>
            </form>
          </details>
        </li>
      ))}
    </ul>
  </section>
);

const Thumbnail: FC<{ readonly desk: Desk; readonly picture: WorkPicture }> = ({ desk, picture }) => (
  <img
    class="thumbnail"
    src={workPath(`${desk.work.id}-${desk.work.secret}`, `/resources/${picture.sha256}`)}
    alt={wordsIn(desk, picture)}
    width={picture.width ?? undefined}
    height={picture.height ?? undefined}
    loading="lazy"
  />
);

/** The words a text has for a picture already; a stand-in until one has. */
function wordsIn({ story }: Desk, { sha256 }: WorkPicture): string {
  for (const { html } of story.passages) {
    const alt = new RegExp(`<img src="resource:${sha256}" alt="([^"]*)"`).exec(html)?.[1];
    if (alt !== undefined && alt !== '')
      return alt.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name] ?? '');
  }
  return 'What it shows';
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
