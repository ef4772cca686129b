import fc from 'fast-check';
import { EditorState, type Transaction } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import { anyDocument } from './document/documents.testing.ts';
import { schema } from './document/schema.ts';
import { history, keptHistory, redo, undo } from './keeping/history.ts';
import { curl, quotesOf } from './quotes.ts';

describe('undo', () => {
  const start = (doc: EditorState['doc'], kept?: unknown) =>
    EditorState.create({ doc, plugins: [history(kept)] });
  const typed = (state: EditorState, at: number, words: string, time: number): EditorState => {
    const places: number[] = [];
    state.doc.descendants((node, pos) => {
      if (node.isTextblock) places.push(pos + 1);
    });
    const place = places[at % Math.max(1, places.length)];
    return place === undefined ? state : state.apply(state.tr.insertText(words, place).setTime(time));
  };
  const all = (state: EditorState, command: typeof undo): EditorState => {
    let now = state;
    for (let turns = 0; turns < 100; turns++) {
      let next: EditorState | undefined;
      if (
        !command(now, (tr: Transaction) => {
          next = now.apply(tr);
        }) ||
        next === undefined
      )
        return now;
      now = next;
    }
    return now;
  };

  it('takes everything back after a reload, and makes it again', () => {
    const edits = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('a', 'lamp ', '“')), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(anyDocument, edits, (doc, changes) => {
        const after = changes.reduce(
          (s, [at, words], i) => typed(s, at, words, i * 1_000 + 1_000),
          start(doc),
        );
        const kept = JSON.parse(JSON.stringify(keptHistory(after)));
        const reloaded = start(after.doc, kept);
        const back = all(reloaded, undo);
        expect(back.doc.eq(doc)).toBe(true);
        expect(all(back, redo).doc.eq(after.doc)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('takes back in one what was typed in one breath', () => {
    const doc = schema.node('doc', null, [schema.node('paragraph')]);
    const state = typed(typed(typed(start(doc), 0, 'c', 1_000), 0, 'b', 1_200), 0, 'a', 9_000);
    let once = state;
    undo(state, (tr) => {
      once = state.apply(tr);
    });
    expect(once.doc.textContent).toBe('bc');
  });

  it('begins anew where what was kept is spoiled', () => {
    const doc = schema.node('doc', null, [schema.node('paragraph')]);
    expect(undo(start(doc, { done: [{ steps: [{ stepType: 'no' }], selection: null }], undone: 3 }))).toBe(
      false,
    );
    expect(undo(start(doc, 'nonsense'))).toBe(false);
  });
});

describe('quotation marks', () => {
  const write = (text: string, language: string): string => {
    let out = '';
    for (const c of text) out += c === '"' || c === "'" ? curl(c, out, quotesOf(language)) : c;
    return out;
  };
  it.each([
    ['en', `"It isn't 'his' lamp," she said.`, '“It isn’t ‘his’ lamp,” she said.'],
    ['en-GB', `("Yes")`, '(“Yes”)'],
    ['de', `"Sie sagte 'nein'."`, '„Sie sagte ‚nein‘.“'],
    ['de', `Rosi's Lampe`, 'Rosi’s Lampe'],
    ['fr', `"L'eau"`, '«\u202fL’eau\u202f»'],
    ['sv', `"Ja"`, '”Ja”'],
    ['tlh', `"Ja"`, '“Ja”'],
  ])('are those of %s', (language, typed, meant) => {
    expect(write(typed, language)).toBe(meant);
  });
});
