/** A link in a text that leads to no passage: its words, and why. */
export interface BrokenLink {
  readonly words: string;
  readonly why: string;
}

/**
 * The links of a text as it is typed (Markdown) that lead nowhere. Addresses within a page or without a site are not
 * kept when the text is saved; those of this work (`own`, an address up to its id) may name a passage it has not.
 */
export function brokenLinks(typed: string, own: string, keys: ReadonlySet<string>): readonly BrokenLink[] {
  return [...typed.matchAll(/(?<![\\!])\[((?:[^[\]\\]|\\.)*)\]\(\s*<?([^\s)>]+)/g)].flatMap(
    ([, words = '', href = '']): BrokenLink[] => {
      const why = whyBroken(href, own, keys);
      return why === undefined ? [] : [{ words, why }];
    },
  );
}

/** The links of a text as it is kept that lead to no passage of this work. */
export function brokenLinksOf(html: string, own: string, keys: ReadonlySet<string>): readonly BrokenLink[] {
  if (!html.includes(`href="${own}`)) return [];
  return [...html.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].flatMap(
    ([, href = '', words = '']): BrokenLink[] => {
      const why = whyBroken(href, own, keys);
      return why === undefined || href.startsWith('#') ? [] : [{ words: words.replace(/<[^>]*>/g, ''), why }];
    },
  );
}

function whyBroken(href: string, own: string, keys: ReadonlySet<string>): string | undefined {
  const isWhole = /^(?:https?|mailto):/i.test(href);
  if (!isWhole) return 'is no whole address; to lead to a passage, add a choice';
  const rest = href.startsWith(own) ? href.slice(own.length) : '';
  const key = /^(?:-[0-9a-z]+)?\/read\/([^?#/]+)/.exec(rest)?.[1];
  return key === undefined || keys.has(key) ? undefined : 'leads to a passage this story does not have';
}
