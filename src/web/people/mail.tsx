import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { MailView } from '../../model/account.ts';
import { confirmMail, dropMail, findMail, giveMail, useMail } from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { saidOn } from '../said.ts';
import { limit } from '../serving/limits.ts';
import { mailPath } from './addresses.ts';
import { checkAgain } from './again.ts';
import {
  attempt,
  Field,
  goOn,
  PassPhrase,
  Personal,
  type Problems,
  Send,
  show,
  Tick,
  ToAccount,
} from './parts.tsx';
import { letterOf, postHere } from './post.ts';

/** `GET /account/mail`: her address and what it is used for. */
export const mailPage: Page = (archive) => (c) => showMail(c, archive);

/** `POST /account/mail`: gives one, says what it is for, or takes it away. */
export const mailForm: Page = (archive) => {
  const often = limit(5, 3600);
  return async (c) => {
    const post = postHere(archive);
    const { store } = archive;
    const { id } = await accountOf(c, archive);
    const form = await readForm(c);
    if (form.get('do') === 'uses') {
      await useMail(store, id, { forReset: form.get('forReset') !== '' });
      return goOn(c, '/account/mail?said=kept');
    }
    const refused = await checkAgain(c, archive, id, form.get('passPhrase'));
    if (refused !== undefined) return showMail(c, archive, refused, form.get('address'));
    if (form.get('do') === 'drop') {
      await dropMail(store, id);
      return goOn(c, '/account/mail?said=dropped');
    }
    if (!often.take(id))
      return showMail(c, archive, { address: 'That was often. Wait an hour.' }, form.get('address'));
    let code = '';
    const problems = await attempt(async () => {
      code = await giveMail(store, id, form.get('address'));
    });
    if (problems !== undefined) return showMail(c, archive, problems, form.get('address'));
    post.send({
      to: form.get('address').trim(),
      subject: `Confirm your address at ${archive.name}`,
      text: letterOf([
        `Someone with an account at ${archive.name} gave this address as hers.`,
        `If it was you, open this within a day:\n${archive.url}${mailPath(code)}`,
        'If it was not, do nothing: the address is used for nothing.',
      ]),
    });
    return goOn(c, '/account/mail?said=sent');
  };
};

/** `GET /mail/:code`: asks before it confirms, since programs that look at mail follow links. */
export const confirmPage: Page = (archive) => async (c) => {
  postHere(archive);
  return showConfirm(c, archive, c.req.param('code') ?? '');
};

/** `POST /mail/:code`: the address is hers. Nobody guesses a code of 80 bits: nobody is made to wait for others' guesses. */
export const confirmForm: Page = (archive) => async (c) => {
  postHere(archive);
  const code = c.req.param('code') ?? '';
  try {
    await confirmMail(archive.store, code);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return showConfirm(c, archive, code, {
      '': 'This link was used before, is too old, or was cut short.',
    });
  }
  return show(
    c,
    <Personal archive={archive} title="Your address is confirmed">
      <p>It is used for what you ticked at your account, and for nothing else.</p>
      <p class="alone">
        <a href="/account/mail">Your mail address</a>
      </p>
    </Personal>,
  );
};

const sayings: Readonly<Record<string, string>> = {
  sent: 'A letter is on its way. Open the link in it within a day.',
  kept: 'Kept.',
  dropped: 'Your address is forgotten here.',
};

async function showMail(
  c: Context,
  archive: Archive,
  problems?: Problems,
  typed?: string,
): Promise<Response> {
  postHere(archive);
  const { id } = await accountOf(c, archive);
  const mail = await findMail(archive.store, id);
  const said = saidOn(c, sayings);
  return show(c, <MailPage {...{ archive, mail, said, problems, typed }} />, problems);
}

interface MailProps {
  readonly archive: Archive;
  readonly mail: MailView | undefined;
  readonly said: string | undefined;
  readonly problems: Problems | undefined;
  readonly typed: string | undefined;
}

const MailPage: FC<MailProps> = ({ archive, mail, said, problems, typed }) => (
  <Personal archive={archive} title="Your mail address" said={said} problems={problems}>
    <p>
      You need none. If you give one, it is shown to nobody, kept encrypted, and used only for what you tick
      here. It proves nothing about who you are: nobody gets a story or a name by having your address.
    </p>
    {mail !== undefined && <Given mail={mail} />}
    <form method="post" action="/account/mail" class="form">
      <Field
        name="address"
        label={mail === undefined ? 'Your address' : 'Another address'}
        value={typed}
        problems={problems}
        autocomplete="email"
        max={254}
        optional
      />
      <PassPhrase problems={problems} />
      <p class="ways">
        <button class="button button-main" type="submit" name="do" value="give">
          Send a letter there to confirm it
        </button>
        {mail !== undefined && (
          <button class="button" type="submit" name="do" value="drop">
            Forget my address
          </button>
        )}
      </p>
    </form>
    <ToAccount />
  </Personal>
);

const Given: FC<{ readonly mail: MailView }> = ({ mail }) => (
  <form method="post" action="/account/mail" class="form">
    <p>
      <strong>{mail.address}</strong>
      {mail.confirmedAt === null &&
        ', not confirmed yet: it is used for nothing until you open the link in the letter.'}
    </p>
    <Tick name="forReset" checked={mail.forReset}>
      Send me a link there when someone asks for a new pass phrase for my account. Whoever reads that mailbox
      could choose one; a second factor would still keep her out.
    </Tick>
    <p class="ways">
      <button class="button" type="submit" name="do" value="uses">
        Keep this
      </button>
    </p>
  </form>
);

function showConfirm(c: Context, archive: Archive, code: string, problems?: Problems): Promise<Response> {
  return show(
    c,
    <Personal archive={archive} title="Is this your address?" problems={problems}>
      <p>If you gave it at {archive.name}, say so.</p>
      <form method="post" action={mailPath(encodeURIComponent(code))} class="form">
        <Send>Yes, it is mine</Send>
      </form>
    </Personal>,
    problems,
  );
}
