import type { Context } from 'hono';
import { markOf, setPassPhrase } from '../../store/accounts.ts';
import { accountOf, sessionToken } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { checkAgain } from './again.ts';
import { attempt, Field, goOn, Personal, type Problems, Send, show, ToAccount } from './parts.tsx';

/** `GET /account/pass-phrase`. */
export const passPhrasePage: Page = (archive) => (c) => showPassPhrase(c, archive);

/** `POST /account/pass-phrase`: changes it, and signs out every other browser. */
export const passPhraseForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const mark = await markOf(archive.store, actor.id);
  const refused = await checkAgain(c, archive, actor.id, form.get('old'), 'old');
  if (refused !== undefined) return showPassPhrase(c, archive, refused);
  const problems = await attempt(() =>
    setPassPhrase(archive.store, actor.id, form.get('passPhrase'), {
      keepToken: sessionToken(c, archive),
      mark,
    }),
  );
  if (problems !== undefined) return showPassPhrase(c, archive, problems);
  return goOn(c, '/account?said=pass-phrase');
};

function showPassPhrase(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  return show(
    c,
    <Personal archive={archive} title="Change your pass phrase" problems={problems}>
      <form method="post" action="/account/pass-phrase" class="form">
        <Field
          name="old"
          label="The one you have now"
          type="password"
          problems={problems}
          autocomplete="current-password"
          max={1000}
        />
        <Field
          name="passPhrase"
          label="The new one"
          type="password"
          hint="At least 15 characters. Every other browser is signed out."
          problems={problems}
          autocomplete="new-password"
          max={1000}
        />
        <Send>Change it</Send>
      </form>
      <ToAccount />
    </Personal>,
    problems,
  );
}
