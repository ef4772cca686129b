import type { Child, FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { SignUpRequest } from '../../model/account.ts';
import { findInvitation, findRequest } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { tooOften } from '../errors.tsx';
import { type Form, readForm } from '../forms.ts';
import { holdForm } from '../held.tsx';
import { limit } from '../serving/limits.ts';
import { invitationPath } from './addresses.ts';
import { doorOf } from './door.ts';
import { AccountFields, Personal, type Problems, Send, show } from './parts.tsx';
import { Agreement, makeAccount } from './sign-up.tsx';

/** `GET /invitations/:code`: an account for whoever was invited; who asked for one learns here what became of it. */
export const invitationPage: Page = (archive) => async (c) => {
  const code = c.req.param('code') ?? '';
  if (await isInvited(archive, code)) return show(c, <InvitationPage archive={archive} code={code} />);
  const request = await findRequest(archive.store, code);
  if (request !== undefined) return show(c, <RequestPage archive={archive} request={request} />);
  return show(c, <NoInvitation archive={archive} />, { '': 'unknown' });
};

/** `POST /invitations/:code`: makes the account; the invitation is used up by it. */
export const invitationForm: Page = (archive) => {
  const often = limit(20, 3600);
  const door = doorOf(archive);
  return async (c) => {
    const code = c.req.param('code') ?? '';
    const form = await readForm(c);
    if (!often.take(door.address(c))) return holdForm(c, archive, tooOften);
    if (!(await isInvited(archive, code))) throw new NotFound('web/people: no such invitation');
    const refuse = (problems: Problems) =>
      show(c, <InvitationPage {...{ archive, code, form, problems }} />, problems);
    return makeAccount(c, archive, form, refuse, code);
  };
};

async function isInvited(archive: Archive, code: string): Promise<boolean> {
  return (await findInvitation(archive.store, code)) !== undefined;
}

interface InvitationProps {
  readonly archive: Archive;
  readonly code: string;
  readonly form?: Form;
  readonly problems?: Problems;
}

const InvitationPage: FC<InvitationProps> = ({ archive, code, form, problems }) => (
  <Personal archive={archive} title={`You are invited to ${archive.name}`} problems={problems}>
    <p>Make your account here. The invitation works once.</p>
    <form method="post" action={invitationPath(code)} class="form">
      <AccountFields form={form} problems={problems} drawn />
      <Agreement form={form} problems={problems} />
      <Send>Make the account</Send>
    </form>
  </Personal>
);

const answers: Readonly<Record<SignUpRequest['answer'], Child>> = {
  waiting: (
    <>
      <p>Your request has arrived, and nobody has answered it yet.</p>
      <p>
        <strong>Keep the address of this page.</strong> It is the only way to the answer: come back in a few
        days.
      </p>
    </>
  ),
  granted: <p>Your request was granted, and an account was made with it. Sign in with its name.</p>,
  refused: <p>Your request was not granted. Everything public can still be read without an account.</p>,
};

const RequestPage: FC<{ readonly archive: Archive; readonly request: SignUpRequest }> = ({
  archive,
  request,
}) => (
  <Personal archive={archive} title="Your request">
    {answers[request.answer]}
    <dl class="source-facts">
      <dt>Name</dt>
      <dd>{request.name}</dd>
      <dt>Your words</dt>
      <dd>{request.words}</dd>
    </dl>
  </Personal>
);

const NoInvitation: FC<{ readonly archive: Archive }> = ({ archive }) => (
  <Personal archive={archive} title="This invitation does not open">
    <p>
      It was used before, is too old, or a letter was lost on the way. Ask for another, or look at the code
      again.
    </p>
    <p>
      <a class="button" href="/sign-up">
        Type it again
      </a>
    </p>
  </Personal>
);
