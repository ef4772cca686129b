import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, NotFound } from '../../errors.ts';
import type { AccountActor, Pseud } from '../../model/person.ts';
import { count } from '../../phrases.ts';
import { deletePseud, moveWork, newClaimCode, orphanWork } from '../../store/leaving.ts';
import { removeWork } from '../../store/works.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { checkAgain } from '../people/again.ts';
import { attempt, goOn, Personal, type Problems, Send, show, ToAccount } from '../people/parts.tsx';
import { PassPhraseAgain } from './again.tsx';
import { type Belongings, belongingsOf, Fates, fatesIn, WhatIsSaid, whatIsSaid } from './belongings.tsx';
import { ClaimCode } from './claim.tsx';

/** `GET /account/pseuds/:id/delete`: what deleting a name means, and what becomes of what stands under it. */
export const leavePseudPage: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  return showPseud(c, archive, actor, nameOf(actor, c), {});
};

/** `POST /account/pseuds/:id/delete`: each work as chosen, then the name. */
export const leavePseudForm: Page = (archive) => async (c) => {
  const { store } = archive;
  const actor = await accountOf(c, archive);
  const pseud = nameOf(actor, c);
  const form = await readForm(c);
  const mine = await belongingsOf(store, [pseud]);
  const fates = fatesIn(form, mine);
  const refuse = (problems: Problems) => showPseud(c, archive, actor, pseud, { form, problems });
  if (fates === undefined) return refuse({ fates: 'Say of each work what shall become of it.' });
  const problems = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
  if (problems !== undefined) return refuse(problems);

  const code = newClaimCode();
  let orphans = 0;
  const failed = await attempt(async () => {
    if (actor.pseuds.length === 1)
      throw new Conflict('store: this is your only name here; add another before, or delete the account');
    for (const [work, fate] of fates) {
      const other = actor.pseuds.find((p) => p.id === fate && p.id !== pseud.id);
      if (fate === 'delete')
        await removeWork(store, work.id, { by: 'its author', why: 'deleted by its author', forbid: false });
      else if (other !== undefined) await moveWork(store, work.id, pseud, other);
      else {
        await orphanWork(store, work.id, [pseud.id], code);
        orphans += work.isAlone ? 1 : 0;
      }
    }
    await deletePseud(store, actor.id, pseud.id, whatIsSaid(form));
  });
  if (orphans === 0)
    return failed === undefined ? goOn(c, '/account?said=name-deleted#names') : refuse(failed);
  // Also where it came to a stop between: the code of the works whose name is off by then is never shown again.
  const title =
    failed === undefined ? `${pseud.name} is no name here any more` : `${pseud.name} is still your name`;
  return show(
    c,
    <Personal archive={archive} title={title} problems={failed}>
      <p>{count(orphans, 'work stays', 'works stay')} without a name.</p>
      <ClaimCode code={code} works={orphans} />
      <ToAccount />
    </Personal>,
    failed,
  );
};

/** @throws NotFound for a name that is not hers */
function nameOf(actor: AccountActor, c: Context): Pseud {
  const pseud = actor.pseuds.find((p) => p.id === c.req.param('id'));
  if (pseud === undefined) throw new NotFound('web/leaving: this is not one of your names');
  return pseud;
}

interface Shown {
  readonly form?: Form;
  readonly problems?: Problems;
}

async function showPseud(
  c: Context,
  archive: Archive,
  actor: AccountActor,
  pseud: Pseud,
  shown: Shown,
): Promise<Response> {
  const mine = await belongingsOf(archive.store, [pseud]);
  const others = actor.pseuds.filter((p) => p.id !== pseud.id);
  return show(c, <PseudPage {...{ archive, pseud, others, mine, ...shown }} />, shown.problems);
}

interface PseudProps extends Shown {
  readonly archive: Archive;
  readonly pseud: Pseud;
  readonly others: readonly Pseud[];
  readonly mine: Belongings;
}

const PseudPage: FC<PseudProps> = ({ archive, pseud, others, mine, form, problems }) => (
  <Personal archive={archive} title={`Delete the name ${pseud.name}`} problems={problems}>
    {others.length === 0 ? (
      <p>
        It is your only name here. <a href="/account#names">Add another</a> before, or{' '}
        <a href="/account/delete">delete your account</a>.
      </p>
    ) : (
      <form method="post" action={`/account/pseuds/${pseud.id}/delete`} class="form">
        <p>
          The name goes everywhere: its page, its credits in the works of others, what it suggested. Someone
          else may take it afterwards. Nothing brings it back, not even a backup of the archive.
        </p>
        <Fates mine={mine} others={others} form={form} problems={problems} />
        <WhatIsSaid mine={mine} form={form} />
        <PassPhraseAgain problems={problems} />
        <Send>Delete the name</Send>
      </form>
    )}
    <p class="alone">
      <a href="/account">Keep it</a>
    </p>
  </Personal>
);
