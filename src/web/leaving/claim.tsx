import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { AccountActor } from '../../model/person.ts';
import { count } from '../../phrases.ts';
import { claimOrphans } from '../../store/leaving.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { Field, Options, Personal, type Problems, Send, show } from '../people/parts.tsx';

/** The code of works whose name was taken off, shown once. */
export const ClaimCode: FC<{ readonly code: string; readonly works: number }> = ({ code, works }) => (
  <div class="card">
    <p>
      Should you want {works === 1 ? 'it' : 'them'} back, this code is the only way, for you and for whoever
      has it. It is not shown again.
    </p>
    <p>
      <code class="claim-code">{code}</code>
    </p>
    <p class="soft">
      It is used at <a href="/studio/claim">Claim a work</a>.
    </p>
  </div>
);

/** `GET /studio/claim`: where the code is typed. */
export const claimPage: Page = (archive) => async (c) =>
  showClaim(c, archive, await accountOf(c, archive), {});

/** `POST /studio/claim`: her name comes back on the works the code stands for; 80 bits, which nobody guesses. */
export const claimForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const pseud = actor.pseuds.find((p) => p.id === form.get('as')) ?? actor.pseuds[0];
  if (pseud === undefined)
    return showClaim(c, archive, actor, { form, problems: { as: 'You need a name to write under.' } });
  try {
    const works = await claimOrphans(archive.store, form.get('code'), pseud);
    return showClaim(c, archive, actor, {
      said: `${count(works, 'work is', 'works are')} under ${pseud.name} again.`,
    });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const problems = { code: 'This code was used before, or has a letter wrong.' };
    return showClaim(c, archive, actor, { form, problems });
  }
};

interface Shown {
  readonly form?: Form;
  readonly problems?: Problems;
  readonly said?: string;
}

function showClaim(c: Context, archive: Archive, actor: AccountActor, shown: Shown): Promise<Response> {
  const { form, problems, said } = shown;
  return show(
    c,
    <Personal archive={archive} title="Claim a work" said={said} problems={problems}>
      <p>
        Whoever took her name off a work was shown a code. With it the work can be hers again, under any of
        her names. What her name was before stays off.
      </p>
      <form method="post" action="/studio/claim" class="form">
        <Field name="code" label="The code" value={form?.get('code')} problems={problems} max={60} />
        <Options
          name="as"
          label="Under which of your names?"
          value={form?.get('as') ?? actor.pseuds[0]?.id ?? ''}
          options={Object.fromEntries(actor.pseuds.map((p) => [p.id, p.name]))}
        />
        <Send>Claim it</Send>
      </form>
      <p class="alone">
        <a href="/studio">Your stories</a>
      </p>
    </Personal>,
    problems,
  );
}
