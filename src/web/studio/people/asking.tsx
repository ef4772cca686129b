import type { FC } from 'hono/jsx';
import { askableRoles, roleMeanings, roleNames } from '../../betas/roles.ts';
import type { Form } from '../../forms.ts';
import { type Seat, studioPath } from '../desk.ts';
import { type Fault, Reason } from '../frame.tsx';

interface AskingProps {
  readonly desk: Seat;
  /** A form that came back, whichever of the page. */
  readonly sent: Form | undefined;
  readonly fault: Fault | undefined;
}

/** Asks someone who has a name here. */
export const AskForm: FC<AskingProps> = ({ desk, sent, fault: why }) => {
  const form = sent?.get('do') === 'ask' ? sent : undefined;
  const fault = form === undefined ? undefined : why;
  return (
    <section class="fields" aria-labelledby="ask">
      <h2 id="ask">Ask someone by name</h2>
      <form method="post" action={studioPath(desk.work.id, '/people')} class="studio-form">
        <div class="field-row">
          <label class="field">
            The name she writes under here
            <input
              name="name"
              value={form?.get('name')}
              maxlength={100}
              required
              autocomplete="off"
              aria-invalid={fault === undefined ? undefined : 'true'}
              aria-describedby={fault === undefined ? undefined : 'fault-ask'}
            />
          </label>
          <RoleMenu id="ask-role" form={form} />
        </div>
        <Reason id="fault-ask" fault={fault} />
        <p>
          <button class="button button-main" type="submit" name="do" value="ask">
            Ask her
          </button>
        </p>
      </form>
    </section>
  );
};

/** Makes a link for someone who has none, or whose name is not known. */
export const LinkForm: FC<AskingProps> = ({ desk, sent, fault: why }) => {
  const form = sent?.get('do') === 'link' ? sent : undefined;
  return (
    <section class="fields" aria-labelledby="link">
      <h2 id="link">Invite someone by a link</h2>
      <p>For whoever has no name here yet, or whose name you do not know.</p>
      <form method="post" action={studioPath(desk.work.id, '/people')} class="studio-form">
        <div class="field-row">
          <label class="field">
            For whom
            <input name="note" value={form?.get('note')} maxlength={200} autocomplete="off" />
            <span class="hint">A note for yourself.</span>
          </label>
          <RoleMenu id="link-role" form={form} />
          <label class="field">
            It holds for
            <select name="days">
              {[
                ['3', 'three days'],
                ['14', 'two weeks'],
                ['90', 'three months'],
              ].map(([days, words]) => (
                <option value={days} selected={(form?.get('days') ?? '14') === days}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Reason id="fault-link" fault={form === undefined ? undefined : why} />
        <p>
          <button class="button" type="submit" name="do" value="link">
            Make a link
          </button>
        </p>
      </form>
      <details class="action">
        <summary>What each part means</summary>
        <dl class="meanings">
          {askableRoles.map((role) => (
            <>
              <dt>{roleNames[role]}</dt>
              <dd>{roleMeanings[role]}</dd>
            </>
          ))}
        </dl>
      </details>
    </section>
  );
};

const RoleMenu: FC<{ readonly id: string; readonly form: Form | undefined }> = ({ id, form }) => (
  <label class="field" for={id}>
    To be
    <select id={id} name="role">
      {askableRoles.map((role) => (
        <option value={role} selected={form?.get('role') === role}>
          {roleNames[role]}
        </option>
      ))}
    </select>
  </label>
);
