import type { Context } from 'hono';
import { NotFound } from '../../errors.ts';
import { resetPassPhrase } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { letOut } from './door.ts';
import { attempt, Field, goOn, Personal, type Problems, Send, show } from './parts.tsx';
import { postAt } from './post.ts';

/** `GET /reset` and `/reset/:code`: a new pass phrase for whoever has a recovery code, or one from the host. */
export const resetPage: Page = (archive) => (c) => showReset(c, archive, c.req.param('code') ?? '');

/**
 * `POST /reset`: sets it and signs the account out everywhere. A wrong code and one of nobody look the same. Nobody
 * guesses a code of 80 bits, so none is refused because others at the same address guessed.
 */
export const resetForm: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const code = form.get('code');
  try {
    const problems = await attempt(() => resetPassPhrase(archive.store, code, form.get('passPhrase')));
    if (problems !== undefined) return showReset(c, archive, code, problems);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return showReset(c, archive, code, {
      code: 'This code was used before, is too old, or has a letter wrong.',
    });
  }
  await letOut(c, archive);
  return goOn(c, '/sign-in?said=reset');
};

function showReset(c: Context, archive: Archive, code: string, problems?: Problems): Promise<Response> {
  return show(
    c,
    <Personal archive={archive} title="Choose a new pass phrase" problems={problems}>
      <p>
        You need one of your recovery codes. Without any, ask those who run {archive.name}: they can give you
        a code that works for a day.
      </p>
      <form method="post" action="/reset" class="form">
        <Field name="code" label="The code" value={code} problems={problems} max={60} />
        <Field
          name="passPhrase"
          label="A new pass phrase"
          type="password"
          hint="At least 15 characters. You will be signed out everywhere else."
          problems={problems}
          autocomplete="new-password"
          max={1000}
        />
        <Send>Choose it</Send>
      </form>
      {postAt(archive) !== undefined && (
        <p class="alone">
          <a href="/reset/mail">I have no code, but gave a mail address</a>
        </p>
      )}
      <p class="alone">
        <a href="/sign-in">Back to signing in</a>
      </p>
    </Personal>,
    problems,
  );
}
