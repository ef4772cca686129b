/*
 * Notes come from the server as readers have them: called by a number in the line, listed at the end. While a passage is
 * written each stands where it is called, as `<var-note>`, which `schema.ts` reads.
 */

/** The sign at the end of a note that leads back to where it is called. */
export const backSign = '↩';

/** Puts each note where it is called, where every one is called once and is one paragraph; else leaves all as they are. */
export function foldNotes(body: HTMLElement): void {
  const list = body.lastElementChild;
  if (list?.localName !== 'ol' || list.children.length === 0) return;
  const notes = [...list.children].map((item) => noteOf(item, body));
  const calls = [...body.querySelectorAll('a[id^="t-fnref-"]')];
  const areInOrder = notes.every((note, i) => note !== undefined && note.call === calls[i]?.parentElement);
  if (!areInOrder || calls.length !== notes.length) return;
  for (const note of notes) {
    const here = body.ownerDocument.createElement('var-note');
    here.append(...(note?.words ?? []));
    note?.call.replaceWith(here);
  }
  list.remove();
}

interface Note {
  readonly call: Element;
  readonly words: readonly ChildNode[];
}

/** A note as `markdown/read.ts` writes it: one paragraph, and the way back at its end. */
function noteOf(item: Element, body: HTMLElement): Note | undefined {
  const name = /^t-fn-(.+)$/.exec(item.id)?.[1];
  const [paragraph, ...more] = item.children;
  const back = paragraph?.lastElementChild;
  if (
    name === undefined ||
    paragraph?.localName !== 'p' ||
    more.length > 0 ||
    paragraph.attributes.length > 0
  )
    return undefined;
  if (back?.localName !== 'a' || back.textContent !== backSign || back.nextSibling !== null) return undefined;
  if (back.getAttribute('href') !== `#t-fnref-${name}`) return undefined;
  const call = [...body.querySelectorAll('sup')].find((sup) => isCallOf(sup, name));
  const words = [...paragraph.childNodes].slice(0, -1);
  const space = words.at(-1);
  if (call === undefined || space?.nodeType !== 3) return undefined;
  space.textContent = (space.textContent ?? '').replace(/ $/, '');
  return { call, words };
}

/** Whether a raised number calls the note of this name, in a block that can be edited. */
function isCallOf(sup: Element, name: string): boolean {
  const [link, ...more] = sup.children;
  return (
    more.length === 0 &&
    sup.childNodes.length === 1 &&
    sup.attributes.length === 0 &&
    link?.id === `t-fnref-${name}` &&
    link.getAttribute('href') === `#t-fn-${name}` &&
    sup.closest('table, pre, dl, figure, var-note, a') === null
  );
}
