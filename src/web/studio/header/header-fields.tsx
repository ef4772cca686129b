import type { FC } from 'hono/jsx';
import { type TagKind, tagKinds } from '../../../model/views.ts';
import { archiveWarnings, categories, ratings } from '../../../model/work.ts';
import { ratingName, warningNamesOf } from '../../../phrases.ts';
import type { Form } from '../../forms.ts';
import { type Fault, Reason } from '../frame.tsx';
import { type TypedHeader, tagFields } from './header-form.ts';

/** What stands in the fields, what the archive knows to choose from, and what was wrong. */
export interface HeaderFieldsProps {
  readonly typed: TypedHeader;
  readonly known: Readonly<Record<TagKind, readonly string[]>>;
  readonly faults: readonly Fault[];
}

/** The fields in which one may write for long. */
export const longFields = ['summary', 'notes', 'endnotes'] as const;

/** Everything that is said about a work before it begins, as the fields of a form. */
export const HeaderFields: FC<HeaderFieldsProps & { readonly untitled?: boolean }> = (props) => (
  <>
    {props.untitled !== true && <TitleField {...props} />}
    <Tagging {...props} />
    <RatingFields {...props} />
    <Told {...props} />
  </>
);

/** A field of one line, with its name before it, a hint, and the reason why it does not fit. */
export const LineField: FC<{
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly type?: string;
  readonly list?: string;
  readonly required?: boolean;
  readonly faults?: readonly Fault[];
}> = ({ name, label, value, hint, type = 'text', list, required, faults = [] }) => {
  const fault = faults.find((f) => f.path === name);
  const described = [hint === undefined ? '' : `${name}-hint`, fault === undefined ? '' : `${name}-fault`];
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        list={list}
        required={required}
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={described.join(' ').trim() || undefined}
      />
      {hint !== undefined && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {fault !== undefined && (
        <span class="fault" id={`${name}-fault`}>
          {fault.words}
        </span>
      )}
    </p>
  );
};

/** A field of several lines. */
const TextField: FC<{
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly hint?: string;
}> = ({ name, label, value, rows, hint }) => (
  <p class="field">
    <label for={name}>{label}</label>
    <textarea
      id={name}
      name={name}
      rows={rows}
      aria-describedby={hint === undefined ? undefined : `${name}-hint`}
    >
      {`\n${value}`}
    </textarea>
    {hint !== undefined && (
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    )}
  </p>
);

/** The title alone: where a work begins. */
export const TitleField: FC<HeaderFieldsProps> = ({ typed, faults }) => (
  <LineField name="title" label="Title" value={typed.title} faults={faults} />
);

const tagNames: Readonly<Record<TagKind, { readonly many: string; readonly blanks: number }>> = {
  fandom: { many: 'Fandoms', blanks: 1 },
  relationship: { many: 'Relationships', blanks: 1 },
  character: { many: 'Characters', blanks: 2 },
  freeform: { many: 'Other tags', blanks: 2 },
};

/** One field a tag and some empty ones; a comma parts several in one. */
const Tagging: FC<HeaderFieldsProps> = ({ typed, known, faults }) => (
  <section class="fields" aria-labelledby="tagging">
    <h2 id="tagging">What it is about</h2>
    <p class="soft">
      Begin to type and choose a tag that exists, or make a new one. Commas part several tags.
    </p>
    <Reason id="tags-fault" fault={faults.find((f) => f.path === 'tags')} />
    {tagKinds.map((kind) => (
      <fieldset class="field">
        <legend>{tagNames[kind].many}</legend>
        <div class="tag-fields">
          {[
            ...typed.tags[kind].filter((t) => t !== ''),
            ...Array<string>(tagNames[kind].blanks).fill(''),
          ].map((name, i) => (
            <input
              name={tagFields[kind]}
              value={name}
              list={`known-${kind}`}
              aria-label={`${tagNames[kind].many}, ${i + 1}`}
            />
          ))}
        </div>
        <datalist id={`known-${kind}`}>
          {known[kind].map((name) => (
            <option value={name} />
          ))}
        </datalist>
      </fieldset>
    ))}
  </section>
);

/** Rating, warnings and categories. */
const RatingFields: FC<Pick<HeaderFieldsProps, 'typed' | 'faults'>> = ({ typed, faults }) => (
  <section class="fields" aria-labelledby="rating-and-warnings">
    <h2 id="rating-and-warnings">Rating and warnings</h2>
    <Answers rating={typed.rating} warnings={typed.warnings} faults={faults} />
    <fieldset class="field">
      <legend>Categories</legend>
      <div class="boxes">
        {categories.map((category) => (
          <label>
            <input
              type="checkbox"
              name="categories"
              value={category}
              checked={typed.categories.includes(category)}
            />{' '}
            {category}
          </label>
        ))}
      </div>
    </fieldset>
  </section>
);

/** What is still to be answered in a form that publishes, each beside its field; names as its menus have them. */
export function unansweredIn(form: Form): readonly Fault[] {
  const [[notRated], [notSaid]] = [ratings, archiveWarnings];
  return [
    ...(form.get('rating') === ''
      ? [{ path: 'rating', words: `Choose one: “${ratingName(notRated)}” is an answer too.` }]
      : []),
    ...(form.all('warnings').length === 0
      ? [
          {
            path: 'warnings',
            words: `Tick what holds: “${warningNamesOf({ warnings: [notSaid] })[0]}” is an answer too.`,
          },
        ]
      : []),
  ];
}

/** The two answers publishing asks for. */
export const Answers: FC<{
  readonly rating: string;
  readonly warnings: readonly string[];
  readonly faults: readonly Fault[];
}> = ({ rating, warnings, faults }) => (
  <>
    <div class="field">
      <label for="rating">Rating</label>
      <Reason id="rating-fault" fault={faults.find((f) => f.path === 'rating')} />
      <select
        id="rating"
        name="rating"
        aria-describedby={faults.some((f) => f.path === 'rating') ? 'rating-fault' : undefined}
        aria-invalid={faults.some((f) => f.path === 'rating') ? 'true' : undefined}
      >
        <option value="" selected={rating === ''}>
          Not answered yet
        </option>
        {ratings.map((name) => (
          <option value={name} selected={rating === name}>
            {ratingName(name)}
          </option>
        ))}
      </select>
    </div>
    <fieldset class="field">
      <legend>Archive warnings</legend>
      <Reason id="warnings-fault" fault={faults.find((f) => f.path === 'warnings')} />
      <div class="boxes boxes-column">
        {archiveWarnings.map((name) => (
          <label>
            <input type="checkbox" name="warnings" value={name} checked={warnings.includes(name)} />{' '}
            {warningNamesOf({ warnings: [name] })[0]}
          </label>
        ))}
      </div>
    </fieldset>
  </>
);

/** What is told around the story: summary and notes, and where and when it belongs. */
const Told: FC<HeaderFieldsProps> = ({ typed, faults }) => (
  <section class="fields" aria-labelledby="told">
    <h2 id="told">What you say about it</h2>
    <TextField name="summary" label="Summary" value={typed.summary} rows={4} />
    <TextField name="notes" label="Notes before the story" value={typed.notes} rows={3} />
    <TextField name="endnotes" label="Notes after it" value={typed.endnotes} rows={3} />
    <div class="field-row">
      <LineField
        name="language"
        label="Language"
        value={typed.language}
        hint="As a tag: en, de, pt-BR."
        faults={faults}
      />
      <LineField
        name="posted"
        label="First posted on"
        value={typed.posted}
        hint="For a story that was posted elsewhere before."
        type="date"
        faults={faults}
      />
    </div>
    <div class="field-row">
      <LineField name="series" label="Series" value={typed.series} faults={faults} />
      <LineField name="part" label="Part" value={typed.part} faults={faults} />
    </div>
  </section>
);
