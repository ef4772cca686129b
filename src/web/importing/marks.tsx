import type { Child, FC } from 'hono/jsx';
import { placeOfRemark } from '../../import/review/places.ts';
import type { Remark } from '../../model/remark.ts';
import { type Surety, suretyNames } from './facts.ts';
import type { Reviewing } from './reviewing.ts';

/** How sure a fact is, in a word of its colour. */
export const SuretyMark: FC<{ readonly surety: Surety }> = ({ surety }) => (
  <span class={`surety surety-${surety}`}>{suretyNames[surety]}</span>
);

/** What the importer says of some facts, each with the way to its place on the page. */
export const FactNotes: FC<{ readonly of: Reviewing; readonly abouts: readonly string[] }> = ({
  of,
  abouts,
}) => <Notes of={of} remarks={of.edition.remarks.filter((r) => abouts.includes(r.about))} />;

/** Remarks as lines. */
export const Notes: FC<{ readonly of: Reviewing; readonly remarks: readonly Remark[] }> = ({
  of,
  remarks,
}) =>
  remarks.length === 0 ? null : (
    <ul class="fact-notes">
      {remarks.map((remark) => (
        <li>
          {remark.message}
          {remark.decidedBy !== null && <span class="soft"> By {remark.decidedBy}.</span>}{' '}
          <ToPlace of={of} remark={remark} />
        </li>
      ))}
    </ul>
  );

/** The way to the place on the page from which a fact was read; the words alone where it has none. */
export const PlaceLink: FC<{
  readonly of: Reviewing;
  readonly remark: Remark;
  readonly children?: Child;
}> = ({ of, remark, children }) => {
  const at = remark.where === null ? undefined : placeOfRemark(remark, of.look.lines, of.edition);
  if (at === undefined) return <>{children}</>;
  return (
    <a class="to-place" href={`#at-${at}`}>
      {children}
    </a>
  );
};

const ToPlace: FC<{ readonly of: Reviewing; readonly remark: Remark }> = ({ of, remark }) => {
  const at = remark.where === null ? undefined : placeOfRemark(remark, of.look.lines, of.edition);
  if (at === undefined) return null;
  return (
    <PlaceLink of={of} remark={remark}>
      on the page<span class="unseen">: {of.look.lines[at]?.text.slice(0, 40)}</span>
    </PlaceLink>
  );
};
