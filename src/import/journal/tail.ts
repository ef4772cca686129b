import {
  attribute,
  closest,
  type Element,
  find,
  findAll,
  isElement,
  isText,
  type Node,
  type Parent,
  textOf,
} from '../../dom.ts';
import { leadsElsewhere, readAddress } from './address.ts';
import type { Taken } from './chrome.ts';
import { claim } from './claim.ts';
import type { JournalEntry } from './page.ts';

/*
 * text = words tail
 * tail = { blank | labels | links }           whatever the layout prints after the words, in the same element
 * labels = [p | div …] { (strong | b) label ':' value [br] }
 * links = an element that holds nothing but links to act on the entry, and marks between them
 */

/** The words of an entry, parted from what the layout prints around them in the same element. */
interface Parted {
  readonly body: readonly Node[];
  readonly about: JournalEntry['about'];
}

/** The rule for links such as "3 comments | Leave a comment", which layouts print under the words. */
export const entryLinks = 'livejournal: links around an entry';
/** The rule for the colons, brackets and bars of "Current Mood: cheerful". */
export const labelMarks = 'livejournal: labels of an entry';

/** Parts the words of an entry from labels and links before and after them. */
export function partTail(nodes: readonly Node[], taken: Taken): Parted {
  let [from, to] = [0, nodes.length];
  const before: JournalEntry['about'][number][] = [];
  const after: JournalEntry['about'][number][] = [];
  for (let node = nodes[from]; node !== undefined && from < to; node = nodes[from]) {
    const lines = isElement(node) && isBlock(node) ? labelLines(node, taken) : undefined;
    if (lines !== undefined) before.push(...lines);
    else if (isElement(node) && isLinks(node)) taken.rule(entryLinks, node);
    else if (!isBlank(node) && !isUserpicBox(node)) break;
    from++;
  }
  while (to > from) {
    const node = nodes[to - 1];
    if (node === undefined) break;
    const lines = isElement(node) && isBlock(node) ? labelLines(node, taken) : undefined;
    const start = lines === undefined && !isBlank(node) ? startOfLine(nodes, from, to) : undefined;
    if (lines !== undefined) after.unshift(...lines);
    else if (isElement(node) && isLinks(node)) taken.rule(entryLinks, node);
    else if (start !== undefined) {
      after.unshift(...(readLines(nodes.slice(start, to), taken) ?? []));
      to = start + 1;
    } else if (!isBlank(node)) break;
    to--;
  }
  const body = nodes.slice(from, to);
  taken.add(body);
  return { body, about: [...before, ...after] };
}

const labels =
  /^(?:(?:current |entry )?(?:mood|music|location|groups?|tags|security)|custom friends groups|original entry at|настроение|музыка|местонахождение|местоположение|место|метки|теги)\s*:?$/i;

/** Whether these are the words of a label that layouts print beside an entry: `Current Mood:`. */
export function isLabel(words: string): boolean {
  return labels.test(words);
}

const blocks = new Set(['p', 'div', 'table', 'ul', 'dl', 'blockquote', 'center']);
function isBlock(element: Element): boolean {
  return blocks.has(element.tagName);
}

function isBlank(node: Node): boolean {
  if (isText(node)) return node.value.trim() === '';
  return (
    !isElement(node) ||
    node.tagName === 'br' ||
    (textOf(node) === '' &&
      findAll(node, isPicture).length === 0 &&
      !isPicture(node) &&
      node.tagName !== 'hr')
  );
}

/** Whether an element only floats a userpic beside the words, as Disjointed has it inside them. */
export function isUserpicBox(node: Node): boolean {
  if (!isElement(node) || node.tagName !== 'div' || textOf(node) !== '') return false;
  return /float:\s*right/.test(attribute(node, 'style') ?? '') && findAll(node, isPicture).length === 1;
}

function isPicture(element: Element): boolean {
  return ['img', 'iframe', 'object', 'embed', 'video'].includes(element.tagName);
}

const linkClasses = new Set(
  'comments talklinks quickreply entrylinkbar entry-footer entry-linkbar ljtags-edit b-linkbar ljads lj-like commentlinks'.split(
    ' ',
  ),
);
const actions =
  /[?&;](?:mode=reply|replyto=|nc=|view=comments)|#comments$|\/(?:go|editjournal|update|talkpost)\.bml|\/(?:tools|manage|friends|share)\/|livejournal\.com\/allpics|javascript:/i;

/** Whether a link acts on an entry: what people link to at other sites may look so, and is theirs. */
function isAction(href: string): boolean {
  return actions.test(href) && !leadsElsewhere(href);
}

/** Gives every link to act on an entry to the site, with the marks around it, wherever it stands outside the words. */
export function ruleLinks(root: Parent, taken: Taken): void {
  for (const link of findAll(root, (e) => e.tagName === 'a' && isAction(attribute(e, 'href') ?? ''))) {
    const block = closest(link, isBlock);
    taken.rule(entryLinks, block !== undefined && isLinks(block) ? block : link);
  }
}

/** Whether an element holds nothing but links to answer, share, edit or go on. */
function isLinks(element: Element): boolean {
  const names = attribute(element, 'class')?.split(/\s+/) ?? [];
  if (
    names.some((name) => linkClasses.has(name)) ||
    /^(?:ljqrt|qrdiv|qrformdiv)/.test(attribute(element, 'id') ?? '')
  )
    return true;
  if (!isBlock(element) && element.tagName !== 'a') return false;
  const links = element.tagName === 'a' ? [element] : findAll(element, (e) => e.tagName === 'a');
  const targets = links.map((a) => attribute(a, 'href') ?? '');
  if (!targets.some(isAction) && !(links.length > 0 && links.every(leadsOn))) return false;
  return findTexts(element).every(
    (text) =>
      closest(text, (e) => e.tagName === 'a') !== undefined ||
      /^[\s\p{P}\p{S}]*$/u.test(isText(text) ? text.value : ''),
  );
}

/** Whether a link leads to the entry before or after this one; layouts draw it as an arrow. */
function leadsOn(link: Element): boolean {
  const image = find(link, (e) => e.tagName === 'img') ?? link;
  const words =
    textOf(link) || attribute(link, 'title') || attribute(image, 'alt') || attribute(image, 'title') || '';
  return (
    /^\W*(?:previous|prev|next|предыдущая|следующая)(?: entry| запись)?\W*$/i.test(words) &&
    readAddress(attribute(link, 'href')) !== undefined
  );
}

function findTexts(element: Element): readonly Node[] {
  const texts: Node[] = [];
  const stack: Node[] = [...element.childNodes];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) texts.push(node);
    else if ('childNodes' in node) for (const child of node.childNodes) stack.push(child);
  }
  return texts;
}

/** Where the last line of labels begins in a run of bare nodes: the index of its label, undefined when it is none. */
function startOfLine(nodes: readonly Node[], from: number, to: number): number | undefined {
  for (let i = to - 1; i >= from; i--) {
    const node = nodes[i];
    if (node === undefined || (isElement(node) && (node.tagName === 'br' || isBlock(node)))) return undefined;
    if (isElement(node) && isBold(node) && labels.test(textOf(node))) {
      const before = nodes.slice(from, i).findLast((n) => !(isText(n) && n.value.trim() === ''));
      const isLine =
        before === undefined || (isElement(before) && (before.tagName === 'br' || isBlock(before)));
      return isLine ? i : undefined;
    }
  }
  return undefined;
}

function isBold(element: Element): boolean {
  if (['strong', 'b', 'th'].includes(element.tagName)) return true;
  if (element.tagName !== 'span') return false;
  return (
    /caption/.test(attribute(element, 'class') ?? '') ||
    /font-weight:\s*bold/.test(attribute(element, 'style') ?? '')
  );
}

/** The lines of an element that holds nothing but labels and their values; undefined for any other. */
export function labelLines(element: Element, taken: Taken): JournalEntry['about'] | undefined {
  if (!findAll(element, (e) => isBold(e) && labels.test(textOf(e))).length) return undefined;
  return readLines(flatten(element), taken);
}

/** No layout nests its labels deeper; a hostile page nests as deep as the parser lets it. */
const deepest = 100;

/** Rows, cells and divisions inside an element as one run of nodes with line ends between. */
function flatten(element: Element, depth = 0): readonly Node[] {
  return element.childNodes.flatMap((child) => {
    if (!isElement(child) || !/^(?:div|p|table|tbody|tr|td|ul|li|dl|dt|dd)$/.test(child.tagName))
      return [child];
    const isCell = child.tagName === 'td' && findAll(child, isBold).length === 0;
    return isCell || depth >= deepest ? [child] : flatten(child, depth + 1);
  });
}

function readLines(nodes: readonly Node[], taken: Taken): JournalEntry['about'] | undefined {
  const lines: { readonly label: Element; readonly value: Node[] }[] = [];
  const marks: Node[] = [];
  for (const node of nodes) {
    if (isElement(node) && isBold(node) && labels.test(textOf(node))) lines.push({ label: node, value: [] });
    else if (/^[[\]|]?$/.test(wordsOfNode(node))) marks.push(node);
    else if (lines.length === 0) return undefined;
    else lines.at(-1)?.value.push(node);
  }
  return lines.map(({ label, value }) => {
    const words = {
      label: textOf(label).replace(/\s*:$/, ''),
      value: value
        .map(wordsOfNode)
        .join(' ')
        .replace(/^\s*:\s*/, '')
        .replace(/ ,/g, ',')
        .replace(/\s+/g, ' ')
        .trim(),
    };
    claim(taken, labelMarks, [label, ...value], words.label, words.value);
    taken.rule(labelMarks, marks);
    return words;
  });
}

function wordsOfNode(node: Node): string {
  return isText(node) ? node.value.replace(/\s+/g, ' ').trim() : textOf(node);
}
