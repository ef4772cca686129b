import { type CleanHtml, documentText } from '../../html.ts';
import { markdownOfHtml, markdownOfLine, markdownOfLink } from '../../markdown/write.ts';
import type { Edition } from '../../model/edition.ts';
import type { Choice, Passage, Story, VariantSet } from '../../model/state.ts';
import { frontMatter } from './front-matter.ts';

/** A work as Markdown, in UTF-8. */
export function writeMarkdown(edition: Edition<CleanHtml>): Uint8Array {
  const passages = edition.passages.map((passage) => passageText(passage, edition));
  const text = [frontMatter(edition.work), ...passages].join('\n');
  return new TextEncoder().encode(documentText(text));
}

function passageText(passage: Passage<CleanHtml>, story: Story<CleanHtml>): string {
  const body = markdownOfHtml(passage.html);
  const choices = story.choices.filter((c) => c.from === passage.key);
  // Another sign than that of lists in the text, so that choices never run into one.
  const ways = choices.map((c) => `+ ${markdownOfLink(c.label, `#${c.to}`, conditions(c))}`).join('\n');
  return `${[heading(passage, story.variantSets), body, ways].filter((part) => part !== '').join('\n\n')}\n`;
}

function heading(passage: Passage, sets: readonly VariantSet[]): string {
  const set = sets.find((s) => s.branches.some((b) => b.head === passage.key));
  const branch = set?.branches.find((b) => b.head === passage.key);
  const title = passage.title ?? '';
  const words = branch === undefined ? title : branch.label;
  const isLine = words === words.trim() && !/[\r\n\t]| {2}/.test(words);
  const signs = [
    `#${passage.key}`,
    ...(set === undefined ? [] : ['.variant', `of=${set.place}`]),
    ...(passage.ending ? ['.ending'] : []),
    ...((branch !== undefined || !isLine) && title !== '' ? [`title=${quoted(title)}`] : []),
    ...passage.sets.map((flag) => `set=${value(flag)}`),
    ...passage.unsets.map((flag) => `unset=${value(flag)}`),
    ...passage.tags.map((tag) => `tag=${value(tag)}`),
  ];
  const shown = markdownOfLine(words.replace(/\s+/g, ' ').trim());
  return `## ${shown}${shown === '' ? '' : ' '}{${signs.join(' ')}}`;
}

function conditions({ showIf }: Choice): string {
  if (showIf.length === 0) return '';
  const signs = showIf.map((c) => {
    const name = c.holds ? 'if' : 'unless';
    return `${name}=${value(c.kind === 'flag' ? c.flag : `visited:${c.passage}`)}`;
  });
  return `{${signs.join(' ')}}`;
}

/** A value bare where it may stand so. */
function value(text: string): string {
  return /^[\w:.-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  const line = text.replace(/[\r\n]+/g, ' ');
  return `"${line.replace(/["&{}]/g, (c) => references[c] ?? c)}"`;
}

const references: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  '{': '&#123;',
  '}': '&#125;',
};
