import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { AccountView } from '../../model/account.ts';
import { checkTotp, findAccount, useRecoveryCode } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { ownPath, readForm } from '../forms.ts';
import { doorOf, forgetSecondStep, letIn, secondStepOf } from './door.ts';
import { attempt, Field, goOn, Personal, type Problems, Send, show, waitWords } from './parts.tsx';
import { PasskeyForm } from './passkey-sign-in.tsx';

/** `GET /sign-in/second?back=`: asks for the second factor of whoever gave the right pass phrase. */
export const secondStepPage: Page = (archive) => async (c) => {
  const account = (await awaited(c, archive))?.account;
  if (account === undefined) return goOn(c, '/sign-in');
  return show(
    c,
    <SecondStep archive={archive} account={account} back={ownPath(c.req.query('back') ?? '')} />,
  );
};

/** `POST /sign-in/second`: takes a code of her app or one of her recovery codes. */
export const secondStepForm: Page = (archive) => {
  const door = doorOf(archive);
  return async (c) => {
    const form = await readForm(c);
    const back = ownPath(form.get('back'));
    const step = await awaited(c, archive);
    if (step === undefined) return goOn(c, '/sign-in');
    const { account, mark } = step;
    const refuse = (words: string) => {
      const problems: Problems = { code: words };
      return show(c, <SecondStep {...{ archive, account, back, problems }} />, problems);
    };
    const code = form.get('code');
    // Nobody guesses a recovery code: it opens even while someone else guesses at those of the app.
    if (!(await useRecoveryCode(archive.store, account.id, code))) {
      // No stranger is here without the pass phrase, and a million codes are soon tried from a thousand addresses: what
      // is counted as a place is the account.
      const [who, place] = [`from ${door.address(c)}`, `second ${account.id}`];
      const seconds = door.attempts.begin(who, place);
      if (seconds > 0) return refuse(waitWords(seconds, 'Too many codes were tried for this account.'));
      if (!(await checkTotp(archive.store, account.id, code)))
        return refuse('This code is not right, or was used before. An app shows a new one every 30 seconds.');
      door.attempts.forgive(who, place);
    }
    forgetSecondStep(c, archive);
    const problems = await attempt(() => letIn(c, archive, account.id, { strong: true, mark }));
    return goOn(c, problems === undefined ? (back ?? '/account') : '/sign-in');
  };
};

async function awaited(
  c: Context,
  archive: Archive,
): Promise<{ readonly account: AccountView; readonly mark: string } | undefined> {
  const step = await secondStepOf(c, archive);
  const account = step === undefined ? undefined : await findAccount(archive.store, step.accountId);
  return step === undefined || account === undefined ? undefined : { account, mark: step.mark };
}

interface SecondStepProps {
  readonly archive: Archive;
  readonly account: AccountView;
  readonly back: string | null;
  readonly problems?: Problems;
}

const SecondStep: FC<SecondStepProps> = ({ archive, account, back, problems }) => (
  <Personal archive={archive} title="One more thing" problems={problems}>
    <p>The pass phrase was right. Now show that it is you.</p>
    <form method="post" action="/sign-in/second" class="form">
      {back !== null && <input type="hidden" name="back" value={back} />}
      <Field
        name="code"
        label={account.factors.totp ? 'The code your app shows' : 'A recovery code'}
        hint={
          account.factors.totp
            ? 'Six digits. A recovery code does as well; each works once.'
            : 'Each works once.'
        }
        problems={problems}
        autocomplete="one-time-code"
        max={60}
      />
      <Send>Go on</Send>
    </form>
    {account.factors.passkeys > 0 && <PasskeyForm archive={archive} back={back} />}
    <p class="soft">
      Lost both? Those who run this archive can let you in again. Begin <a href="/sign-in">once more</a>.
    </p>
  </Personal>
);
