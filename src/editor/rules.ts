import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import type { MarkType } from 'prosemirror-model';
import { NodeSelection, type Plugin, TextSelection } from 'prosemirror-state';
import { schema } from './document/schema.ts';
import { curl, quotesOf } from './quotes.ts';

/** What becomes something else as it is typed: the signs of Markdown, quotation marks of a language, dashes. One undo brings back what was typed. */
export function rules(language: string): Plugin {
  const { nodes, marks } = schema;
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, (match) => ({
        level: Math.max(2, match[1]?.length ?? 2),
      })),
      wrappingInputRule(/^>\s$/, nodes.blockquote),
      wrappingInputRule(/^[-+*]\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d{1,5})[.)]\s$/, nodes.ordered_list, (match) => ({
        start: match[1] === '1' ? null : (match[1] ?? null),
      })),
      sceneBreak,
      marked(/(?:^|[^*\\])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.strong, 2),
      marked(/(?:^|[^*\\])\*([^*\s](?:[^*]*[^*\s])?)\*$/, marks.em, 1),
      note,
      ...quotation(language),
      new InputRule(/--$/, '—'),
      new InputRule(/\.\.\.$/, '…'),
    ],
  });
}

/** Three stars or dashes alone part scenes. */
const sceneBreak = new InputRule(/^(?:\*\*\*|---|—-)$/, (state, _match, start) => {
  const { $from } = state.selection;
  if ($from.parent.type.name !== 'paragraph' || $from.parent.content.size !== $from.parentOffset) return null;
  const at = state.doc.resolve(start).before();
  const tr = state.tr.replaceWith(at, $from.after(), [schema.node('scene_break'), schema.node('paragraph')]);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2))).scrollIntoView();
});

function marked(pattern: RegExp, type: MarkType, length: number): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const words = match[1] ?? '';
    const from = start + match[0].length - words.length - 2 * length;
    const tr = state.tr.delete(from + length + words.length, end).delete(from, from + length);
    return tr.addMark(from, from + words.length, type.create()).removeStoredMark(type);
  });
}

const note = new InputRule(/\[\^$/, (state, _match, start, end) => {
  if (state.selection.$from.parent.type.name === 'footnote') return null;
  const tr = state.tr.replaceWith(start, end, schema.node('footnote'));
  return tr.setSelection(NodeSelection.create(tr.doc, start));
});

function quotation(language: string): readonly InputRule[] {
  return ['"', "'"].map(
    (sign) =>
      new InputRule(new RegExp(`${sign}$`), (state, _match, start, end) => {
        const { $from } = state.selection;
        const before = $from.parent.textBetween(0, start - $from.start(), '', '￼');
        return state.tr.insertText(curl(sign, before, quotesOf(language)), start, end);
      }),
  );
}
