import { Fragment, Node } from 'prosemirror-model';
import { mergeBlocks, mergedBlocks, mergesCleanly } from '../model/text/merge.ts';
import { schema } from './document/schema.ts';

/** Two documents that came of one, as one; undefined where both changed the same blocks otherwise. */
export function mergeDocuments(began: Node, mine: Node, theirs: Node): Node | undefined {
  const stretches = mergeBlocks(blocksOf(began), blocksOf(mine), blocksOf(theirs));
  if (!mergesCleanly(stretches)) return undefined;
  const blocks = mergedBlocks(stretches).map((block) => Node.fromJSON(schema, JSON.parse(block)));
  return schema.node('doc', null, Fragment.from(blocks.length > 0 ? blocks : [schema.node('paragraph')]));
}

function blocksOf(doc: Node): readonly string[] {
  return doc.children.map((block) => JSON.stringify(block.toJSON()));
}
