import type { Node } from 'prosemirror-model';
import { countWords } from '../model/text/words.ts';

/** How many words a text has, beside the toolbar. Only blocks that changed are counted again. */
export class WordCount {
  readonly dom = document.createElement('span');
  readonly #counted = new WeakMap<Node, number>();

  constructor() {
    this.dom.className = 'word-count';
  }

  /** Says how many words the document has now. */
  show(doc: Node): void {
    let words = 0;
    doc.forEach((block) => {
      const known =
        this.#counted.get(block) ?? countWords(block.textBetween(0, block.content.size, ' ', ' '));
      this.#counted.set(block, known);
      words += known;
    });
    this.dom.textContent = `${words.toLocaleString('en-GB')} ${words === 1 ? 'word' : 'words'}`;
  }
}
