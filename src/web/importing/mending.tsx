import type { Child, FC } from 'hono/jsx';
import type { Alternative } from '../../model/remark.ts';
import { studioPath } from '../studio/desk.ts';
import { Reason } from '../studio/frame.tsx';
import type { Fact, Mending } from './facts.ts';
import type { Reviewing } from './reviewing.ts';

interface DecidingProps {
  readonly of: Reviewing;
  /** What is done: `decide`, `divide`, `passages`, `comments`. */
  readonly does: string;
  /** The fact, where it is one; a form that came back is known by it. */
  readonly about?: string;
  readonly title: Child;
  readonly button: string;
  readonly isOpen?: boolean;
  /** The decision that may be withdrawn. */
  readonly decided?: boolean;
  readonly children?: Child;
}

/** A way to mend something, folded away until it is wanted, has to be used, or came back. */
export const Deciding: FC<DecidingProps> = (props) => {
  const { of, does, about, title, button, isOpen, decided, children } = props;
  const fault = faultIn(of, does, about);
  return (
    <details class="mend" open={isOpen === true || fault !== undefined}>
      <summary>{title}</summary>
      <form method="post" action={studioPath(of.work.id, '/decisions')}>
        <input type="hidden" name="copy" value={of.source.record.sha256} />
        {about !== undefined && <input type="hidden" name="about" value={about} />}
        <Reason id={`fault-${does}-${about ?? ''}`} fault={fault} />
        {children}
        <p class="ways-row">
          <button class="button button-small" type="submit" name="do" value={does}>
            {button}
          </button>
          {decided === true && about !== undefined && (
            <button class="button button-small" type="submit" name="do" value="withdraw">
              Withdraw what was decided
            </button>
          )}
        </p>
      </form>
    </details>
  );
};

/** Why the form for a fact came back; undefined for any other. */
function faultIn({ sent }: Reviewing, does: string, about: string | undefined) {
  if (sent === undefined || sent.form.get('about') !== (about ?? '')) return undefined;
  const done = sent.form.get('do');
  return done === does || done === 'withdraw' ? sent.fault : undefined;
}

/** The form for one field of the header; what the importer has to say of it may stand in it. */
export const FactForm: FC<{ readonly of: Reviewing; readonly fact: Fact; readonly children?: Child }> = ({
  of,
  fact,
  children,
}) => {
  const { about, label, value, mending, alternatives, surety, decision } = fact;
  const back = of.sent?.form.get('about') === about ? of.sent.form : undefined;
  const isAll = offersAll(mending, alternatives);
  // Of several that may hold together, boxes say all that a list would.
  const offered = isAll && mending.kind === 'some' ? [] : alternatives;
  return (
    <Deciding
      of={of}
      does="decide"
      about={about}
      title={
        <>
          {surety === 'undecided' ? 'decide' : surety === 'missing' ? 'choose' : 'change'}
          <span class="unseen"> {label}</span>
        </>
      }
      button="Decide so"
      isOpen={surety === 'undecided'}
      decided={decision !== undefined}
    >
      {children}
      {offered.length > 0 && <Alternatives label={label} alternatives={offered} value={value} />}
      {(offered.length === 0 || !isAll) && (
        <ValueField
          name={offered.length > 0 ? 'other' : 'value'}
          label={offered.length > 0 ? 'Or say it yourself' : label}
          value={back === undefined ? (offered.length > 0 ? '' : value) : back.all('value').join(', ')}
          mending={mending}
        />
      )}
    </Deciding>
  );
};

/** Whether the importer offers everything that may be said. */
function offersAll(mending: Mending, alternatives: readonly Alternative[]): boolean {
  if (mending.kind !== 'one' && mending.kind !== 'some') return false;
  const offered = new Set(alternatives.map(({ value }) => value));
  return mending.values.every((value) => offered.has(value));
}

/** What the importer offers, one of which may be taken. */
const Alternatives: FC<{
  readonly label: string;
  readonly alternatives: readonly Alternative[];
  readonly value: string;
}> = ({ label, alternatives, value }) => (
  <fieldset class="field options">
    <legend>{label}</legend>
    {alternatives.map((alternative) => (
      <label class="option">
        <input type="radio" name="value" value={alternative.value} checked={alternative.value === value} />
        <span>
          {alternative.label}
          {alternative.label.includes(alternative.value) || <span class="soft"> ({alternative.value})</span>}
        </span>
      </label>
    ))}
  </fieldset>
);

/** A value to be said or chosen. */
const ValueField: FC<{
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly mending: Mending;
}> = ({ name, label, value, mending }) => {
  if (mending.kind === 'one')
    return (
      <label class="field">
        {label}{' '}
        <select name={name}>
          <option value="">not said</option>
          {mending.values.map((one) => (
            <option value={one} selected={one === value}>
              {one}
            </option>
          ))}
        </select>
      </label>
    );
  if (mending.kind === 'some')
    return (
      <fieldset class="field">
        <legend>{label}</legend>
        <div class="boxes">
          {mending.values.map((one) => (
            <label>
              <input type="checkbox" name={name} value={one} checked={value.split(', ').includes(one)} />{' '}
              {one}
            </label>
          ))}
        </div>
      </fieldset>
    );
  if (mending.kind === 'paragraphs')
    return (
      <label class="field">
        {label}{' '}
        <textarea name={name} rows={4}>
          {value}
        </textarea>
      </label>
    );
  return (
    <label class="field">
      {label} <input name={name} value={value} />
      {mending.hint !== undefined && <span class="hint">{mending.hint}</span>}
    </label>
  );
};
