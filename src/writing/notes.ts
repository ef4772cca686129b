import { type Block, blocksOf, joinBlocks } from '../html.ts';

/** A text whose notes are taken out, a mark where each is called, and the notes as Markdown. */
export interface Folded {
  /** The blocks without the list of notes; what calls a note is a mark that is nothing to Markdown. */
  readonly blocks: readonly Block[];
  readonly notes: readonly string[];
  /** What was written of the blocks, with the signs of Markdown (`[^1]`) in place of the marks. */
  signed(markdown: string): string;
}

/** Marks that are punctuation to Markdown, as `[^1]` is, so that what stands beside them is written alike. */
const [opens, closes] = ['\u2e28', '\u2e29'];

function signed(markdown: string): string {
  const mark = new RegExp(`${opens}([\\w.\\\\-]+)${closes}`, 'g');
  return markdown.replace(mark, (_, name: string) => `[^${name.replaceAll('\\', '')}]`);
}

/** How a note is called, and what leads back from it (`markdown/read.ts`, cleaned). */
const call = /<sup><a id="t-fnref-([\w.-]+)" href="#t-fn-\1">\d+<\/a><\/sup>/g;
const note = /<li id="t-fn-([\w.-]+)"><p>((?:(?!<\/p>).)*) <a href="#t-fnref-\1">↩<\/a><\/p><\/li>/gs;

/**
 * Takes the notes out of a text that ends in a list of them, each called once and of one paragraph; undefined for any
 * other text. `write` writes a paragraph as Markdown.
 */
export function foldNotes(all: readonly Block[], write: (block: Block) => string): Folded | undefined {
  const list = all.at(-1);
  if (list === undefined) return undefined;
  const markup = joinBlocks([list]);
  const found = [...markup.matchAll(note)].map(([, name = '', words = '']) => ({ name, words }));
  const isWhole = markup === `<ol>${[...markup.matchAll(note)].map(([item]) => item).join('')}</ol>`;
  const rest = joinBlocks(all.slice(0, -1));
  if (found.length === 0 || !isWhole || rest.includes(opens) || rest.includes(closes)) return undefined;
  const blocks = blocksOf(rest.replace(call, (_, name: string) => `${opens}${name}${closes}`));
  const notes = found.map(({ name, words }) => {
    const lines = blocksOf(`<p>${words}</p>`).map(write);
    return `[^${name}]: ${lines.join('').replace(/\\\n/g, '<br/>')}`;
  });
  return { blocks, notes, signed };
}
