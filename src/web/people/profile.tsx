import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Invalid, NotFound } from '../../errors.ts';
import type { Pseud } from '../../model/person.ts';
import { longestOf, type Profile, type ProfileLink } from '../../model/profile.ts';
import { type CleanPicture, cleanPicture } from '../../pictures.ts';
import { readProfile, saveProfile } from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm, sentFile } from '../forms.ts';
import { iconPath } from '../journals/icon.ts';
import { Remembered } from '../remembered.tsx';
import { readyTexts, typedText, writtenNote } from '../studio/writing/text.ts';
import { attempt, Field, goOn, Personal, type Problems, Send, show, Tick } from './parts.tsx';

/** An icon is small: more than 2 MB nobody sends on purpose. */
const mostIconBytes = 2 * 1024 * 1024;

/** `GET /account/pseuds/:id`: what one of her names says of itself. */
export const profilePage: Page = (archive) => async (c) => {
  const { pseud, profile } = await own(c, archive);
  return showProfile(c, archive, pseud, profile, typedProfile(profile));
};

/** `POST /account/pseuds/:id` */
export const profileForm: Page = (archive) => async (c) => {
  const { pseud, profile, accountId } = await own(c, archive);
  const form = await readForm(c);
  const typed = sentProfile(form);
  const problems = await attempt(async () => {
    const icon = form.get('without') === 'yes' ? null : await sentIcon(c);
    await readyTexts([typed.bio], [], accountId);
    const said = {
      bio: writtenNote(typed.bio, profile.bio),
      pronouns: typed.pronouns,
      links: typed.links.filter(({ label, url }) => label !== '' || url !== ''),
    };
    await saveProfile(archive.store, accountId, pseud.id, said, icon);
  });
  if (problems !== undefined) return showProfile(c, archive, pseud, profile, typed, problems);
  return goOn(c, `/account/pseuds/${pseud.id}?said=kept`);
};

/** One of the names of whoever asks. @throws NotFound for any other: whose it is, is not said */
async function own(
  c: Context,
  archive: Archive,
): Promise<{ readonly pseud: Pseud; readonly profile: Profile; readonly accountId: string }> {
  const actor = await accountOf(c, archive);
  const pseud = actor.pseuds.find(({ id }) => id === c.req.param('id'));
  if (pseud === undefined) throw new NotFound('web/people: you have no such name');
  return { pseud, profile: await readProfile(archive.store, pseud.id), accountId: actor.id };
}

interface TypedProfile {
  /** Markdown. */
  readonly bio: string;
  readonly pronouns: string;
  readonly links: readonly ProfileLink[];
}

function typedProfile({ bio, pronouns, links }: Profile): TypedProfile {
  return { bio: bio === null ? '' : typedText(bio), pronouns, links };
}

function sentProfile(form: Form): TypedProfile {
  const urls = form.all('url');
  const links = form.all('label').map((label, i) => ({ label: label.trim(), url: (urls[i] ?? '').trim() }));
  return { bio: form.get('bio'), pronouns: form.get('pronouns').replace(/\s+/g, ' ').trim(), links };
}

/** The picture of the form; undefined where none was chosen. @throws Invalid for what is no picture, or too large */
async function sentIcon(c: Context): Promise<CleanPicture | undefined> {
  const file = await sentFile(c, 'picture');
  if (file === undefined) return undefined;
  if (file.bytes.length > mostIconBytes)
    throw new Invalid('web/people: this picture has more than 2 MB; a small one is enough here', {
      path: 'picture',
    });
  return cleanPicture(file.bytes);
}

async function showProfile(
  c: Context,
  archive: Archive,
  pseud: Pseud,
  profile: Profile,
  typed: TypedProfile,
  problems?: Problems,
): Promise<Response> {
  const said = c.req.query('said') === 'kept' ? 'Kept. Readers see it on your page now.' : undefined;
  return show(c, <ProfilePage {...{ archive, pseud, profile, typed, said, problems }} />, problems);
}

const ProfilePage: FC<{
  readonly archive: Archive;
  readonly pseud: Pseud;
  readonly profile: Profile;
  readonly typed: TypedProfile;
  readonly said: string | undefined;
  readonly problems: Problems | undefined;
}> = ({ archive, pseud, profile, typed, said, problems }) => (
  <Personal archive={archive} title={pseud.name} said={said} problems={problems}>
    <p class="crumb">
      <a href="/account#names">Your account</a>
    </p>
    <p>
      This is what readers see on <a href={`/people/${pseud.id}`}>the page of {pseud.name}</a>. It belongs to
      this name alone: nothing leads from it to another name of yours, unless you write it down yourself.
    </p>
    <form method="post" action={`/account/pseuds/${pseud.id}`} enctype="multipart/form-data" class="form">
      <Remembered form={`${pseud.id}/profile`} fields={['bio', 'pronouns']} />
      <div class="icon-field">
        <img class="icon" src={`${iconPath(pseud.id)}`} alt="" width="96" height="96" />
        <div class="field">
          <label for="picture">Picture</label>
          <p class="hint" id="picture-hint">
            PNG, JPEG, GIF, WebP or AVIF, at most 2 MB; shown as a square. Where and when it was taken is
            taken out. A picture you use under two names can be recognised.
          </p>
          {problems?.picture !== undefined && (
            <p class="problem" id="picture-problem">
              {problems.picture}
            </p>
          )}
          <input
            id="picture"
            name="picture"
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
            aria-describedby={
              problems?.picture === undefined ? 'picture-hint' : 'picture-hint picture-problem'
            }
          />
        </div>
      </div>
      {profile.hasIcon && <Tick name="without">Take my picture away; my initial stands there again</Tick>}
      <Field
        name="pronouns"
        label="Pronouns"
        value={typed.pronouns}
        problems={problems}
        max={longestOf.pronouns}
        optional
      />
      <Field
        name="bio"
        label="About you"
        hint="An empty line begins a new paragraph. *Stars* make words lean. At most 5,000 characters."
        value={typed.bio}
        problems={problems}
        lines={8}
        optional
      />
      <Links links={typed.links} problem={problems?.links} />
      <Send>Keep it</Send>
    </form>
  </Personal>
);

/** Those there are, and two to be filled in. */
const Links: FC<{ readonly links: readonly ProfileLink[]; readonly problem: string | undefined }> = (
  props,
) => {
  const empty = { label: '', url: '' };
  const rows = [...props.links.filter(({ label, url }) => label + url !== ''), empty, empty];
  return (
    <fieldset class="field link-fields">
      <legend>Links</legend>
      <p class="hint">Up to ten, to pages of yours elsewhere. Empty lines are left out.</p>
      {props.problem !== undefined && <p class="problem">{props.problem}</p>}
      {rows.slice(0, longestOf.links).map(({ label, url }, i) => (
        <div class="link-field">
          <input
            name="label"
            value={label}
            placeholder="What it is"
            aria-label={`Link ${i + 1}: what it is`}
          />
          <input
            name="url"
            value={url}
            placeholder="https://…"
            inputmode="url"
            aria-label={`Link ${i + 1}: address`}
          />
        </div>
      ))}
    </fieldset>
  );
};
