import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import { Conflict, Forbidden, Invalid } from '../../../errors.ts';
import type { Role } from '../../../model/work.ts';
import { titleOf } from '../../../phrases.ts';
import { findPseudNamed } from '../../../store/people/pseuds.ts';
import {
  type CreditAsked,
  type CreditLink,
  endReading,
  findHands,
  listCreditLinks,
  listCredits,
  makeCreditLink,
  proposeCredit,
  withdrawCredit,
  withdrawCreditLink,
} from '../../../store/writing.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { invitedPath } from '../../betas/addresses.ts';
import { roleIn, roleNames } from '../../betas/roles.ts';
import { type Form, readForm } from '../../forms.ts';
import { Day } from '../../parts.tsx';
import { leadTo, type Seat, studioPath, takeSeat } from '../desk.ts';
import { type Fault, faultOf, StudioFrame } from '../frame.tsx';
import { AskForm, LinkForm } from './asking.tsx';

/** `GET /studio/:handle/people`: who has a part in a work, who was asked, and the ways to ask. */
export const partsPage: Page = (archive) => async (c) =>
  showParts(c, archive, await sitAsCreator(c, archive), { did: c.req.query('did') });

/** `POST /studio/:handle/people`: asks someone by name, makes a link (shown once), takes either back, ends a reading. */
export const partsForm: Page = (archive) => async (c) => {
  const desk = await sitAsCreator(c, archive);
  const form = await readForm(c);
  try {
    const made = await act(archive, desk, form);
    if (made !== undefined) return await showParts(c, archive, desk, { made });
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof Conflict)) throw error;
    return showParts(c, archive, desk, { form, fault: faultOf(error) });
  }
  return leadTo(c, studioPath(desk.work.id, '/people'), didOf[form.get('do')] ?? 'settled');
};

const didOf: Readonly<Record<string, string>> = { ask: 'asked', 'end reading': 'ended' };

/** Does what a form says; gives the code of the link it made. */
async function act(archive: Archive, { work, by }: Seat, form: Form): Promise<string | undefined> {
  const { store } = archive;
  const role = roleIn(form.get('role'));
  const person = form.get('person');
  switch (form.get('do')) {
    case 'ask': {
      const asked = await findPseudNamed(store, form.get('name'));
      if (asked === undefined) throw nobody;
      await proposeCredit(store, work.id, { person: asked.id, role: known(role), by: by.id });
      return undefined;
    }
    case 'link': {
      const days = Number(form.get('days'));
      const link = { role: known(role), by: by.id, note: form.get('note'), days };
      return (await makeCreditLink(store, work.id, link)).code;
    }
    case 'take link back':
      await withdrawCreditLink(store, work.id, form.get('link'));
      return undefined;
    case 'ask again':
      await proposeCredit(store, work.id, { person, role: known(role), by: by.id });
      return undefined;
    case 'end reading':
      await endReading(store, work.id, person);
      return undefined;
    case 'take back':
      await withdrawCredit(store, work.id, { person, role: known(role), by: by.id });
      return undefined;
    default:
      throw new Invalid('web/studio: this form does not say what to do; open the page again');
  }
}

const nobody = new Invalid(
  'web/studio: nobody here writes under that name; look at its spelling, or send a link instead',
  { path: 'name' },
);

function known(role: Role | undefined): Role {
  if (role === undefined) throw new Invalid('web/studio: choose what they are asked to be', { path: 'role' });
  return role;
}

/** Who has a part in a work is for those to say who are credited with it. */
async function sitAsCreator(c: Context, archive: Archive): Promise<Seat> {
  const desk = await takeSeat(c, archive);
  const { creators } = await findHands(archive.store, desk.work.id);
  if (!creators.includes(desk.by.id))
    throw new Forbidden('web/studio: nobody here is credited with this work yet; its author can ask others');
  return desk;
}

interface Shown {
  readonly did?: string | undefined;
  readonly form?: Form;
  readonly fault?: Fault;
  /** The code of a link that was just made. */
  readonly made?: string;
}

async function showParts(c: Context, archive: Archive, desk: Seat, shown: Shown): Promise<Response> {
  const credits = await listCredits(archive.store, desk.work.id);
  const links = await listCreditLinks(archive.store, desk.work.id);
  const page = <PartsPage {...{ archive, desk, credits, links, shown }} />;
  return render(c, page, { cache: 'private', status: shown.fault === undefined ? 200 : 422 });
}

interface PartsProps {
  readonly archive: Archive;
  readonly desk: Seat;
  readonly credits: readonly CreditAsked[];
  readonly links: readonly CreditLink[];
  readonly shown: Shown;
}

const PartsPage: FC<PartsProps> = ({ archive, desk, credits, links, shown }) => {
  const { did, fault, made } = shown;
  return (
    <StudioFrame archive={archive} title={`People · ${titleOf(desk.work)}`} did={did} fault={fault}>
      <div class="page studio-page">
        <p class="up">
          <a href={studioPath(desk.work.id)}>{titleOf(desk.work)}</a>
        </p>
        <h1>People</h1>
        <p>Nobody is named, and nobody reads a draft, before she says yes.</p>
        {made !== undefined && (
          <div class="card saved" role="status">
            <p>
              Send this address to whom you invite, and to nobody else. It is shown only now, and works once.
            </p>
            <p>
              <code class="secret">{archive.url + invitedPath(made)}</code>
            </p>
          </div>
        )}
        <section aria-labelledby="parts">
          <h2 id="parts">Who has a part in it</h2>
          <ul class="rows">
            {credits.map((credit) => (
              <PartRow desk={desk} credit={credit} />
            ))}
          </ul>
        </section>
        <AskForm desk={desk} sent={shown.form} fault={fault} />
        <LinkForm desk={desk} sent={shown.form} fault={fault} />
        {links.length > 0 && <Links desk={desk} links={links} />}
      </div>
    </StudioFrame>
  );
};

const PartRow: FC<{ readonly desk: Seat; readonly credit: CreditAsked }> = ({ desk, credit }) => {
  const { person, name, role } = credit;
  return (
    <li>
      <span>
        <strong>{name}</strong> <span class="soft">{standingOf(credit)}</span>
      </span>
      <span class="ways">
        {actsFor(credit).map(([act, label]) => (
          <PartAction desk={desk} act={act} label={`${label}: ${name}`} shown={label}>
            <input type="hidden" name="person" value={person} />
            <input type="hidden" name="role" value={role} />
          </PartAction>
        ))}
      </span>
    </li>
  );
};

const PartAction: FC<{
  readonly desk: Seat;
  readonly act: string;
  readonly label: string;
  readonly shown: string;
  readonly children?: Child;
}> = ({ desk, act, label, shown, children }) => (
  <form method="post" action={studioPath(desk.work.id, '/people')}>
    {children}
    <button class="button button-small" type="submit" name="do" value={act} aria-label={label}>
      {shown}
    </button>
  </form>
);

function standingOf({ role, answer, naming, endedAt }: CreditAsked): Child {
  const as = role === 'author' ? 'author' : roleNames[role];
  if (answer === 'asked') return `asked to be ${roleNames[role]}; no answer yet`;
  if (answer === 'declined') return `${as}: does not want to`;
  if (role !== 'beta') return naming === 'never' ? `${as}; does not want to be named` : as;
  const named =
    naming === 'named'
      ? 'named'
      : naming === 'never'
        ? 'does not want to be named'
        : 'named once you take in something of hers';
  return endedAt === null ? (
    `beta: reads your drafts; ${named}`
  ) : (
    <>
      beta: read your drafts until <Day at={endedAt} />; {named}
    </>
  );
}

function actsFor({ role, answer, endedAt }: CreditAsked): readonly (readonly [act: string, label: string])[] {
  if (answer === 'asked') return [['take back', 'Take the asking back']];
  if (answer === 'declined' || role === 'author') return [];
  if (role !== 'beta') return [['take back', 'Take her name off']];
  return endedAt === null ? [['end reading', 'End her reading']] : [['ask again', 'Ask again']];
}

const Links: FC<{ readonly desk: Seat; readonly links: readonly CreditLink[] }> = ({ desk, links }) => (
  <section class="fields" aria-labelledby="links">
    <h2 id="links">Links that nobody has followed</h2>
    <ul class="rows">
      {links.map(({ id, note, role, until }) => (
        <li>
          <span>
            {note || 'For someone'}{' '}
            <span class="soft">
              to be {roleNames[role]}, until <Day at={until} />
            </span>
          </span>
          <PartAction
            desk={desk}
            act="take link back"
            label={`Take it back: ${note || 'for someone'}`}
            shown="Take it back"
          >
            <input type="hidden" name="link" value={id} />
          </PartAction>
        </li>
      ))}
    </ul>
  </section>
);
