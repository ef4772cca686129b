import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { PasskeyView } from '../../model/account.ts';
import { addPasskey, dropPasskey, listPasskeys } from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { assets } from '../assets.ts';
import { readForm } from '../forms.ts';
import { Day } from '../parts.tsx';
import { checkAgain } from './again.ts';
import { browserName, letInStrong } from './door.ts';
import { attempt, goOn, PassPhrase, Personal, type Problems, show, ToAccount } from './parts.tsx';
import { challengesFor, party, readRegistration, webauthn } from './webauthn.ts';

/** `GET /account/passkeys`: those she has, and a way to add one. */
export const passkeysPage: Page = (archive) => (c) => showPasskeys(c, archive);

/** `POST /account/passkeys`: keeps a new one, or forgets one; both ask for the pass phrase. */
export const passkeysForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const refused = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (refused !== undefined) return showPasskeys(c, archive, refused);

  if (form.get('drop') !== '') {
    await dropPasskey(archive.store, actor.id, form.get('drop'));
    return goOn(c, '/account/passkeys');
  }
  const problems = await keep(c, archive, actor.id, form.get('answer'));
  if (problems !== undefined) return showPasskeys(c, archive, problems);
  // She showed both factors just now.
  await letInStrong(c, archive, actor.id);
  return goOn(c, '/account/passkeys');
};

async function keep(
  c: Context,
  archive: Archive,
  accountId: string,
  answer: string,
): Promise<Problems | undefined> {
  const failed: Problems = { '': 'The passkey could not be added. Try once more, or with another device.' };
  const response = readRegistration(answer);
  if (response === undefined) return failed;
  const checked = await (await webauthn())
    .verifyRegistrationResponse({
      response,
      ...party(archive),
      expectedChallenge: (challenge) => challengesFor(archive).take(challenge),
      requireUserVerification: true,
    })
    .catch(() => undefined);
  if (checked === undefined || !checked.verified) return failed;
  const { id, publicKey, counter } = checked.registrationInfo.credential;
  const label = browserName(c.req.header('user-agent') ?? '');
  return attempt(() =>
    addPasskey(archive.store, accountId, {
      id,
      publicKey,
      counter,
      label,
      transports: response.response.transports,
    }),
  );
}

async function showPasskeys(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  const actor = await accountOf(c, archive);
  const passkeys = await listPasskeys(archive.store, actor.id);
  const options = await (await webauthn()).generateRegistrationOptions({
    rpName: archive.name,
    rpID: party(archive).expectedRPID,
    userName: actor.pseuds[0]?.name ?? archive.name,
    userDisplayName: actor.pseuds[0]?.name ?? '',
    userID: new TextEncoder().encode(actor.id),
    challenge: challengesFor(archive).ask(),
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return show(
    c,
    <Personal archive={archive} title="Passkeys" problems={problems}>
      <p>
        A passkey lives in your telephone, computer or security key. You sign in with your finger, face or
        PIN; nobody can guess it, and it works nowhere but here.
      </p>
      {passkeys.length > 0 && <Passkeys passkeys={passkeys} />}
      <form
        method="post"
        action="/account/passkeys"
        class="form passkey"
        data-passkey-new={JSON.stringify(options)}
        hidden
      >
        <h2>Add this device</h2>
        <input type="hidden" name="answer" value="" />
        <PassPhrase problems={problems} />
        <p class="ways">
          <button class="button button-main" type="submit">
            Add a passkey
          </button>
        </p>
        <p class="passkey-said" role="status" />
      </form>
      <p class="soft passkey-without">
        To add one, your browser needs scripts and passkeys. Without them, an app that shows codes does as
        well: <a href="/account/second-factor">codes from an app</a>.
      </p>
      <script src={assets.passkeys} defer />
      <ToAccount />
    </Personal>,
    problems,
  );
}

const Passkeys: FC<{ readonly passkeys: readonly PasskeyView[] }> = ({ passkeys }) => (
  <ul class="rows">
    {passkeys.map(({ id, label, madeAt, usedAt }) => (
      <li>
        <details>
          <summary>
            {label}, added <Day at={madeAt} />,{' '}
            {usedAt === null ? (
              'never used'
            ) : (
              <>
                last used <Day at={usedAt} />
              </>
            )}
          </summary>
          <form method="post" action="/account/passkeys" class="form">
            <input type="hidden" name="drop" value={id} />
            <label for={`pass-${id}`}>Your pass phrase</label>
            <input
              id={`pass-${id}`}
              name="passPhrase"
              type="password"
              autocomplete="current-password"
              required
            />
            <p class="ways">
              <button class="button" type="submit">
                Forget this passkey
              </button>
            </p>
          </form>
        </details>
      </li>
    ))}
  </ul>
);
