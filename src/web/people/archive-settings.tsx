import type { Context } from 'hono';
import type { ArchiveSettings } from '../../model/settings.ts';
import { readSettings, saveSettings } from '../../store/accounts.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { Layout } from '../layout.tsx';
import { inserted } from '../parts.tsx';
import { typedText } from '../studio/writing/text.ts';
import { AnswerFields, readAnswers } from './first-start.tsx';
import { goOn, Personal, type Problems, Send, show, Tick, ToAccount } from './parts.tsx';

/** `GET /manage/archive`: what the host said of the archive. */
export const archiveSettingsPage: Page = (archive) => async (c) =>
  showSettings(c, archive, await readSettings(archive.store));

/** `POST /manage/archive`: changes it; every page follows. */
export const archiveSettingsForm: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const answers = readAnswers(form);
  const settings = await readSettings(archive.store);
  if (answers.name === '')
    return showSettings(c, archive, settings, form, { name: 'An archive needs a name.' });
  await saveSettings(archive.store, {
    ...answers,
    guestComments: form.get('guestComments') !== '',
    secondFactor: form.get('secondFactor') !== '',
    countReadings: form.get('countReadings') !== '',
  });
  return goOn(c, '/manage/archive?said=kept');
};

function showSettings(
  c: Context,
  archive: Archive,
  settings: ArchiveSettings,
  form?: Form,
  problems?: Problems,
): Promise<Response> {
  const answers = {
    name: form?.get('name') ?? settings.name,
    signUp: form?.get('signUp') ?? settings.signUp,
    rules: form?.get('rules') ?? typedText(settings.rules),
    contact: form?.get('contact') ?? settings.contact,
  };
  const ticked = (name: 'guestComments' | 'secondFactor' | 'countReadings'): boolean =>
    form === undefined ? settings[name] : form.get(name) !== '';
  const said = c.req.query('said') === 'kept' ? 'Kept. It holds from now on.' : undefined;
  return show(
    c,
    <Personal archive={archive} title="The archive" said={said} problems={problems}>
      <form method="post" action="/manage/archive" class="form">
        <AnswerFields answers={answers} problems={problems} />
        <Tick name="guestComments" checked={ticked('guestComments')}>
          People without an account may comment where an author lets them.
        </Tick>
        <Tick name="secondFactor" checked={ticked('secondFactor')}>
          Moderators and hosts need a second factor (codes from an app, or a passkey) before they can act as
          such.
        </Tick>
        <Tick name="countReadings" checked={ticked('countReadings')}>
          Readings are counted for their authors, without keeping who read.{' '}
          <a href="/settings#counting">What is counted</a>
        </Tick>
        <Send>Keep this</Send>
      </form>
      <ToAccount />
    </Personal>,
    problems,
  );
}

/** `GET /rules`: the house rules, and how to reach the host. */
export const rulesPage: Page = (archive) => async (c) => {
  const { rules, contact } = await readSettings(archive.store);
  return render(
    c,
    <Layout archive={archive} title="House rules" path="/rules">
      <article class="page rules">
        <h1>House rules</h1>
        <div class="text">{inserted(rules, '')}</div>
        {contact !== '' && <p>Those who run this archive: {contact}</p>}
      </article>
    </Layout>,
    { cache: 'public' },
  );
};
