import { type DefaultTreeAdapterMap, defaultTreeAdapter, Parser, type TreeAdapter } from 'parse5';
import type { Element, Parent } from '../dom.ts';
import { Unreadable } from '../errors.ts';

/** Elements nested deeper than this are no page a person wrote: such a file is refused. */
const deepest = 4096;

/**
 * Parses a page or a fragment of one. Elements know their line (`lineOf`).
 * @throws Unreadable when elements nest deeper than 4,096.
 */
export function parsePage(text: string): Parent {
  const parser: Parser<DefaultTreeAdapterMap> = new Parser<DefaultTreeAdapterMap>({
    scriptingEnabled: false,
    treeAdapter: lineKeeping(() => parser),
  });
  parser.tokenizer.write(text, true);
  return parser.document;
}

interface Placed {
  line?: number;
  depth?: number;
}

/** A tree adapter that notes on each element the line its tag ended on, and refuses trees that are too deep. */
function lineKeeping(parser: () => Parser<DefaultTreeAdapterMap>): TreeAdapter<DefaultTreeAdapterMap> {
  const deepen = (parent: Placed, child: Placed): void => {
    const depth = (parent.depth ?? 0) + 1;
    if (depth > deepest) {
      throw new Unreadable(`html: elements are nested more than ${deepest} deep; no person wrote this page`);
    }
    child.depth = depth;
  };
  return {
    ...defaultTreeAdapter,
    createElement(tag, namespace, attrs) {
      const element: Element & Placed = {
        nodeName: tag,
        tagName: tag,
        attrs,
        namespaceURI: namespace,
        childNodes: [],
        parentNode: null,
        line: parser().tokenizer.preprocessor.line,
        depth: 0,
      };
      return element;
    },
    appendChild(parent, child) {
      if ('tagName' in child) deepen(parent as Placed, child as Placed);
      defaultTreeAdapter.appendChild(parent, child);
    },
    insertBefore(parent, child, reference) {
      if ('tagName' in child) deepen(parent as Placed, child as Placed);
      defaultTreeAdapter.insertBefore(parent, child, reference);
    },
  };
}
