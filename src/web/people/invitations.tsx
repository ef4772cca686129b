import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import type { InvitationView, SignUpRequest } from '../../model/account.ts';
import { accountRoles } from '../../model/person.ts';
import {
  answerRequest,
  invite,
  listInvitations,
  listRequests,
  withdrawInvitation,
} from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { Day } from '../parts.tsx';
import { invitationPath } from './addresses.ts';
import { Field, goOn, Personal, Send, show, ToAccount } from './parts.tsx';

/** `GET /manage/invitations`: who was invited, and who asks for an account. */
export const invitationsPage: Page = (archive) => (c) =>
  showInvitations(c, archive, c.req.query('said') === 'done' ? 'Done.' : undefined);

/** `POST /manage/invitations`: invites someone (the address is shown once), withdraws an invitation, answers a request. */
export const invitationsForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const request = form.get('request');
  if (request !== '') {
    const answer = form.get('answer') === 'granted' ? 'granted' : 'refused';
    await answerRequest(archive.store, request, answer, actor.id);
    return goOn(c, '/manage/invitations?said=done');
  }
  if (form.get('withdraw') !== '') {
    await withdrawInvitation(archive.store, form.get('withdraw'));
    return goOn(c, '/manage/invitations?said=done');
  }
  const role = accountRoles.find((known) => known === form.get('role')) ?? 'writer';
  const { code } = await invite(archive.store, { by: actor.id, role, note: form.get('note') });
  return showInvitations(
    c,
    archive,
    <>
      <p>Send this address to whom you invite. It is shown only now, and works once, for 30 days.</p>
      <p>
        <code class="secret">{archive.url + invitationPath(code)}</code>
      </p>
    </>,
  );
};

async function showInvitations(c: Context, archive: Archive, said: Child): Promise<Response> {
  const invitations = await listInvitations(archive.store);
  const requests = await listRequests(archive.store);
  return show(
    c,
    <Personal archive={archive} title="Invitations and requests" said={said}>
      <Requests requests={requests} />
      <section aria-labelledby="invite">
        <h2 id="invite">Invite someone</h2>
        <form method="post" action="/manage/invitations" class="form">
          <Field name="note" label="For whom" hint="A note for yourself." optional max={200} />
          <div class="field">
            <label for="role">As a</label>
            <select id="role" name="role">
              {accountRoles.map((role) => (
                <option value={role} selected={role === 'writer'}>
                  {role}
                </option>
              ))}
            </select>
          </div>
          <Send>Make an invitation</Send>
        </form>
      </section>
      <Invitations invitations={invitations} />
      <ToAccount />
    </Personal>,
  );
}

const Requests: FC<{ readonly requests: readonly SignUpRequest[] }> = ({ requests }) =>
  requests.length === 0 ? null : (
    <section aria-labelledby="requests">
      <h2 id="requests">Who asks for an account</h2>
      <ul class="rows">
        {requests.map(({ id, name, words, madeAt }) => (
          <li>
            <div>
              <strong>{name}</strong>{' '}
              <span class="soft">
                asked <Day at={madeAt} />
              </span>
              <p class="words">{words}</p>
            </div>
            <form method="post" action="/manage/invitations" class="ways">
              <input type="hidden" name="request" value={id} />
              <button
                class="button"
                type="submit"
                name="answer"
                value="granted"
                aria-label={`Let in ${name}`}
              >
                Let in
              </button>
              <button
                class="button"
                type="submit"
                name="answer"
                value="refused"
                aria-label={`Refuse ${name}`}
              >
                Refuse
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );

const Invitations: FC<{ readonly invitations: readonly InvitationView[] }> = ({ invitations }) =>
  invitations.length === 0 ? null : (
    <section aria-labelledby="invited">
      <h2 id="invited">Who was invited</h2>
      <ul class="rows">
        {invitations.map(({ id, note, role, until, usedAt }) => (
          <li>
            <span>
              {note === '' ? 'Someone' : note}
              <span class="soft">
                {' '}
                as a {role},{' '}
                {usedAt === null ? (
                  <>
                    until <Day at={until} />
                  </>
                ) : (
                  <>
                    came <Day at={usedAt} />
                  </>
                )}
              </span>
            </span>
            {usedAt === null && (
              <form method="post" action="/manage/invitations">
                <button
                  class="button"
                  type="submit"
                  name="withdraw"
                  value={id}
                  aria-label={`Withdraw the invitation for ${note === '' ? 'someone' : note}`}
                >
                  Withdraw
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
