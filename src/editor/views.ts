import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet, type NodeViewConstructor } from 'prosemirror-view';
import { noteView } from './note-view.ts';

/** How blocks and pictures are shown that are more than their words; `images` is the path below which pictures are. */
export function nodeViews(images: string): Readonly<Record<string, NodeViewConstructor>> {
  return {
    image: (node) => {
      const dom = document.createElement('img');
      dom.src = pathOf(node.attrs.src, images);
      dom.alt = node.attrs.alt;
      return { dom };
    },
    raw: (node) => ({ dom: rawBlock(node, images), ignoreMutation: () => true, stopEvent: () => true }),
    footnote: noteView,
  };
}

function pathOf(src: string, images: string): string {
  return src.replace(/^resource:/, images);
}

/** A block that is kept as it is: shown, with a word on why it cannot be typed in. */
function rawBlock({ attrs }: Node, images: string): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'kept-block';
  dom.contentEditable = 'false';
  // Clean HTML of our own server, parsed in a document of its own.
  const { body } = new DOMParser().parseFromString(attrs.html, 'text/html');
  for (const image of body.querySelectorAll('img'))
    image.src = pathOf(image.getAttribute('src') ?? '', images);
  const why = document.createElement('p');
  why.className = 'kept-block-why';
  why.textContent = 'Kept as it is. To change it, write the text as Markdown.';
  dom.append(...body.childNodes, why);
  return dom;
}

/** Marks the block in which the cursor stands, for who wants to see only that. */
export function hereMark(): Plugin {
  return new Plugin({
    props: {
      decorations({ doc, selection: { $from } }) {
        if ($from.depth === 0) return null;
        const here = Decoration.node($from.before(1), $from.after(1), { class: 'is-here' });
        return DecorationSet.create(doc, [here]);
      },
    },
  });
}
