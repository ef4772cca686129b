import { isElement, isUnseen, lineOf, visibleText } from '../dom.ts';
import { type CleanHtml, textOfHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import { isEditionJson } from './edition/index.ts';
import type { OpenFile, Reading } from './importer.ts';

/** Words of a source that are nowhere: not in an Edition, not in a remark, not in chrome. */
export interface Leftover {
  readonly line: number | null;
  readonly text: string;
}

/**
 * Accounts for every visible word and sign of a file: each must stand in an Edition, in a remark's quote or in
 * chrome as often as in the file. What is not accounted for is the remainder, in the order of the file. Works on
 * what came out, never on what an importer says that it took.
 */
export function findRemainder(file: OpenFile, reading: Reading): Leftover[] {
  const stock = new Map<string, number>();
  for (const text of [...reading.chrome.map((c) => c.text), ...reading.editions.flatMap(wordsOfEdition)]) {
    for (const token of tokensOf(text)) stock.set(token, (stock.get(token) ?? 0) + 1);
  }
  const has = (token: string): boolean => (stock.get(token) ?? 0) > 0;
  const take = (token: string): boolean => {
    const found = has(token);
    if (found) stock.set(token, (stock.get(token) ?? 0) - 1);
    return found;
  };
  const words = [...wordsOfFile(file)];
  const missing = words.map((parts) => (parts.length > 1 ? [] : parts.filter((p) => !take(p.text))));
  // Words in parts come last, when their parts can be those of no other word.
  for (const [i, parts] of words.entries()) {
    if (parts.length < 2) continue;
    const isApart = parts.every((p) => has(p.text));
    if (!isApart && take(parts.map((p) => p.text.normalize('NFC')).join(''))) continue;
    missing[i] = parts.filter((p) => !take(p.text));
  }
  return byLine(missing.flat());
}

/** What is left of one line in one piece. */
function byLine(left: readonly Leftover[]): Leftover[] {
  const lines: Leftover[] = [];
  for (const { line, text } of left) {
    const last = lines.at(-1);
    if (last?.line === line) lines[lines.length - 1] = { line, text: `${last.text} ${text}` };
    else lines.push({ line, text });
  }
  return lines;
}

/** The words and signs of a file, each in its parts: markup may stand within a word, as in `<b>T</b>he`. */
function* wordsOfFile(file: OpenFile): Generator<readonly Leftover[]> {
  let open: Leftover[] = [];
  for (const { line, text } of visiblePieces(file)) {
    const goesOn = open.length > 0 && /^[\p{L}\p{M}\p{N}]/u.test(text);
    for (const [i, token] of tokensOf(text).entries()) {
      if (i > 0 || !goesOn) {
        if (open.length > 0) yield open;
        open = [];
      }
      open.push({ line, text: token });
    }
    if (open.length > 0 && !/[\p{L}\p{M}\p{N}]$/u.test(text)) {
      yield open;
      open = [];
    }
  }
  if (open.length > 0) yield open;
}

/** The words of a text, and its signs one by one; invisible characters do not count. What a source is accounted for by. */
export function tokensOf(text: string): readonly string[] {
  return text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}\p{C}]/gu) ?? [];
}

function* visiblePieces(file: OpenFile): Generator<Leftover> {
  // Its schema accounts for every field: what an Edition has no place for is a remark.
  if (isEditionJson(file)) return;
  const isMarkdown = /\.(md|markdown|mkd)$/i.test(file.name);
  if (isMarkdown || !isPage(file)) {
    const markup = isMarkdown ? /[^\s\p{L}\p{M}\p{N}]+/gu : /$^/;
    for (const [i, text] of file.text.split(/\r\n?|\n/).entries())
      yield { line: i + 1, text: `${text.replace(markup, ' ')}\n` };
    return;
  }
  for (const node of visibleText(file.tree())) {
    const parent = node.parentNode;
    if (parent !== null && isElement(parent) && isUnseen(parent)) continue;
    yield { line: lineOf(node), text: node.value };
  }
}

/** Whether a file is a page rather than a text: it has a tag a page has. */
export function isPage(file: OpenFile): boolean {
  return /<(?:!doctype html|html|head|title|form|body|div|table|p|article|td)\b/i.test(
    file.text.slice(0, 65_536),
  );
}

function wordsOfEdition(edition: Edition<CleanHtml>): string[] {
  const { work } = edition;
  const html = [
    work.summary,
    work.notes,
    work.endnotes,
    work.disclaimer,
    ...edition.passages.map((p) => p.html),
    ...edition.comments.map((c) => c.html),
    ...edition.notes.map((n) => n.html),
  ];
  const plain = [
    work.title,
    ...work.creators.flatMap((c) => [c.name, c.site]),
    ...work.fandoms,
    ...work.relationships,
    ...work.characters,
    ...work.freeforms,
    work.posted?.written,
    work.revised?.written,
    ...work.asWritten.flatMap((l) => [l.label, l.value]),
    ...edition.passages.map((p) => p.title),
    ...edition.choices.map((c) => c.label),
    ...edition.variantSets.flatMap((s) => s.branches.map((b) => b.label)),
    ...edition.comments.flatMap((c) => [
      c.author !== null && 'name' in c.author ? c.author.name : null,
      c.posted?.written,
      c.edited?.written,
      c.subject,
      c.icon,
      c.importedFrom,
    ]),
    ...edition.notes.flatMap((n) => [n.title, n.posted?.written]),
    ...edition.remarks.map((r) => r.quote),
  ];
  const texts = plain.filter((t) => t !== null && t !== undefined);
  return [...texts, ...html.filter((h) => h !== null).map(textOfHtml)];
}
