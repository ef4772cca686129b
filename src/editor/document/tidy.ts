import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { isDivider } from '../../html/blocks.ts';
import { schema } from './schema.ts';

/*
 * A document as it comes back from the server: HTML folds spaces, trims lines and has no paragraphs without words; two
 * line breaks end a paragraph, and a line that is only a mark parts scenes (decisions/002).
 */

/** The document as readers will have it. Its words are the same. */
export function tidy(doc: Node): Node {
  const blocks = doc.children.flatMap((block) => tidyBlock(inOrder(block)));
  return schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('paragraph')]);
}

/** A node with marks of one kind in one order, whichever way round they were set. */
export function inOrder(node: Node): Node {
  if (node.marks.length < 2 && node.isLeaf) return node;
  const marks = node.marks.toSorted((a, b) =>
    a.type === b.type ? JSON.stringify(a.attrs).localeCompare(JSON.stringify(b.attrs)) : 0,
  );
  const content = Fragment.from(node.children.map(inOrder));
  return node.isText ? node.mark(marks) : node.copy(content).mark(marks);
}

function tidyBlock(block: Node): readonly Node[] {
  switch (block.type.name) {
    case 'paragraph':
    case 'verse':
      return stanzas(tidyLines(block.content)).map((lines) => paragraphOf(block, lines));
    case 'heading': {
      const lines = tidyLines(block.content).filter((line) => line.length > 0);
      return lines.length > 0 ? [block.copy(joined(lines))] : [];
    }
    case 'blockquote': {
      const blocks = block.children.flatMap((child) => tidyBlock(child));
      return blocks.length > 0 ? [block.copy(Fragment.from(blocks))] : [];
    }
    case 'bullet_list':
    case 'ordered_list': {
      const items = block.children.flatMap((item) => tidyItem(item));
      return items.length > 0 ? [block.copy(Fragment.from(items))] : [];
    }
    default:
      return [block];
  }
}

/** In an item line breaks part lines and nothing else. Its first paragraph stays, even without words. */
function tidyItem(item: Node): readonly Node[] {
  const [first, ...others] = item.children;
  const rest = others.flatMap((child) =>
    child.type.name === 'paragraph' ? inItem(child) : tidyBlock(child),
  );
  const opening = first === undefined ? [] : inItem(first);
  if (opening.length === 0 && rest.length === 0) return [];
  return [
    item.copy(Fragment.from([...(opening.length > 0 ? opening : [schema.node('paragraph')]), ...rest])),
  ];
}

function inItem(paragraph: Node): readonly Node[] {
  const lines = tidyLines(paragraph.content).filter((line) => line.length > 0);
  return lines.length > 0 ? [paragraph.copy(joined(lines))] : [];
}

function paragraphOf(block: Node, lines: readonly Line[]): Node {
  const content = joined(lines);
  const text = content.textBetween(0, content.size, '', '￼');
  return lines.length === 1 && isDivider(text)
    ? schema.node('scene_break', { mark: text })
    : block.copy(content);
}

type Line = readonly Node[];

/** Lines parted where one is empty. */
function stanzas(lines: readonly Line[]): readonly (readonly Line[])[] {
  const parts: Line[][] = [[]];
  for (const line of lines) {
    if (line.length > 0) parts.at(-1)?.push(line);
    else if (parts.at(-1)?.length !== 0) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

function joined(lines: readonly Line[]): Fragment {
  return Fragment.from(lines.flatMap((line, i) => (i === 0 ? line : [schema.node('hard_break'), ...line])));
}

function tidyLines(content: Fragment): readonly Line[] {
  const lines: Node[][] = [[]];
  for (const node of content.content) {
    if (node.type.name === 'hard_break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines.map(tidyLine);
}

/** Spaces of a line folded; one keeps only the marks that go on over it. */
function tidyLine(line: Line): Line {
  const nodes: Node[] = [];
  let space: readonly Mark[] | undefined;
  for (const node of line) {
    const whole = node.type.name === 'footnote' ? tidyNote(node) : node;
    if (whole === undefined) continue;
    const words = node.text?.replace(/[ \t\r\n\f]+/g, ' ');
    if (words?.trim() === '') {
      space = common(space, node.marks);
      continue;
    }
    if (words?.startsWith(' ')) space = common(space, node.marks);
    const last = nodes.at(-1);
    if (space !== undefined && last !== undefined) {
      const marks = common(common(space, last.marks), node.marks);
      nodes.push(schema.text(' ', marks));
    }
    space = words?.endsWith(' ') ? node.marks : undefined;
    nodes.push(words === undefined ? whole : schema.text(trimmed(words), node.marks));
  }
  // Neighbours with the same marks become one.
  return Fragment.fromArray(nodes).content;
}

function tidyNote(note: Node): Node | undefined {
  const lines = tidyLines(note.content).filter((line) => line.length > 0);
  return lines.length > 0 ? note.copy(joined(lines)) : undefined;
}

function common(some: readonly Mark[] | undefined, marks: readonly Mark[]): readonly Mark[] {
  return some === undefined ? marks : some.filter((mark) => mark.isInSet(marks));
}

function trimmed(words: string): string {
  return words.replace(/^ | $/g, '');
}
