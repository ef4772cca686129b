import { attribute, byTag, type Element, find, findAll, hasClass, isElement, textOf } from '../../dom.ts';
import { type JournalAddress, readAddress } from '../journal/address.ts';
import type { Taken } from '../journal/chrome.ts';
import { takeLabel } from '../journal/claim.ts';
import { type ByClass, classesOf, sortByClass } from '../journal/classes.ts';
import { isUserTag, readUserTag } from '../journal/names.ts';
import type { JournalEntry } from '../journal/page.ts';
import { subjectOf, wordsOf } from '../journal/words.ts';

/** Reads one entry from its wrapper; `at` and `meta` are what the page says of its only entry. */
export function readEntry(
  wrapper: Element,
  at: JournalAddress | undefined,
  meta: ReadonlyMap<string, readonly string[]>,
  taken: Taken,
): JournalEntry {
  const parts = sortByClass(wrapper, ['entry-content']);
  const title = parts.first('entry-title');
  const subject = title && subjectIn(title);
  const date = parts.first('datetime');
  const content = parts.first('entry-content');
  const users = (
    parts.first('entry-poster') === undefined
      ? []
      : findAll(parts.first('entry-poster') ?? wrapper, isUserTag)
  )
    .map(readUserTag)
    .filter((user) => user !== undefined);
  const own = at ?? addressIn(parts);
  if (title !== undefined) taken.rule('dreamwidth: labels', title);
  taken.add(content, date, users[0]?.text, subject);
  return {
    address: own?.address ?? null,
    ditemid: own?.ditemid ?? numberOf(wrapper),
    journal: own?.journal ?? nameInClass(wrapper, 'journal-') ?? users[1]?.name ?? null,
    poster:
      users[0]?.name ??
      nameInClass(wrapper, 'poster-') ??
      readAddress(meta.get('article:author')?.[0])?.journal ??
      null,
    subject: subjectOf(wordsOf(subject)),
    posted: wordsOf(date) ?? meta.get('article:published_time')?.[0] ?? null,
    body: content?.childNodes ?? [],
    about: [...readMetadata(parts, taken), ...readTags(parts, meta, taken), ...readAccess(wrapper)],
    comments: [],
    element: wrapper,
  };
}

/** The subject within a title; undefined for the "no subject" that only screen readers are told. */
export function subjectIn(title: Element): Element | undefined {
  const last = title.childNodes.findLast(
    (node): node is Element =>
      isElement(node) &&
      (node.tagName === 'a' || node.tagName === 'span') &&
      !marks.some((name) => hasClass(node, name)),
  );
  return last === undefined || hasClass(last, 'invisible') || subjectOf(wordsOf(last)) === null
    ? undefined
    : last;
}

const marks = ['sticky-entry-icon', 'admin-post-icon', 'echi'];

function addressIn(parts: ByClass): JournalAddress | undefined {
  const places = [
    ...parts.all('entry-permalink'),
    ...parts.all('entry-title'),
    ...parts.all('entry-readlink'),
  ];
  return places
    .flatMap((place) => findAll(place, byTag('a')))
    .map((link) => readAddress(attribute(link, 'href')))
    .find((found) => found !== undefined && found.ditemid !== null);
}

function numberOf(wrapper: Element): number | null {
  const digits = /entry-wrapper-(\d+)$/.exec(attribute(wrapper, 'id') ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function nameInClass(wrapper: Element, start: string): string | undefined {
  return classesOf(wrapper)
    .find((name) => name.startsWith(start) && name.length > start.length)
    ?.slice(start.length);
}

function readMetadata(parts: ByClass, taken: Taken): JournalEntry['about'] {
  return parts.all('metadata-item').flatMap((item) => {
    const label = item.parentNode && find(item.parentNode, (e) => hasClass(e, 'metadata-label'));
    taken.add(item);
    return [{ label: label ? takeLabel(label, 'dreamwidth: labels', taken) : '', value: textOf(item) }];
  });
}

function readTags(
  parts: ByClass,
  meta: ReadonlyMap<string, readonly string[]>,
  taken: Taken,
): JournalEntry['about'] {
  const tag = parts.first('tag');
  const list = tag && find(tag, byTag('ul'));
  const label = parts.first('tag-text');
  if (list === undefined) {
    const named = meta.get('article:tag') ?? [];
    return named.length === 0 ? [] : [{ label: 'Tags', value: named.join(', ') }];
  }
  taken.add(list);
  return [
    {
      label: label === undefined ? 'Tags' : takeLabel(label, 'dreamwidth: labels', taken),
      value: findAll(list, byTag('a')).map(textOf).join(', '),
    },
  ];
}

/** Who may read an entry, and from what age, where that is not everyone: said only by classes of the wrapper. */
function readAccess(wrapper: Element): JournalEntry['about'] {
  const security = nameInClass(wrapper, 'security-');
  const restrictions = nameInClass(wrapper, 'restrictions-');
  return [
    ...(security === undefined || security === 'public' ? [] : [{ label: 'Security', value: security }]),
    ...(restrictions === undefined || restrictions === 'none'
      ? []
      : [{ label: 'Restrictions', value: restrictions }]),
  ];
}
