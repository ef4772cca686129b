import type { Comment } from '../../model/comment.ts';
import type { WrittenDate } from '../../model/date.ts';
import type { Edition } from '../../model/edition.ts';
import type { Store } from '../engine/store.ts';
import { keyedHash } from '../engine/text.ts';

/**
 * A hash of everything an Edition says but where it was read from: equal for the same page read in the same way,
 * whatever its file is called.
 */
export function contentDigest(store: Store, edition: Edition): string {
  const story = ({
    passages,
    choices,
    variantSets,
  }: Pick<Edition, 'passages' | 'choices' | 'variantSets'>): string =>
    sorted({ passages, choices, variantSets });
  return keyedHash(
    store.textKey,
    'content',
    ...(edition.kind === 'story' ? [] : [edition.kind]),
    sorted(edition.work),
    story(edition),
    JSON.stringify(edition.comments.map(flat)),
    ...edition.states.map((s) => s.number + story(s) + sorted(s.work)),
    sorted(edition.notes.map(({ title, posted, html }) => ({ title, posted, html }))),
    sorted(edition.resources.map(({ path, sha256 }) => ({ path, sha256 }))),
  );
}

/** A hash of what was remarked and decided, wherever the file lay and whenever it was said. */
export function remarksDigest(store: Store, edition: Edition): string {
  const remarks = edition.remarks.map((r) => [r.certainty, r.about, r.message, r.quote]);
  const decisions = edition.decisions.map((d) => [d.about, d.value]);
  return keyedHash(store.textKey, 'remarks', JSON.stringify([remarks, decisions]));
}

// By hand, because a page has hundreds of comments and `sorted` would cost more than storing them.
function flat(c: Comment): unknown {
  return [c.id, c.parent, sorted(c.author), date(c.posted), date(c.edited), c.subject, c.html, c.state]
    .concat(c.about.kind === 'work' ? '' : sorted(c.about))
    .concat([c.icon, c.importedFrom]);
}

function date(d: WrittenDate | null): string {
  return d === null ? '' : `${d.written} ${d.local} ${d.instant} ${d.zone} ${d.precision}`;
}

/** JSON with its keys in order, so that who wrote the document does not matter. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}
