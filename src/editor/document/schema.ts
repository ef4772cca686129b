import { type Attrs, type DOMOutputSpec, type Mark, Schema } from 'prosemirror-model';

/*
 * What a passage may hold while it is written: the part of clean HTML (decisions/002) that people write. What stands in a
 * text besides (tables, journal markup) is kept in `raw` blocks, seen and not edited.
 */

/** What blocks may say of themselves: language, direction, and the place that a link of the same text leads to. */
const blockAttributes = { lang: { default: null }, dir: { default: null }, id: { default: null } };

/** Inline elements that have no mark of their own here, and are kept as they are. */
const otherTags = 'u s del ins sub sup small code cite q mark kbd samp var bdi bdo abbr dfn span'.split(' ');

/** The blocks, marks and notes of a passage under the writer's hands, and how each is shown there. */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: {
      content: '(phrase | footnote)*',
      group: 'block',
      attrs: { ...blockAttributes, align: { default: null } },
      parseDOM: [
        { tag: 'p.center', getAttrs: (e) => ({ ...blockAttributesOf(e), align: 'center' }) },
        { tag: 'p.right', getAttrs: (e) => ({ ...blockAttributesOf(e), align: 'right' }) },
        { tag: 'p', getAttrs: blockAttributesOf },
      ],
      toDOM: ({ attrs }) => ['p', { ...shown(attrs), class: attrs.align }, 0],
    },
    /** Lines that are lines: a poem, a letter’s head. Its first line is not indented, and a long one hangs. */
    verse: {
      content: '(phrase | footnote)*',
      group: 'block',
      attrs: blockAttributes,
      defining: true,
      parseDOM: [{ tag: 'p.verse', getAttrs: blockAttributesOf, priority: 60 }],
      toDOM: ({ attrs }) => ['p', { ...shown(attrs), class: 'verse' }, 0],
    },
    heading: {
      content: '(phrase | footnote)*',
      group: 'block',
      defining: true,
      attrs: { ...blockAttributes, level: { default: 2 }, align: { default: null } },
      parseDOM: [2, 3, 4, 5, 6].map((level) => ({
        tag: `h${level}`,
        getAttrs: (e) => ({
          ...blockAttributesOf(e),
          level,
          align: /^(center|right)$/.exec(e.className)?.[0] ?? null,
        }),
      })),
      toDOM: ({ attrs }) => [`h${attrs.level}`, { ...shown(attrs), class: attrs.align }, 0],
    },
    /** `mark` is what the writer put there herself (`* * *`), null for a plain break. */
    scene_break: {
      group: 'block',
      attrs: { mark: { default: null } },
      leafText: (node) => node.attrs.mark ?? '',
      parseDOM: [
        { tag: 'hr' },
        { tag: 'p.scene', getAttrs: (e) => ({ mark: e.textContent }), ignore: false, priority: 60 },
      ],
      toDOM: ({ attrs }) => (attrs.mark === null ? ['hr'] : ['p', { class: 'scene' }, attrs.mark]),
    },
    blockquote: {
      content: 'block+',
      group: 'block',
      defining: true,
      attrs: blockAttributes,
      parseDOM: [{ tag: 'blockquote', getAttrs: blockAttributesOf }],
      toDOM: ({ attrs }) => ['blockquote', shown(attrs), 0],
    },
    bullet_list: {
      content: 'list_item+',
      group: 'block list',
      attrs: blockAttributes,
      parseDOM: [{ tag: 'ul', getAttrs: blockAttributesOf }],
      toDOM: ({ attrs }) => ['ul', shown(attrs), 0],
    },
    ordered_list: {
      content: 'list_item+',
      group: 'block list',
      attrs: {
        ...blockAttributes,
        start: { default: null },
        type: { default: null },
        reversed: { default: null },
      },
      parseDOM: [
        {
          tag: 'ol',
          getAttrs: (e) => ({
            ...blockAttributesOf(e),
            start: e.getAttribute('start'),
            type: e.getAttribute('type'),
            reversed: e.getAttribute('reversed'),
          }),
        },
      ],
      toDOM: ({ attrs: { start, type, reversed, ...attrs } }) => [
        'ol',
        { ...shown(attrs), start, type, reversed },
        0,
      ],
    },
    /** `tight`: its words stand in it without a paragraph of their own. */
    list_item: {
      content: 'paragraph block*',
      defining: true,
      attrs: { ...blockAttributes, value: { default: null }, tight: { default: true } },
      parseDOM: [
        {
          tag: 'li',
          getAttrs: (e) => ({
            ...blockAttributesOf(e),
            value: e.getAttribute('value'),
            tight: e.querySelector(':scope > p') === null,
          }),
        },
      ],
      toDOM: ({ attrs: { value, tight, ...attrs } }) => [
        'li',
        { ...shown(attrs), value, class: tight ? 'tight' : null },
        0,
      ],
    },
    /** A block this schema has no word for, as clean HTML. Never read from a clipboard. */
    raw: {
      group: 'block',
      atom: true,
      attrs: { html: { validate: 'string' } },
      leafText: (node) => wordsOfHtml(node.attrs.html),
      toDOM: ({ attrs }) => ['p', wordsOfHtml(attrs.html)],
    },
    text: { group: 'phrase' },
    hard_break: {
      group: 'phrase',
      inline: true,
      selectable: false,
      linebreakReplacement: true,
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
    },
    /** `src` is the address of a picture that came with the work: `resource:<sha256>`. */
    image: {
      group: 'phrase',
      inline: true,
      draggable: true,
      attrs: {
        src: { validate: 'string' },
        alt: { default: '' },
        width: { default: null },
        height: { default: null },
      },
      parseDOM: [
        {
          tag: 'img[src^="resource:"]',
          getAttrs: (e) => ({
            src: e.getAttribute('src'),
            alt: e.getAttribute('alt') ?? '',
            width: e.getAttribute('width'),
            height: e.getAttribute('height'),
          }),
        },
      ],
      toDOM: ({ attrs }) => ['img', { ...attrs }],
    },
    /** A note, held where it is called. */
    footnote: {
      content: 'phrase*',
      inline: true,
      atom: true,
      isolating: true,
      parseDOM: [{ tag: 'var-note' }],
      toDOM: (): DOMOutputSpec => ['var-note', 0],
    },
  },
  marks: {
    link: {
      attrs: { href: { validate: 'string' }, id: { default: null } },
      inclusive: false,
      parseDOM: [
        { tag: 'a[href]', getAttrs: (e) => ({ href: e.getAttribute('href'), id: e.getAttribute('id') }) },
      ],
      toDOM: ({ attrs }) => ['a', { href: attrs.href, id: attrs.id, rel: 'nofollow ugc noopener' }],
    },
    /** Journals lean words with `i`, Markdown with `em`: one mark, told apart by its tag. */
    em: emphasis('em', 'i'),
    strong: emphasis('strong', 'b'),
    other: {
      attrs: {
        tag: { validate: 'string' },
        lang: { default: null },
        dir: { default: null },
        title: { default: null },
        id: { default: null },
      },
      excludes: '',
      inclusive: false,
      parseDOM: [...otherTags, 'em', 'i', 'strong', 'b'].map((tag) => ({
        tag,
        priority: 40,
        getAttrs: (e) => ({
          tag,
          lang: e.getAttribute('lang'),
          dir: e.getAttribute('dir'),
          title: e.getAttribute('title'),
          id: e.getAttribute('id'),
        }),
      })),
      toDOM: ({ attrs: { tag, ...attrs } }) => [tag, attrs],
    },
  },
});

function emphasis(plain: string, other: string) {
  return {
    attrs: { tag: { default: plain } },
    parseDOM: [plain, other].map((tag) => ({
      tag: `${tag}:not([lang], [dir], [id])`,
      getAttrs: () => ({ tag }),
    })),
    toDOM: (mark: Mark): DOMOutputSpec => [mark.attrs.tag],
  };
}

/** What is copied of a block that cannot be edited: its words. */
function wordsOfHtml(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function blockAttributesOf(element: HTMLElement) {
  return {
    lang: element.getAttribute('lang'),
    dir: element.getAttribute('dir'),
    id: element.getAttribute('id'),
  };
}

function shown({ lang, dir, id }: Attrs) {
  return { lang, dir, id };
}
