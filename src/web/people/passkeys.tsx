import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import * as z from 'zod';
import type { PasskeyView } from '../../model/account.ts';
import { addPasskey, dropPasskey, findPasskey, listPasskeys, notePasskeyUse } from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { assets } from '../assets.ts';
import { ownPath, readForm } from '../forms.ts';
import { Day } from '../parts.tsx';
import { checkAgain } from './again.ts';
import { type Challenges, challengesOf } from './challenges.ts';
import { browserName, doorOf, forgetSecondStep, letIn, letInStrong } from './door.ts';
import { attempt, goOn, PassPhrase, Personal, type Problems, show, waitWords } from './parts.tsx';

/** Loaded when someone first uses a passkey: its certificates' formats take 30 MB of memory. */
const webauthn = () => import('@simplewebauthn/server');

/** What a browser's passkey answers with (WebAuthn, 5.1 and 7): checked for its shape here, for its truth by the library. */
const base64url = z.string().regex(/^[\w-]{1,20000}$/);
const shared = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).transform(() => ({})),
};
const proof = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const registration = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(transport).catch([]),
  }),
});

const challenges = new WeakMap<Archive['store'], Challenges>();

function challengesFor(archive: Archive): Challenges {
  const known = challenges.get(archive.store);
  if (known !== undefined) return known;
  const made = challengesOf();
  challenges.set(archive.store, made);
  return made;
}

/** A passkey belongs to a host name, and is only good on pages of this origin (WebAuthn, 5.1.2). */
function party({ url }: Archive): { readonly expectedOrigin: string; readonly expectedRPID: string } {
  return { expectedOrigin: url, expectedRPID: new URL(url).hostname };
}

/** The way in for those who have a passkey; the script shows it where the browser can do it. */
export const PasskeyForm: FC<{ readonly archive: Archive; readonly back: string | null }> = async ({
  archive,
  back,
}) => {
  const options = await (await webauthn()).generateAuthenticationOptions({
    rpID: party(archive).expectedRPID,
    userVerification: 'required',
    challenge: challengesFor(archive).ask(),
  });
  return (
    <form
      method="post"
      action="/sign-in/passkey"
      class="form passkey"
      data-passkey={JSON.stringify(options)}
      hidden
    >
      {back !== null && <input type="hidden" name="back" value={back} />}
      <input type="hidden" name="answer" value="" />
      <p class="ways">
        <button class="button" type="submit">
          Sign in with a passkey
        </button>
      </p>
      <p class="passkey-said" role="status" />
      <script src={assets.passkeys} defer />
    </form>
  );
};

/** `POST /sign-in/passkey`: lets in whoever has the passkey; it is both factors at once. */
export const passkeySignIn: Page = (archive) => {
  const door = doorOf(archive);
  return async (c) => {
    const form = await readForm(c);
    const back = ownPath(form.get('back'));
    const seconds = door.attempts.begin('passkey', `passkey ${door.address(c)}`);
    if (seconds > 0) return showRefused(c, archive, waitWords(seconds));
    const accountId = await verified(archive, form.get('answer'));
    if (accountId === undefined)
      return showRefused(
        c,
        archive,
        'This passkey could not be used here. Try once more, or use your pass phrase.',
      );
    door.attempts.forgive('passkey', `passkey ${door.address(c)}`);
    forgetSecondStep(c, archive);
    await letIn(c, archive, accountId, { strong: true });
    return goOn(c, back ?? '/account');
  };
};

function showRefused(c: Context, archive: Archive, words: string): Promise<Response> {
  const problems: Problems = { '': words };
  return show(
    c,
    <Personal archive={archive} title="Sign in" problems={problems}>
      <p class="ways">
        <a class="button" href="/sign-in">
          Back to signing in
        </a>
      </p>
    </Personal>,
    problems,
  );
}

/** The account whose passkey answered one of our challenges, each of which is good once. */
async function verified(archive: Archive, answer: string): Promise<string | undefined> {
  const response = proof.safeParse(parsed(answer)).data;
  const kept = response === undefined ? undefined : await findPasskey(archive.store, response.id);
  if (response === undefined || kept === undefined) return undefined;
  const { id, publicKey, counter } = kept.credential;
  try {
    const { verified: isRight, authenticationInfo } = await (await webauthn()).verifyAuthenticationResponse({
      response,
      ...party(archive),
      expectedChallenge: (challenge) => challengesFor(archive).take(challenge),
      credential: { id, publicKey: new Uint8Array(publicKey), counter },
      requireUserVerification: true,
    });
    if (!isRight) return undefined;
    await notePasskeyUse(archive.store, id, authenticationInfo.newCounter);
    return kept.accountId;
  } catch {
    // The library throws for every answer that is not right.
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
  const response = registration.safeParse(parsed(answer)).data;
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
      <p class="alone">
        <a href="/account">Your account</a>
      </p>
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
