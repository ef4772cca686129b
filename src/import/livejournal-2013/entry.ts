import { type Element, hasClass, isElement, textOf } from '../../dom.ts';
import type { Taken } from '../journal/chrome.ts';
import { takeLabel } from '../journal/claim.ts';
import { type ByClass, sortByClass } from '../journal/classes.ts';
import { isUserTag, readUserTag, type UserTag } from '../journal/names.ts';
import type { JournalEntry } from '../journal/page.ts';
import { labelMarks } from '../journal/tail.ts';
import { subjectOf, wordsOf } from '../journal/words.ts';

/** What the page says of its entry. */
type EntryFields = Pick<JournalEntry, 'journal' | 'poster' | 'subject' | 'posted' | 'body' | 'about'>;

/** Reads the entry whose words stand in `body`; an element of another kind stands for an entry that is not there. */
export function readEntry(classes: ByClass, body: Element, taken: Taken): EntryFields {
  const isEntry = hasClass(body, 'b-singlepost-body') || hasClass(body, 'aentry-post__text');
  const title = classes.first('b-singlepost-title', 'aentry-post__title-text');
  const head = classes.first('b-singlepost-author', 'aentry-head');
  const date = classes.first('b-singlepost-author-date') ?? timeIn(classes.first('aentry-head__date'));
  const users = head === undefined ? [] : usersIn(head);
  taken.add(
    isEntry ? body : undefined,
    title,
    date,
    users.slice(0, 1).map((user) => user.text),
  );
  return {
    journal: users[1]?.name ?? users[0]?.name ?? null,
    poster: users[0]?.name ?? null,
    subject: subjectOf(wordsOf(title)),
    posted: wordsOf(date),
    body: isEntry ? body.childNodes : [],
    about: [...readMeta(classes, taken), ...readTags(classes, taken)],
  };
}

function timeIn(element: Element | undefined): Element | undefined {
  const time = element?.childNodes.find((node) => isElement(node) && node.tagName === 'time');
  return time !== undefined && isElement(time) ? time : element;
}

function usersIn(head: Element): readonly UserTag[] {
  return sortByClass(head)
    .all('ljuser')
    .concat(sortByClass(head).all('i-ljuser'))
    .filter((element, i, list) => isUserTag(element) && list.indexOf(element) === i)
    .map(readUserTag)
    .filter((user) => user !== undefined);
}

function readMeta(classes: ByClass, taken: Taken): JournalEntry['about'] {
  return classes.all('b-singlepost-meta-item').flatMap((item) => {
    const parts = sortByClass(item);
    const [label, data] = [parts.first('b-singlepost-meta-title'), parts.first('b-singlepost-meta-data')];
    if (label === undefined || data === undefined) return [];
    taken.add(data);
    return [{ label: takeLabel(label, labelMarks, taken), value: textOf(data) }];
  });
}

function readTags(classes: ByClass, taken: Taken): JournalEntry['about'] {
  const items = classes.first('b-singlepost-tags-items');
  if (items !== undefined) {
    const title = classes.first('b-singlepost-tags-title');
    taken.add(items);
    return [
      { label: title === undefined ? 'Tags' : takeLabel(title, labelMarks, taken), value: textOf(items) },
    ];
  }
  const links = classes.all('tag__link');
  taken.add(links);
  return links.length === 0 ? [] : [{ label: 'Tags', value: links.map(textOf).join(', ') }];
}
