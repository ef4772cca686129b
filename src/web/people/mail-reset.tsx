import type { Context } from 'hono';
import type { Post } from '../../mail.ts';
import { isKnownDevice, makeMailedCode } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { resetPath } from './addresses.ts';
import { deviceOf, doorOf } from './door.ts';
import { Field, Personal, type Problems, Send, show, waitWords } from './parts.tsx';
import { letterOf, postHere } from './post.ts';

/** `GET /reset/mail`: asks who has forgotten her pass phrase. */
export const mailResetPage: Page = (archive) => (c) => {
  postHere(archive);
  return showReset(c, archive);
};

/**
 * `POST /reset/mail`: says the same in the same time whoever asks for whomever; who has an address for it is looked up
 * afterwards, and written to.
 */
export const mailResetForm: Page = (archive) => {
  const door = doorOf(archive);
  return async (c) => {
    const post = postHere(archive);
    const form = await readForm(c);
    const signInName = form.get('signInName');
    const device = deviceOf(c, archive);
    const known = isKnownDevice(archive.store, signInName, device);
    // A browser that signed in before waits for nobody who asks from the same address.
    const place = known ? `device ${device}` : `address ${door.address(c)}`;
    const seconds = door.attempts.begin('reset by mail', `reset by mail ${place}`);
    if (seconds > 0) return showReset(c, archive, { '': waitWords(seconds) });
    setTimeout(() => {
      sendCode(archive, post, signInName, known).catch((error: unknown) =>
        console.error('web/people: a code could not be mailed:', (error as Error).message),
      );
    }, 50);
    return show(
      c,
      <Personal archive={archive} title="Look at your mail">
        <p>
          If there is an account with that name, and it has a mail address for this, a letter is on its way
          there. Its link works for an hour.
        </p>
        <p>
          Nothing came? Any such letter of the last hour works as well, whoever asked for it. Otherwise use a
          recovery code, or ask those who run {archive.name}.
        </p>
        <p class="alone">
          <a href="/reset">I have a code</a>
        </p>
      </Personal>,
    );
  };
};

async function sendCode(archive: Archive, post: Post, signInName: string, known: boolean): Promise<void> {
  const made = await makeMailedCode(archive.store, signInName, { known });
  if (made === undefined) return;
  post.send({
    to: made.address,
    subject: `A new pass phrase at ${archive.name}`,
    text: letterOf([
      `Someone asked for a new pass phrase for your account at ${archive.name}.`,
      `If it was you, choose one within an hour:\n${archive.url}${resetPath(made.code)}`,
      'If you have a second factor, it is asked for all the same when you sign in.',
      'If it was not you, do nothing: nothing has changed.',
    ]),
  });
}

function showReset(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  return show(
    c,
    <Personal archive={archive} title="A new pass phrase by mail" problems={problems}>
      <p>If you gave a mail address for this, a link can be sent there.</p>
      <form method="post" action="/reset/mail" class="form">
        <Field
          name="signInName"
          label="The name you sign in with"
          problems={problems}
          autocomplete="username"
          max={100}
        />
        <Send>Send it</Send>
      </form>
      <p class="alone">
        <a href="/reset">I have a code</a>
      </p>
    </Personal>,
    problems,
  );
}
