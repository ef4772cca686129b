import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { count } from '../../phrases.ts';
import { isLastHost } from '../../store/accounts.ts';
import { deleteAccount, newClaimCode } from '../../store/leaving.ts';
import { accountOf, forgetSession } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { checkAgain } from '../people/again.ts';
import { forgetPacking } from '../people/packing.ts';
import { attempt, Personal, type Problems, Send, show } from '../people/parts.tsx';
import { PassPhraseAgain } from './again.tsx';
import { type Belongings, belongingsOf, Fates, fatesIn, WhatIsSaid, whatIsSaid } from './belongings.tsx';
import { ClaimCode } from './claim.tsx';

/** `GET /account/delete`: what deleting an account means. */
export const leaveAccountPage: Page = (archive) => (c) => showAccount(c, archive, {});

/** `POST /account/delete`: deletes it, ends every session, and shows the code of the works that stay. */
export const leaveAccountForm: Page = (archive) => async (c) => {
  const { store } = archive;
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const mine = await belongingsOf(store, actor.pseuds);
  const fates = fatesIn(form, mine);
  const refuse = (problems: Problems) => showAccount(c, archive, { form, problems });
  if (fates === undefined) return refuse({ fates: 'Say of each work what shall become of it.' });
  const problems = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (problems !== undefined) return refuse(problems);

  const deleted = [...fates].flatMap(([work, fate]) => (fate === 'delete' ? [work.id] : []));
  const claimCode = newClaimCode();
  const farewell = { deleted, comments: whatIsSaid(form), claimCode };
  let orphans = 0;
  const failed = await attempt(async () => {
    orphans = await deleteAccount(store, actor.id, farewell);
  });
  if (failed !== undefined) return refuse(failed);
  forgetPacking(store, actor.id);
  forgetSession(c, archive);
  return show(
    c,
    <Personal archive={archive} title="Your account is deleted">
      <p>You are signed out everywhere, and nothing here says any more that you had an account.</p>
      {orphans > 0 && (
        <>
          <p>{count(orphans, 'work stays', 'works stay')} without a name.</p>
          <ClaimCode code={claimCode} works={orphans} />
        </>
      )}
      <p>Thank you for what you wrote and said.</p>
      <p class="alone">
        <a href="/">{archive.name}</a>
      </p>
    </Personal>,
  );
};

interface Shown {
  readonly form?: Form;
  readonly problems?: Problems;
}

async function showAccount(c: Context, archive: Archive, shown: Shown): Promise<Response> {
  const actor = await accountOf(c, archive);
  const mine = await belongingsOf(archive.store, actor.pseuds);
  const isLast = await isLastHost(archive.store, actor.id);
  return show(c, <LeavePage {...{ archive, mine, isLast, ...shown }} />, shown.problems);
}

interface LeaveProps extends Shown {
  readonly archive: Archive;
  readonly mine: Belongings;
  readonly isLast: boolean;
}

const LeavePage: FC<LeaveProps> = ({ archive, mine, isLast, form, problems }) => (
  <Personal archive={archive} title="Delete your account" problems={problems}>
    {isLast ? (
      <p>
        You are the only host: without you nobody could look after {archive.name}.{' '}
        <a href="/manage/people">Make someone else a host</a> before.
      </p>
    ) : (
      <form method="post" action="/account/delete" class="form">
        <div class="card">
          <p>This goes, and nothing brings it back, not even a backup of the archive:</p>
          <ul class="losses">
            <li>all your names, and their pages</li>
            <li>drafts you have not saved as a version, and suggestions you made</li>
            <li>your pass phrase, codes, passkeys and sessions: you are signed out everywhere</li>
            <li>invitations you sent keep working, without saying whose they are</li>
          </ul>
          <p>
            If you want a copy, <a href="/account/data">download your data</a> first.
          </p>
        </div>
        <Fates mine={mine} others={[]} form={form} problems={problems} />
        <WhatIsSaid mine={mine} form={form} />
        <PassPhraseAgain problems={problems} />
        <Send>Delete my account</Send>
      </form>
    )}
    <p class="alone">
      <a href="/account">Stay</a>
    </p>
  </Personal>
);
