import type { Child, FC } from 'hono/jsx';
import { flagsOf } from '../../../model/edit.ts';
import type { Condition } from '../../../model/state.ts';
import { passageNames } from '../../../phrases.ts';
import type { Form } from '../../forms.ts';
import { type Desk, studioPath } from '../desk.ts';
import { type Fault, Reason } from '../frame.tsx';

/** A form that came back, by the name in its address. */
export interface Sent {
  readonly name: string;
  readonly form: Form;
  readonly fault: Fault;
  /** Whether someone saved since its page was made: it is shown in what is newest. */
  readonly isLate?: boolean;
}

/** The status of a page: that of a form which came back, if one did. */
export function statusOf(sent: Sent | undefined): 200 | 409 | 422 {
  if (sent === undefined) return 200;
  return sent.isLate === true ? 409 : 422;
}

/** How a page is shown: with a form that came back, with what was done before it, with the form that was asked for. */
export interface Shown {
  readonly sent?: Sent | undefined;
  readonly did?: string | undefined;
  readonly asked?: string | undefined;
}

interface ActionProps {
  readonly desk: Desk;
  /** The end of the address it is sent to. */
  readonly name: string;
  /** Which one, where a page has several of a name: the value of one of its fields. */
  readonly which?: readonly [field: string, value: string];
  readonly title: string;
  readonly button: string;
  readonly sent: Sent | undefined;
  /** Where it is found on its page, and whether it stands open from the start. */
  readonly id?: string;
  readonly isOpen?: boolean;
  readonly children?: Child;
}

/** One thing to do with a story, folded away until it is wanted or came back. */
export const Action: FC<ActionProps> = (props) => {
  const { desk, name, which, title, button, sent, id, isOpen, children } = props;
  const back = cameBack(sent, name, which);
  return (
    <details class="action" id={id} open={isOpen === true || back !== undefined}>
      <summary>{title}</summary>
      <form method="post" action={studioPath(desk.work.id, `/${name}`)}>
        <input type="hidden" name="base" value={String(desk.work.state)} />
        {which !== undefined && <input type="hidden" name={which[0]} value={which[1]} />}
        <Reason id={`fault-${name}-${which?.[1] ?? ''}`} fault={back?.fault} />
        {children}
        <p>
          <button class="button" type="submit">
            {button}
          </button>
        </p>
      </form>
    </details>
  );
};

/** A menu of more passages than these is as long as the rest of a page: there the form that has it is led to. */
const mostInMenus = 60;

interface MenuActionProps extends ActionProps {
  readonly id: string;
  /** The address of the page it stands on. */
  readonly page: string;
  /** The id of the form that the address asks for (`?form=`). */
  readonly asked: string | undefined;
}

/** An action with menus of all passages: of a long story only a link to it stands on the page until it is asked for. */
export const MenuAction: FC<MenuActionProps> = ({ page, asked, ...action }) => {
  const { desk, name, which, title, sent, id } = action;
  const isOpen = asked === id;
  const isShort = desk.story.passages.length <= mostInMenus;
  if (isShort || isOpen || cameBack(sent, name, which) !== undefined)
    return <Action {...action} isOpen={isOpen} />;
  return (
    <div class="action" id={id}>
      <a class="action-way" href={`${page}?form=${id}#${id}`}>
        {title}
      </a>
    </div>
  );
};

/** The form that came back, if it is this one. */
export function cameBack(
  sent: Sent | undefined,
  name: string,
  which?: readonly [field: string, value: string],
): Sent | undefined {
  const isThis = sent?.name === name && (which === undefined || sent.form.get(which[0]) === which[1]);
  return isThis ? sent : undefined;
}

/** A line to fill in; its label stands before it. */
export const Line: FC<{
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly placeholder?: string;
  readonly required?: boolean;
}> = ({ name, label, value = '', placeholder, required }) => (
  <label class="field">
    {label} <input name={name} value={value} placeholder={placeholder} required={required} />
  </label>
);

/** A menu of the passages of a story. */
export const PassageMenu: FC<{
  readonly desk: Desk;
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  /** What the first line says, which stands for none of them. */
  readonly none?: string;
  readonly but?: string;
}> = ({ desk, name, label, value = '', none, but }) => (
  <label class="field">
    {label}{' '}
    <select name={name}>
      {none !== undefined && <option value="">{none}</option>}
      {namedPassages(desk).map(
        (passage) =>
          passage.key !== but && (
            <option value={passage.key} selected={passage.key === value}>
              {passage.name}
            </option>
          ),
      )}
    </select>
  </label>
);

/** The passages of a story with what they are called. */
export function namedPassages({
  story,
}: Pick<Desk, 'story'>): readonly { readonly key: string; readonly name: string }[] {
  return [...passageNames(story)].map(([key, name]) => ({ key, name }));
}

/** The conditions of a form: rows of two menus, how it must be, and of what. */
export function conditionsIn(form: Form): readonly Condition[] {
  const of = form.all('if-of');
  return form.all('if').flatMap((how, i): Condition[] => {
    const [kind, name] = splitOnce(of[i] ?? '');
    if (name === '' || (how !== 'holds' && how !== 'not')) return [];
    const holds = how === 'holds';
    return kind === 'flag'
      ? [{ kind: 'flag', flag: name, holds }]
      : [{ kind: 'visited', passage: name, holds }];
  });
}

/** What a form says that reading a passage sets and unsets. */
export function flagsIn(form: Form): {
  readonly sets: readonly string[];
  readonly unsets: readonly string[];
} {
  const said = form.all('flag').map((flag, i) => [flag, form.all('does')[i] ?? ''] as const);
  const named = (does: string): string[] =>
    said.filter(([flag, d]) => d === does && flag.trim() !== '').map(([flag]) => flag);
  return { sets: named('sets'), unsets: named('unsets') };
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** When a choice is shown: a row for each condition, and an empty one. */
export const Conditions: FC<{ readonly desk: Desk; readonly showIf?: readonly Condition[] | undefined }> = ({
  desk,
  showIf = [],
}) => {
  const flags = flagsOf(desk.story);
  const passages = namedPassages(desk);
  const rows: readonly (Condition | undefined)[] = [...showIf, undefined];
  return (
    <fieldset class="conditions">
      <legend>Show it</legend>
      {rows.map((row, i) => (
        <div class="condition">
          <select name="if" aria-label={`Condition ${i + 1}: when`}>
            <option value="">{i === 0 ? 'always' : 'no other condition'}</option>
            <option value="holds" selected={row?.holds === true}>
              only if
            </option>
            <option value="not" selected={row?.holds === false}>
              only if not
            </option>
          </select>
          <select name="if-of" aria-label={`Condition ${i + 1}: what`}>
            {passages.map(({ key, name }) => (
              <option value={`visited:${key}`} selected={row?.kind === 'visited' && row.passage === key}>
                read: {name}
              </option>
            ))}
            {flags.map((flag) => (
              <option value={`flag:${flag}`} selected={row?.kind === 'flag' && row.flag === flag}>
                flag: {flag}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  );
};
