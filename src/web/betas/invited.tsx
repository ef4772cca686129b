import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { type Actor, may, type Pseud } from '../../model/person.ts';
import type { Role } from '../../model/work.ts';
import { titleOf } from '../../phrases.ts';
import { readSettings } from '../../store/accounts.ts';
import { pseudNames } from '../../store/people/pseuds.ts';
import { getWork } from '../../store/works.ts';
import { type CreditLink, findCreditLink, takeCreditLink } from '../../store/writing.ts';
import { accountOf, actorOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { tooOften } from '../errors.tsx';
import { type Form, readForm } from '../forms.ts';
import { holdForm } from '../held.tsx';
import { doorOf } from '../people/door.ts';
import { attempt, goOn, Personal, type Problems, show } from '../people/parts.tsx';
import { limit } from '../serving/limits.ts';
import { studioPath } from '../studio/desk.ts';
import { betaPath, invitedPath, roomPath } from './addresses.ts';
import { NamingFields, namingIn } from './naming.tsx';
import { roleMeanings, roleNames } from './roles.ts';

/** `GET /invited/:code`: what a link offers, and the ways to take it; for guests the way in first. */
export const invitedPage: Page = (archive) => async (c) => showInvited(c, archive, {});

/** `POST /invited/:code`: takes the part, or declines it; either uses the link up. */
export const invitedForm: Page = (archive) => {
  const often = limit(60, 3600);
  const door = doorOf(archive);
  return async (c) => {
    if (!often.take(door.address(c))) return holdForm(c, archive, tooOften);
    const actor = await accountOf(c, archive);
    const form = await readForm(c);
    const code = c.req.param('code') ?? '';

    if (form.get('do') === 'decline') {
      await takeCreditLink(archive.store, code, null);
      return goOn(c, `${betaPath}?said=declined`);
    }
    const person = actor.pseuds.find(({ id }) => id === form.get('pseud'))?.id;
    if (person === undefined)
      return showInvited(c, archive, { form, problems: { pseud: 'Choose one of your names.' } });
    let taken: CreditLink | undefined;
    const problems = await attempt(async () => {
      taken = await takeCreditLink(archive.store, code, { person, naming: namingIn(form) });
    });
    if (taken === undefined) return showInvited(c, archive, { form, ...(problems && { problems }) });

    return goOn(c, placeOf(taken.role, taken.workId));
  };
};

/** Where someone goes on who has just taken a part. */
export function placeOf(role: Role, workId: string): string {
  if (role === 'beta') return `${roomPath(workId)}?did=accepted`;
  return role === 'author' ? studioPath(workId) : `${betaPath}?said=accepted`;
}

interface Offer {
  readonly link: CreditLink;
  readonly title: string;
  /** The pseud who invites. */
  readonly by: string;
}

async function findOffer(archive: Archive, code: string): Promise<Offer | undefined> {
  const link = await findCreditLink(archive.store, code);
  if (link === undefined) return undefined;
  const work = await getWork(archive.store, link.workId);
  if (work.stage === 'removed') throw new NotFound('web/betas: this work is gone');
  const names = await pseudNames(archive.store, [link.by]);
  return { link, title: titleOf(work), by: names.get(link.by) ?? 'Someone' };
}

interface Shown {
  readonly form?: Form;
  readonly problems?: Problems;
}

async function showInvited(c: Context, archive: Archive, shown: Shown): Promise<Response> {
  const code = c.req.param('code') ?? '';
  const offer = await findOffer(archive, code);
  if (offer === undefined) return show(c, <NoLink archive={archive} />, { '': 'unknown' });
  const actor = await actorOf(c, archive);
  const { signUp } = await readSettings(archive.store);
  const page = <InvitedPage {...{ archive, code, offer, actor, signUp, ...shown }} />;
  return show(c, page, shown.problems);
}

interface InvitedProps extends Shown {
  readonly archive: Archive;
  readonly code: string;
  readonly offer: Offer;
  readonly actor: Actor;
  readonly signUp: string;
}

const InvitedPage: FC<InvitedProps> = ({ archive, code, offer, actor, signUp, form, problems }) => {
  const { link, title, by } = offer;
  return (
    <Personal archive={archive} title={`${by} invites you`} problems={problems}>
      <p class="lead">
        To be {roleNames[link.role]} of <cite>{title}</cite>.
      </p>
      <p>{roleMeanings[link.role]}</p>
      {actor.kind === 'guest' ? (
        <WayIn archive={archive} code={code} signUp={signUp} />
      ) : may(actor, 'answer an invitation') ? (
        <form method="post" action={invitedPath(code)} class="form">
          <PseudFields pseuds={actor.pseuds} chosen={form?.get('pseud')} problems={problems} by={by} />
          {link.role === 'beta' && <NamingFields chosen={form?.get('naming')} />}
          <p class="ways">
            <button class="button button-main" type="submit" name="do" value="accept">
              Accept
            </button>
            <button class="button" type="submit" name="do" value="decline">
              Decline
            </button>
          </p>
          <p class="soft">
            The link works once. Declining uses it up too, and tells nobody; {by} can make another.
          </p>
        </form>
      ) : (
        <p>Your account is suspended: it can take no part at this time.</p>
      )}
    </Personal>
  );
};

const PseudFields: FC<{
  readonly pseuds: readonly Pseud[];
  readonly chosen: string | undefined;
  readonly problems: Problems | undefined;
  readonly by: string;
}> = ({ pseuds, chosen, problems, by }) => (
  <fieldset class="field options">
    <legend>Under which of your names?</legend>
    <p class="hint" id="pseud-hint">
      {by} sees this name and no other of yours.
    </p>
    {problems?.pseud !== undefined && <p class="problem">{problems.pseud}</p>}
    {pseuds.map(({ id, name }, i) => (
      <label class="option">
        <input
          type="radio"
          name="pseud"
          value={id}
          checked={chosen === undefined ? i === 0 && pseuds.length === 1 : id === chosen}
          aria-describedby="pseud-hint"
          required
        />
        <span>{name}</span>
      </label>
    ))}
  </fieldset>
);

/** For guests: an account first, and back here with it. */
const WayIn: FC<{ readonly archive: Archive; readonly code: string; readonly signUp: string }> = (props) => {
  const { archive, code, signUp } = props;
  const back = encodeURIComponent(invitedPath(code));
  return (
    <>
      <p>For that you need an account here. This link waits for you meanwhile.</p>
      <p class="ways">
        <a class="button button-main" href={`/sign-in?back=${back}`}>
          Sign in
        </a>
        {signUp === 'open' && (
          <a class="button" href={`/sign-up?back=${back}`}>
            Make an account
          </a>
        )}
      </p>
      {signUp !== 'open' && (
        <p>
          No account yet? {archive.name} does not let everyone make one.{' '}
          {signUp === 'nobody' ? (
            <>
              The <a href="/rules">house rules</a> say whom to ask.
            </>
          ) : (
            <>
              <a href="/sign-up">See how to get one</a>, or ask whom the <a href="/rules">house rules</a>{' '}
              name; then follow this link again.
            </>
          )}
        </p>
      )}
    </>
  );
};

const NoLink: FC<{ readonly archive: Archive }> = ({ archive }) => (
  <Personal archive={archive} title="This link does not open">
    <p>
      It was used before, is too old, or was taken back; or a letter of it was lost on the way. Ask whoever
      sent it to you for another.
    </p>
    <p>
      If it was you who used it, you find the draft among <a href={betaPath}>what you read for others</a>.
    </p>
  </Personal>
);
