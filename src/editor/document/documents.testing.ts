/** Documents people might write, for property tests. */
import fc from 'fast-check';
import { type Mark, Node } from 'prosemirror-model';
import { schema } from './schema.ts';

const words = fc.constantFrom(
  ...[
    'lamp',
    'The “quay”',
    'said she, ',
    ' twice  spaced ',
    'a*b',
    '**',
    '1. x',
    '# no',
    '- no',
    '+',
    '[x](y)',
    '(so)',
  ],
  ...[
    'a_b_c',
    '_',
    '2 < 3 & 4',
    '&amp;',
    '`',
    '> q',
    '!',
    'http://a.example/x_y',
    'me@a.example',
    '\\',
    'x\\',
    '~~',
    '|',
  ],
  ...['===', '—', 'שלום', '…', '* * *', 'o', ':', '<b>', '[^1]', 'nb\u00a0sp', '#'],
);
const href = fc.constantFrom(
  'https://a.example/x?y=1&z',
  'https://a.example/(x)',
  'mailto:a@b.example',
  'https://a.example/a_b*c*',
);
const mark: fc.Arbitrary<Mark> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('em', 'i').map((tag) => schema.mark('em', { tag })) },
  { weight: 4, arbitrary: fc.constantFrom('strong', 'b').map((tag) => schema.mark('strong', { tag })) },
  { weight: 2, arbitrary: href.map((to) => schema.mark('link', { href: to })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('u', 's', 'sup', 'code').map((tag) => schema.mark('other', { tag })),
  },
  fc.constant(schema.mark('other', { tag: 'span', lang: 'fr' })),
);
const marks = fc
  .array(mark, { maxLength: 2 })
  .map((some) => some.reduce<readonly Mark[]>((set, m) => m.addToSet(set), []));
const text = fc.tuple(words, marks).map(([w, m]) => schema.text(w, m));
const image = fc
  .tuple(fc.constantFrom('', 'a lamp', 'a [small] "lamp"'), fc.constantFrom(null, '40'))
  .map(([alt, width]) => schema.node('image', { src: `resource:${'0a'.repeat(32)}`, alt, width }));
const lineBreak = fc.constant(schema.node('hard_break'));
const phrase: fc.Arbitrary<Node> = fc.oneof(
  { weight: 12, arbitrary: text },
  { weight: 1, arbitrary: image },
  { weight: 2, arbitrary: lineBreak },
);
const footnote = fc.array(phrase, { maxLength: 3 }).map((nodes) => schema.node('footnote', null, nodes));
const line = fc.array(fc.oneof({ weight: 12, arbitrary: phrase }, { weight: 1, arbitrary: footnote }), {
  maxLength: 6,
});
const plain = { lang: null, dir: null, id: null };
const ways = fc.oneof(
  { weight: 6, arbitrary: fc.constant(plain) },
  fc.constantFrom({ ...plain, dir: 'rtl' }, { ...plain, lang: 'ar', dir: 'rtl' }),
);
const paragraph = fc
  .tuple(line, ways, fc.constantFrom(null, null, null, null, 'center', 'right'))
  .map(([nodes, attrs, align]) => schema.node('paragraph', { ...attrs, align }, nodes));

/** A word first, so that no paragraph of a list is empty or only a mark. */
const inItem = fc
  .tuple(ways, line)
  .map(([attrs, nodes]) => schema.node('paragraph', attrs, [schema.text('oil '), ...nodes]));
/** Lists within lists, so deep. */
function list(depth: number): fc.Arbitrary<Node> {
  const inner = depth > 0 ? fc.array(list(depth - 1), { maxLength: 1 }) : fc.constant([]);
  const item = fc.tuple(inItem, inner, fc.array(inItem, { maxLength: 1 }));
  const kind = fc.constantFrom(['bullet_list', null], ['ordered_list', null], ['ordered_list', '7']);
  return fc
    .tuple(kind, fc.boolean(), fc.array(item, { minLength: 1, maxLength: 3 }))
    .map(([[type, start], isTight, items]) => {
      const made = items.map(([first, lists, more]) => {
        const tight = isTight && more.length === 0;
        const opening = tight ? schema.node('paragraph', null, first.content) : first;
        return schema.node('list_item', { tight }, [opening, ...lists, ...more]);
      });
      return schema.node(type ?? '', type === 'ordered_list' ? { start } : null, made);
    });
}

/** Blocks within quotations, so deep. */
function block(depth: number): fc.Arbitrary<Node> {
  const flat = fc.oneof(
    { weight: 8, arbitrary: paragraph },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(null, '* * *', '~~~', '⁂')
        .map((m) => schema.node('scene_break', { mark: m })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(line, fc.constantFrom(2, 3, 6), ways)
        .map(([nodes, level, attrs]) => schema.node('heading', { ...attrs, level }, nodes)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(line, ways).map(([nodes, attrs]) => schema.node('verse', attrs, nodes)),
    },
    { weight: 2, arbitrary: list(2) },
  );
  if (depth === 0) return flat;
  const quotation = fc
    .tuple(fc.array(block(depth - 1), { minLength: 1, maxLength: 3 }), ways)
    .map(([blocks, attrs]) => schema.node('blockquote', attrs, blocks));
  return fc.oneof({ weight: 10, arbitrary: flat }, { weight: 1, arbitrary: quotation });
}

/** Any document of the schema that can be written in the editor. */
export const anyDocument: fc.Arbitrary<Node> = fc
  .array(block(2), { minLength: 1, maxLength: 6 })
  .map((blocks) => Node.fromJSON(schema, schema.node('doc', null, blocks).toJSON()));
