/**
 * The cleaned view of a page that was imported. It is made by saying what may be seen, not what may not: of the page
 * only those lines are shown whose words the archive shows in public anyway (the story, its header, readable comments,
 * names, dates). So screened comments, addresses of people who commented and the site's own parts stay out, whatever
 * the page looks like.
 */
import {
  type Block,
  blocksOf,
  blockText,
  type CleanHtml,
  cleanBlocks,
  htmlOfText,
  joinBlocks,
} from '../../html.ts';
import { openFile } from '../../import/open.ts';
import { isPage } from '../../import/remainder.ts';
import { leavesOf, longestLabel } from '../../import/review/lines.ts';
import type { Edition } from '../../model/edition.ts';
import type { SourceRecord } from '../../model/source.ts';

/** A stretch of the page, or the place where something of it is not shown. */
export type Piece = { readonly kind: 'shown'; readonly html: CleanHtml } | { readonly kind: 'left out' };

/**
 * The page of a source as far as it is public. `edition` is the work as the public may read it.
 * @throws Unreadable when the bytes are no page or text.
 */
export function viewAsItWas(
  bytes: Uint8Array,
  record: SourceRecord,
  edition: Edition<CleanHtml>,
): readonly Piece[] {
  const file = openFile({ path: record.name, bytes });
  const isPublic = publicWords(edition);
  const blocks = isPage(file)
    ? leavesOf(file.tree(), isPublic).flatMap((nodes) =>
        cleanBlocks(nodes, { base: record.address ?? undefined }),
      )
    : blocksOf(htmlOfText(file.text));
  const pieces: Piece[] = [];
  let shown: Block[] = [];
  const flush = (): void => {
    if (shown.length > 0) pieces.push({ kind: 'shown', html: joinBlocks(shown) });
    shown = [];
  };
  for (const block of blocks) {
    if (block.kind !== 'break' && wordsOf(blockText(block)) === '') continue;
    const lines = isPublic(blockText(block))
      ? block.lines
      : block.lines.filter((line) => isPublic(line.text));
    if (lines.length > 0) shown.push({ ...block, lines });
    if (lines.length === block.lines.length) continue;
    flush();
    if (pieces.at(-1)?.kind === 'shown') pieces.push({ kind: 'left out' });
  }
  flush();
  return pieces.at(-1)?.kind === 'left out' ? pieces.slice(0, -1) : pieces;
}

/** Words a layout puts between names and dates; none of them says anything by itself. */
const connectives = new Set(
  'a am and at by comment comments current date edited entry from in link local location mood music no of on parent pm post posted re replies reply said subject tags the this thread time title to utc gmt with wrote'.split(
    ' ',
  ),
);

/** Tells of a line whether all of its words stand in public. */
function publicWords(edition: Edition<CleanHtml>): (line: string) => boolean {
  const texts = textsOf(edition)
    .flatMap((html) => blocksOf(html))
    .flatMap((block) => block.lines.map((line) => wordsOf(line.text)));
  const whole = new Set(texts);
  const corpus = ` ${texts.join(' ')} `;
  const facts = [...new Set(factsOf(edition).map(wordsOf))]
    .filter((fact) => fact !== '')
    .sort((one, other) => other.length - one.length);
  // Lines broken elsewhere than ours are looked for in all the words, which is slow for large pages: bounded.
  let searches = Math.floor(500_000_000 / (corpus.length + 1));
  return (line) => {
    const words = wordsOf(line);
    if (words === '' || whole.has(words)) return true;
    if (line.length <= longestLabel && isMadeOf(words, facts)) return true;
    return words.length >= 20 && searches-- > 0 && corpus.includes(` ${words} `);
  };
}

function isMadeOf(words: string, facts: readonly string[]): boolean {
  let left = ` ${words} `;
  for (const fact of facts) {
    if (fact.length + 2 <= left.length && left.includes(` ${fact} `))
      left = left.replaceAll(` ${fact} `, '  ');
  }
  return left.split(' ').every((word) => word === '' || connectives.has(word));
}

function wordsOf(text: string): string {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');
}

function textsOf({ work, passages, comments }: Edition<CleanHtml>): CleanHtml[] {
  return [
    work.summary,
    work.notes,
    work.endnotes,
    work.disclaimer,
    ...passages.map((passage) => passage.html),
    ...comments.map((comment) => comment.html),
  ].filter((html) => html !== null);
}

function factsOf({ work, passages, comments, variantSets, choices }: Edition<CleanHtml>): string[] {
  return [
    work.title,
    ...work.creators.flatMap((creator) => [creator.name, creator.site]),
    ...[work.fandoms, work.relationships, work.characters, work.freeforms].flat(),
    work.posted?.written,
    work.revised?.written,
    ...work.asWritten.flatMap((line) => [line.label, line.value]),
    ...passages.map((passage) => passage.title),
    ...choices.map((choice) => choice.label),
    ...variantSets.flatMap((set) => set.branches.map((branch) => branch.label)),
    ...comments.flatMap((comment) => [
      comment.author !== null && 'name' in comment.author ? comment.author.name : null,
      comment.posted?.written,
      comment.edited?.written,
      comment.subject,
    ]),
  ].filter((fact) => typeof fact === 'string');
}
