import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../errors.ts';
import { type NewAccount, refusalsOf } from '../../store/accounts.ts';
import { type Archive, keepingHeaders, render } from '../archive.ts';
import type { Form } from '../forms.ts';
import { Layout } from '../layout.tsx';

/** What is wrong with a form: for each field the reason; '' for the whole. */
export type Problems = Readonly<Record<string, string>>;

interface PersonalProps {
  readonly archive: Archive;
  readonly title: string;
  /** Shown at the top after something was done. */
  readonly said?: Child;
  readonly problems?: Problems | undefined;
  readonly children?: Child;
}

/** The frame of every page about accounts: in no search, kept by nobody. */
export const Personal: FC<PersonalProps> = ({ archive, title, said, problems = {}, children }) => (
  <Layout archive={archive} title={title} noindex>
    <div class="page personal">
      <h1>{title}</h1>
      {said !== undefined && (
        <div class="card saved" role="status">
          {said}
        </div>
      )}
      <Reasons problems={problems} />
      {children}
    </div>
  </Layout>
);

/** Says above a form that it was not taken, and what concerns no field alone. */
const Reasons: FC<{ readonly problems: Problems }> = ({ problems }) => {
  const count = Object.keys(problems).length;
  if (count === 0) return null;
  return (
    <div class="card refused" role="alert">
      <p>{problems[''] ?? 'Not yet: see what is said below. Nothing was changed.'}</p>
    </div>
  );
};

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password';
  readonly value?: string | undefined;
  /** A sentence under the label. */
  readonly hint?: Child;
  readonly problems?: Problems | undefined;
  readonly autocomplete?: string;
  readonly lines?: number;
  readonly optional?: boolean;
  readonly digits?: boolean;
  readonly max?: number;
}

/** A field with its label, what helps to fill it in, and why it was refused. What is typed into `password` never comes back. */
export const Field: FC<FieldProps> = (props) => {
  const { name, label, type = 'text', value, hint, problems = {}, lines, optional, digits, max } = props;
  const problem = problems[name];
  const about = [hint !== undefined && `${name}-hint`, problem !== undefined && `${name}-problem`]
    .filter((id) => id !== false)
    .join(' ');
  const shared = {
    id: name,
    name,
    'aria-describedby': about === '' ? undefined : about,
    'aria-invalid': problem === undefined ? undefined : ('true' as const),
    autocomplete: props.autocomplete ?? 'off',
    required: optional !== true,
    maxlength: max,
  };
  return (
    <div class={problem === undefined ? 'field' : 'field field-refused'}>
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
      {lines === undefined ? (
        <input
          {...shared}
          type={type}
          value={type === 'password' ? undefined : value}
          inputmode={digits === true ? 'numeric' : undefined}
          autocapitalize="none"
          spellcheck={false}
        />
      ) : (
        <textarea {...shared} rows={lines}>
          {value}
        </textarea>
      )}
    </div>
  );
};

/** The pass phrase of whoever is asked to show that it is still she. */
export const PassPhrase: FC<Pick<FieldProps, 'hint' | 'problems'>> = (props) => (
  <Field
    {...props}
    name="passPhrase"
    label="Your pass phrase"
    type="password"
    autocomplete="current-password"
    max={1000}
  />
);

interface OptionsProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: Readonly<Record<string, Child>>;
}

/** One of a few answers, all of them in sight. */
export const Options: FC<OptionsProps> = ({ name, label, value, options }) => (
  <fieldset class="field options">
    <legend>{label}</legend>
    {Object.entries(options).map(([key, words]) => (
      <label class="option">
        <input type="radio" name={name} value={key} checked={key === value} />
        <span>{words}</span>
      </label>
    ))}
  </fieldset>
);

interface TickProps {
  readonly name: string;
  readonly checked?: boolean;
  readonly problems?: Problems | undefined;
  readonly children?: Child;
}

/** Something one says yes to. */
export const Tick: FC<TickProps> = ({ name, checked, problems = {}, children }) => (
  <div class="field">
    {problems[name] !== undefined && (
      <p class="problem" id={`${name}-problem`}>
        {problems[name]}
      </p>
    )}
    <label class="option">
      <input
        type="checkbox"
        name={name}
        value="yes"
        checked={checked}
        aria-describedby={problems[name] === undefined ? undefined : `${name}-problem`}
      />
      <span>{children}</span>
    </label>
  </div>
);

/** The button that sends a form; of several on a page one is the main one. */
export const Send: FC<{ readonly isSecond?: boolean; readonly children?: Child }> = ({
  isSecond,
  children,
}) => (
  <p class="ways">
    <button class={isSecond === true ? 'button' : 'button button-main'} type="submit">
      {children}
    </button>
  </p>
);

/** The fields with which anyone begins an account. */
export const AccountFields: FC<{
  readonly form?: Form | undefined;
  readonly problems?: Problems | undefined;
  /** Whether signs are drawn that are added to the name one signs in with. */
  readonly drawn?: boolean;
}> = ({ form, problems, drawn }) => (
  <>
    <Field
      name="pseud"
      label="The name you write under"
      hint="Everyone sees it beside what you write. You can add more later."
      value={form?.get('pseud')}
      problems={problems}
      autocomplete="nickname"
      max={60}
    />
    <Field
      name="signInName"
      label="The name you sign in with"
      hint={`Nobody else ever sees it. It can be anything you will remember, and should not be the name above.${drawn === true ? ' Four signs are drawn for you and added to it.' : ''}`}
      value={form?.get('signInName')}
      problems={problems}
      autocomplete="username"
      max={100}
    />
    <Field
      name="passPhrase"
      label="A pass phrase"
      type="password"
      hint="At least 15 characters. Four or five words that have nothing to do with each other are good."
      problems={problems}
      autocomplete="new-password"
      max={1000}
    />
  </>
);

/** The way back to the page of the account. */
export const ToAccount: FC = () => (
  <p class="alone">
    <a href="/account">Your account</a>
  </p>
);

/** Answers with a page that only whoever asked may see. */
export function show(
  c: Context,
  page: Parameters<typeof render>[1],
  problems: Problems = {},
): Promise<Response> {
  return render(c, page, { cache: 'private', status: Object.keys(problems).length === 0 ? 200 : 422 });
}

/** Leads on to another page after a form. */
export function goOn(c: Context, path: string): Response {
  for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
  return c.redirect(path, 303);
}

/**
 * Runs what a form asks for; gives what was wrong with it, or undefined when it was done.
 * `conflict` is the field that a Conflict is about. @throws whatever else goes wrong
 */
export async function attempt(work: () => Promise<unknown>, conflict = ''): Promise<Problems | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Invalid) return { [error.path ?? '']: inWords(error) };
    if (error instanceof Conflict) return { [conflict]: inWords(error) };
    throw error;
  }
}

/** What someone says of her new account, as `AccountFields` asks it. */
export function typedAccount(form: Form): NewAccount {
  return {
    signInName: form.get('signInName'),
    passPhrase: form.get('passPhrase'),
    pseud: form.get('pseud'),
  };
}

/** Everything that does not fit of a new account, so that no reason comes only after another was mended. */
export function accountProblems(archive: Archive, account: NewAccount): Problems {
  const refusals = refusalsOf(archive.store, account);
  return Object.fromEntries(refusals.map((refusal) => [refusal.path ?? '', inWords(refusal)]));
}

/** The message of an error of ours without the layer it comes from. */
function inWords(error: Error): string {
  const message = error.message.replace(/^[a-z0-9/-]+: /, '');
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/** How long to wait, as people say it. */
export function waitWords(seconds: number, why = 'Too many tries from here.'): string {
  const time = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `${why} Wait ${time}, then try again.`;
}
