import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import type { AccountView } from '../../model/account.ts';
import { accountRoles, type Role } from '../../model/person.ts';
import { listAccounts, makeResetCode, setRole, suspendAccount } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { Day, More } from '../parts.tsx';
import { resetPath } from './addresses.ts';
import { attempt, goOn, Personal, type Problems, show, ToAccount } from './parts.tsx';

/** `GET /manage/people?after=`: every account, with its names and what it may. */
export const managePeoplePage: Page = (archive) => (c) => showPeople(c, archive, {});

/** `POST /manage/people`: gives a role, suspends, lets in again, or makes a code for a new pass phrase. */
export const managePeopleForm: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const id = form.get('account');
  if (form.get('do') === 'reset') {
    const lost = form.get('lost') !== '';
    const code = await makeResetCode(archive.store, id, { secondFactor: lost });
    return showPeople(c, archive, { said: <ResetLink address={archive.url + resetPath(code)} /> });
  }
  const problems = await attempt(async () => {
    if (form.get('do') === 'role') await setRole(archive.store, id, readRole(form.get('role')));
    if (form.get('do') === 'suspend') await suspendAccount(archive.store, id, form.get('why').trim());
    if (form.get('do') === 'restore') await suspendAccount(archive.store, id, null);
  });
  return problems === undefined ? goOn(c, '/manage/people?said=done') : showPeople(c, archive, { problems });
};

function readRole(text: string): Role {
  return accountRoles.find((role) => role === text) ?? 'reader';
}

const ResetLink: FC<{ readonly address: string }> = ({ address }) => (
  <>
    <p>Give her this address. It works once, and for a day; she chooses a new pass phrase there.</p>
    <p>
      <code class="secret">{address}</code>
    </p>
  </>
);

interface Shown {
  readonly said?: Child;
  readonly problems?: Problems;
}

async function showPeople(c: Context, archive: Archive, { said, problems }: Shown): Promise<Response> {
  const { items, next } = await listAccounts(archive.store, { after: c.req.query('after') ?? null });
  const done = c.req.query('said') === 'done' ? 'Done.' : undefined;
  return show(
    c,
    <Personal archive={archive} title="People" said={said ?? done} problems={problems}>
      <p>Only hosts see this page, and with it which names belong together.</p>
      <ul class="people-managed">
        {items.map((account, i) => (
          <Person account={account} at={i} />
        ))}
      </ul>
      <More path="/manage/people" next={next}>
        More people
      </More>
      <ToAccount />
    </Personal>,
    problems,
  );
}

const Person: FC<{ readonly account: AccountView; readonly at: number }> = ({ account, at }) => (
  <li>
    <h2>{account.pseuds.map(({ name }) => name).join(', ')}</h2>
    <p class="facts">
      <span>{account.role}</span>
      <span>
        since <Day at={account.madeAt} />
      </span>
      <span>
        {account.seenOn === null ? (
          'not signed in anywhere'
        ) : (
          <>
            last here <Day at={account.seenOn} />
          </>
        )}
      </span>
      <span>
        {account.factors.totp || account.factors.passkeys > 0 ? 'has a second factor' : 'no second factor'}
      </span>
    </p>
    {account.suspended !== null && (
      <p class="problem">
        Suspended <Day at={account.suspended.at} />
        {account.suspended.why !== '' && <>: {account.suspended.why}</>}
      </p>
    )}
    <details>
      <summary>Change something</summary>
      <form method="post" action="/manage/people" class="line-form">
        <input type="hidden" name="account" value={account.id} />
        <label for={`role-${at}`}>Role</label>
        <select id={`role-${at}`} name="role">
          {accountRoles.map((role) => (
            <option value={role} selected={role === account.role}>
              {role}
            </option>
          ))}
        </select>
        <button class="button" type="submit" name="do" value="role">
          Give this role
        </button>
      </form>
      {account.suspended === null ? (
        <form method="post" action="/manage/people" class="line-form">
          <input type="hidden" name="account" value={account.id} />
          <label for={`why-${at}`}>Why she is suspended (she reads this)</label>
          <input id={`why-${at}`} name="why" maxlength={500} />
          <button class="button" type="submit" name="do" value="suspend">
            Suspend
          </button>
        </form>
      ) : (
        <form method="post" action="/manage/people" class="line-form">
          <input type="hidden" name="account" value={account.id} />
          <button class="button" type="submit" name="do" value="restore">
            End the suspension
          </button>
        </form>
      )}
      <form method="post" action="/manage/people" class="line-form">
        <input type="hidden" name="account" value={account.id} />
        <label class="option">
          <input type="checkbox" name="lost" value="yes" />
          <span>She has lost her second factor too</span>
        </label>
        <button class="button" type="submit" name="do" value="reset">
          Make a code for a new pass phrase
        </button>
      </form>
    </details>
  </li>
);
