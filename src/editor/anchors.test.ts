import { JSDOM } from 'jsdom';
import { EditorState } from 'prosemirror-state';
import { expect, it } from 'vitest';
import { anchorMarks } from './anchors.ts';
import { schema } from './document/schema.ts';

const paragraph = (words: string) => schema.node('paragraph', null, [schema.text(words)]);

/** The words that are marked beside cards about them. */
function marked(cards: string, edit?: (state: EditorState) => EditorState): readonly string[] {
  const { document } = new JSDOM(`<div id="page"><ol data-anchors>${cards}</ol></div>`).window;
  const page = document.getElementById('page') as unknown as HTMLElement;
  const doc = schema.node('doc', null, [paragraph('She laughed below.'), paragraph('He laughed again.')]);
  const marks = anchorMarks(page);
  const state = EditorState.create({ doc, plugins: [marks] });
  const now = edit?.(state) ?? state;
  const found = marks.getState(now)?.find() ?? [];
  return found.map(({ from, to, spec }) => `${spec.card} ${from}: ${now.doc.textBetween(from, to)}`);
}

it('marks the words a card is about, told from others by what stands beside them', () => {
  expect(marked('<li id="s-1" data-quote="laughed" data-prefix="He " data-suffix=" again">')).toEqual([
    's-1 24: laughed',
  ]);
  expect(marked('<li id="s-2" data-quote="gone"><li id="s-3">')).toEqual([]);
});

it('marks whole words, not letters within others', () => {
  expect(marked('<li id="s-1" data-quote="he" data-prefix="gone ">')).toEqual([]);
  expect(marked('<li id="s-1" data-quote="below" data-prefix="gone ">')).toEqual(['s-1 13: below']);
});

it('moves the marks with the text', () => {
  const typed = (state: EditorState) => state.apply(state.tr.insertText('And ', 1));
  expect(marked('<li id="s-1" data-quote="laughed" data-prefix="She ">', typed)).toEqual(['s-1 9: laughed']);
});
