import type { Node } from '../../dom.ts';
import type { JournalPage } from './page.ts';
import { wordsOf } from './words.ts';

/** What programs that save pages do to them; none of it changes what a page says. */
export const savedAs: readonly (readonly [string, (html: string) => string])[] = [
  [
    'a browser that writes tables anew',
    (html) => html.replace(/<table([^>]*)>/gi, '<table$1><tbody>').replace(/<\/table>/gi, '</tbody></table>'),
  ],
  ['Internet Explorer, in capitals and without quotes', withoutQuotes],
  [
    'SingleFile, every picture within the page',
    (html) =>
      html
        .replace(/ src=(["'])[^"']*\1/g, ' src="data:image/gif;base64,R0lGODlhAQABAAAAACw="')
        .replace(/<\/?form\b[^>]*>/gi, ''),
  ],
  [
    'Firefox, with its folder beside',
    (html) => html.replace(/ src=(["'])(?:[^"']*\/)?([^"'/]*)\1/g, ' src=$1page_files/$2$1'),
  ],
  ['an editor with the line ends of Windows', (html) => `\uFEFF${html.replace(/\n/g, '\r\n')}`],
  ['a program that takes out white space', (html) => html.replace(/>\s*\n\s*/g, '> ')],
];

function withoutQuotes(html: string): string {
  return html.replace(
    /<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>/g,
    (_, slash: string, tag: string, attributes: string) => {
      const bare = attributes.replace(/ (id|class|width|height|size|border)=(["'])([\w-]+)\2/g, ' $1=$3');
      return `<${slash}${tag.toUpperCase()}${bare}>`;
    },
  );
}

/** All that a page says, nodes as their words, so that two copies of it can be compared. */
export function told(page: JournalPage): unknown {
  return page.entries.map(({ element: _, body, comments, ...entry }) => ({
    ...entry,
    body: joined(body),
    comments: comments.map(({ element: _e, body: words, ...comment }) => ({
      ...comment,
      body: joined(words),
    })),
  }));
}

function joined(nodes: readonly Node[]): string {
  return nodes
    .map(wordsOf)
    .filter((words) => words !== null)
    .join(' ');
}
