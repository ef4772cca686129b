import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { findPasskey, notePasskeyUse } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { assets } from '../assets.ts';
import { ownPath, readForm } from '../forms.ts';
import { doorOf, forgetSecondStep, letIn } from './door.ts';
import { goOn, Personal, type Problems, show, waitWords } from './parts.tsx';
import { challengesFor, party, readProof, webauthn } from './webauthn.ts';

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
  const response = readProof(answer);
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
