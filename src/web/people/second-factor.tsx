import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import {
  confirmTotp,
  dropTotp,
  findAccount,
  makeRecoveryCodes,
  newTotpSecret,
  totpAddress,
} from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { checkAgain } from './again.ts';
import { letInStrong } from './door.ts';
import { Field, goOn, PassPhrase, Personal, type Problems, Send, show, ToAccount } from './parts.tsx';
import { QrCode } from './qr-code.tsx';

/** `GET /account/second-factor`: codes from an app, on or off. */
export const secondFactorPage: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const account = await findAccount(archive.store, actor.id);
  if (account?.factors.totp === true) return showOn(c, archive);
  const isFirst = c.req.query('said') === 'first';
  return showOff(c, archive, { secret: newTotpSecret(), isFirst });
};

/** `POST /account/second-factor`: turns it on with a first code and shows recovery codes, or turns it off. */
export const secondFactorForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const isOff = form.get('off') !== '';
  const secret = /^[A-Z2-7]{32}$/.test(form.get('secret')) ? form.get('secret') : newTotpSecret();
  const refuse = (problems: Problems) =>
    isOff ? showOn(c, archive, problems) : showOff(c, archive, { secret, problems });

  const refused = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (refused !== undefined) return refuse(refused);
  if (isOff) {
    await dropTotp(archive.store, actor.id);
    return goOn(c, '/account?said=off');
  }
  if (!(await confirmTotp(archive.store, actor.id, secret, form.get('code'))))
    return refuse({
      code: 'This is not the code of this secret. If you opened this page anew, let your app read the new picture; if not, look whether the clock of your telephone is right.',
    });

  // She gave both factors just now.
  await letInStrong(c, archive, actor.id);
  const codes = await makeRecoveryCodes(archive.store, actor.id);
  return show(
    c,
    <Codes archive={archive} codes={codes} said="It is on. From now on, signing in asks for a code." />,
  );
};

/** `GET /account/recovery-codes`: what they are, and a button for new ones. */
export const recoveryCodesPage: Page = (archive) => (c) => showRecovery(c, archive);

/** `POST /account/recovery-codes`: shows ten new ones, once; those before are void. */
export const recoveryCodesForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const problems = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (problems !== undefined) return showRecovery(c, archive, problems);
  const codes = await makeRecoveryCodes(archive.store, actor.id);
  return show(
    c,
    <Codes archive={archive} codes={codes} said="Here are new codes. Those from before are void." />,
  );
};

interface Off {
  readonly secret: string;
  readonly isFirst?: boolean;
  readonly problems?: Problems;
}

async function showOff(c: Context, archive: Archive, { secret, isFirst, problems }: Off): Promise<Response> {
  const actor = await accountOf(c, archive);
  const address = totpAddress(secret, archive.name, actor.pseuds[0]?.name ?? '');
  return show(
    c,
    <Personal
      archive={archive}
      title="Codes from an app"
      said={isFirst === true ? 'Your archive is begun, and you are signed in as its host.' : undefined}
      problems={problems}
    >
      <p>
        An app on your telephone shows six digits that change every 30 seconds. With them, nobody comes in who
        only knows your pass phrase. Hosts and moderators need them, or a{' '}
        <a href="/account/passkeys">passkey</a>, before they can do what only they may.
      </p>
      <ol class="steps">
        <li>
          <p>Let your app read this picture, or type the secret into it.</p>
          <QrCode text={address} label="The secret, for an app to read" />
          <p>
            <code class="secret">{grouped(secret)}</code>
          </p>
          <p>
            <a class="button" href={address}>
              Open it in an app on this device
            </a>
          </p>
        </li>
        <li>
          <form method="post" action="/account/second-factor" class="form">
            <input type="hidden" name="secret" value={secret} />
            <Field
              name="code"
              label="Type the code it shows"
              problems={problems}
              autocomplete="one-time-code"
              digits
              max={20}
            />
            <PassPhrase problems={problems} />
            <Send>Turn it on</Send>
          </form>
        </li>
      </ol>
      <p class="alone">
        <a href="/account">{isFirst === true ? 'Later' : 'Your account'}</a>
      </p>
    </Personal>,
    problems,
  );
}

/** In fours, as people read long numbers aloud. */
function grouped(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ');
}

function showOn(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  return show(
    c,
    <Personal archive={archive} title="Codes from an app" problems={problems}>
      <p>They are on: signing in asks for a code.</p>
      <form method="post" action="/account/second-factor" class="form">
        <h2>Turn them off</h2>
        <p>For instance before you take another app. Then only your pass phrase keeps others out.</p>
        <PassPhrase problems={problems} />
        <p class="ways">
          <button class="button" type="submit" name="off" value="yes">
            Turn them off
          </button>
        </p>
      </form>
      <ToAccount />
    </Personal>,
    problems,
  );
}

function showRecovery(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  return show(
    c,
    <Personal archive={archive} title="Recovery codes" problems={problems}>
      <p>
        Ten codes for the day when your pass phrase or your telephone is gone. Each lets you choose a new pass
        phrase, or stands for a code of your app, once. New ones make the old ones void.
      </p>
      <form method="post" action="/account/recovery-codes" class="form">
        <PassPhrase problems={problems} />
        <Send>Show me new codes</Send>
      </form>
      <ToAccount />
    </Personal>,
    problems,
  );
}

const Codes: FC<{ readonly archive: Archive; readonly codes: readonly string[]; readonly said: string }> = (
  props,
) => (
  <Personal archive={props.archive} title="Your recovery codes" said={props.said}>
    <p>
      <strong>Write these down or print them, and keep them where you keep papers.</strong> They are shown
      only now. Each works once.
    </p>
    <ul class="codes">
      {props.codes.map((code) => (
        <li>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <p class="ways">
      <a class="button button-main" href="/account">
        I have kept them
      </a>
    </p>
  </Personal>
);
