import type { Condition } from '../../model/state.ts';

/*
 * attributes = '{' item {blank item} '}'          at the end of a heading, or after the link of a choice
 * item       = '#' key | '.' class | name '=' value | name '="' characters '"'
 * In a quoted value `"`, `{`, `}` and `&` are written &quot; &#123; &#125; &amp;.
 */

/** What stands in braces after a heading or a choice. */
export interface Attributes {
  readonly key: string | null;
  readonly classes: ReadonlySet<string>;
  /** Values by name, in order; a name may stand more than once. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const item = /\s*(?:#([\w-]+)|\.([\w-]+)|([a-z]+)=(?:"([^"{}]*)"|([^\s"{}]+)))/y;

/** Reads braces with all they hold, undefined when they hold anything but attributes. */
export function readAttributes(braces: string): Attributes | undefined {
  const inside = /^\{\s*(\S[^{}]*?)\s*\}$/.exec(braces)?.[1];
  if (inside === undefined) return undefined;
  let key: string | null = null;
  const classes = new Set<string>();
  const values = new Map<string, string[]>();
  let at = 0;
  while (at < inside.length) {
    item.lastIndex = at;
    const found = item.exec(inside);
    if (found === null) return undefined;
    const [, id, name, field, quoted, bare] = found;
    if (id !== undefined) key = id;
    if (name !== undefined) classes.add(name);
    if (field !== undefined)
      values.set(field, [...(values.get(field) ?? []), unescaped(quoted ?? bare ?? '')]);
    at = item.lastIndex;
  }
  return { key, classes, values };
}

function unescaped(value: string): string {
  return value.replace(/&(?:quot|amp|#123|#125);/g, (c) => references[c] ?? c);
}

const references: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&amp;': '&',
  '&#123;': '{',
  '&#125;': '}',
};

/** The conditions of a choice: `{if=lamp unless=visited:cellar}`; undefined where a name is none of these. */
export function conditionsOf(attributes: Attributes): readonly Condition[] | undefined {
  const found: Condition[] = [];
  for (const [name, values] of attributes.values) {
    if (name !== 'if' && name !== 'unless') return undefined;
    for (const value of values) {
      const holds = name === 'if';
      const passage = /^visited:(.+)$/.exec(value)?.[1];
      found.push(
        passage === undefined ? { kind: 'flag', flag: value, holds } : { kind: 'visited', passage, holds },
      );
    }
  }
  return attributes.key === null && attributes.classes.size === 0 ? found : undefined;
}
