import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

/**
 * Marks in the text the words that cards beside it are about: each card within `[data-anchors]` says them in
 * `data-quote`, with what stands before and after. Marks move with the text; a press on one leads to its card.
 */
export function anchorMarks(page: HTMLElement): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    state: {
      init: (_, { doc }) => DecorationSet.create(doc, marksOf(doc, page)),
      apply: (tr, set) => set.map(tr.mapping, tr.doc),
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
      handleClick(view, pos) {
        const [found] = this.getState(view.state)?.find(pos, pos) ?? [];
        const card = found === undefined ? null : document.getElementById(found.spec.card);
        card?.scrollIntoView({ block: 'nearest' });
        card?.classList.add('is-shown');
        setTimeout(() => card?.classList.remove('is-shown'), 2_000);
        return false;
      },
    },
  });
}

function marksOf(doc: Node, page: HTMLElement): Decoration[] {
  const cards = [...page.querySelectorAll<HTMLElement>('[data-anchors] [data-quote]')];
  if (cards.length === 0) return [];
  const { text, places } = wordsOf(doc);
  return cards.flatMap((card) => {
    const { quote = '', prefix = '', suffix = '' } = card.dataset;
    const exact = text.indexOf(prefix + quote + suffix);
    const at = quote === '' ? -1 : exact >= 0 ? exact + prefix.length : indexOfWords(text, quote);
    const [from, last] = [places[at], places[at + quote.length - 1]];
    if (at < 0 || from === undefined || last === undefined) return [];
    return [Decoration.inline(from, last + 1, { class: 'anchored' }, { card: card.id })];
  });
}

/** Where a quote stands as words of its own: “the” is not in “other”. */
function indexOfWords(text: string, quote: string): number {
  const letter = /[\p{L}\p{N}]/u;
  const cuts = (before: string, after: string): boolean => letter.test(before) && letter.test(after);
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const end = at + quote.length;
    if (
      !cuts(text.charAt(at - 1), quote.charAt(0)) &&
      !cuts(quote.charAt(quote.length - 1), text.charAt(end))
    )
      return at;
  }
  return -1;
}

/** The plain words of a document, blocks and lines apart by a line break, and where each character stands. */
function wordsOf(doc: Node): { readonly text: string; readonly places: readonly number[] } {
  let text = '';
  const places: number[] = [];
  const put = (words: string, pos: number): void => {
    for (let i = 0; i < words.length; i++) places.push(pos + i);
    text += words;
  };
  doc.descendants((node, pos) => {
    if (node.isTextblock && text !== '') put('\n', pos);
    if (node.isText) put(node.text ?? '', pos);
    else if (node.type.name === 'hard_break') put('\n', pos);
    return node.type.name !== 'footnote';
  });
  return { text, places };
}
