import { DOMParser, Fragment, type Node } from 'prosemirror-model';
import { foldNotes } from '../notes.ts';
import { schema } from './schema.ts';
import { inOrder } from './tidy.ts';
import { htmlOfBlock } from './write-html.ts';

/** A text to be edited, and what of it stands otherwise than it would be written here: so that what is left alone stays. */
export interface ReadText {
  readonly doc: Node;
  /** Blocks that are held with all their words, but would be written with other markup; each with its own. */
  readonly otherwise: readonly { readonly block: Node; readonly html: string }[];
}

/** Reads clean HTML as it comes from the server (`CleanHtml`). Every word of it is in what is given. */
export function readHtml(html: string, document: Document): ReadText {
  const otherwise: { block: Node; html: string }[] = [];
  // A document of its own, in which no picture is fetched.
  const { body } = document.implementation.createHTMLDocument('');
  const holder = body.ownerDocument.createElement('div');
  body.innerHTML = html;
  foldNotes(body);
  const blocks = [...body.children].map((element) => {
    const raw = schema.node('raw', { html: element.outerHTML });
    if (element.matches(beyond) || element.querySelector(beyond) !== null) return raw;
    const [read, ...more] = parser.parse(only(element, holder), { preserveWhitespace: 'full' }).children;
    if (read === undefined || more.length > 0) return raw;
    const block = inOrder(read);
    holder.innerHTML = htmlOfBlock(block, (note) => `<var-note>${note}</var-note>`);
    if (contents(element) !== contents(holder)) return raw;
    if (element.querySelector('var-note') === null && !element.isEqualNode(holder.firstElementChild))
      otherwise.push({ block, html: element.outerHTML });
    return block;
  });
  const doc = schema.node('doc', null, Fragment.from(blocks.length > 0 ? blocks : schema.node('paragraph')));
  return { doc, otherwise };
}

/** What this schema has no word for, and would take apart. */
const beyond = 'table, pre, dl, figure';

const parser = DOMParser.fromSchema(schema);

function only(element: Element, holder: HTMLElement): HTMLElement {
  holder.replaceChildren(element.cloneNode(true));
  return holder;
}

/** The words and pictures of an element; spaces aside, which markup at their edges moves. */
function contents(element: Element): string {
  const pictures = [...element.querySelectorAll('img')].map((e) => `${e.getAttribute('src')} ${e.alt}`);
  return [element.textContent?.replace(/[ \t\r\n\f]+/g, ''), ...pictures].join('\n');
}
