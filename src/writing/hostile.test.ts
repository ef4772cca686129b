import { describe, expect, test } from 'vitest';
import { Invalid, Unreadable } from '../errors.ts';
import { htmlOfMarkdown, markdownToEdit } from './markdown.ts';

/** Ten thousand characters, as a comment may have, of signs that parsers of Markdown look for partners of. */
const hostile: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(10_000),
  'open pictures': '!['.repeat(5_000),
  'links that do not close': '[a]('.repeat(2_500),
  'notes that are nowhere': '[^a] '.repeat(2_000),
  stars: '*a**b'.repeat(2_000),
  'stars in stars': '**a*'.repeat(2_500),
  tildes: '~~a '.repeat(2_500),
  'ever longer code': Array.from({ length: 140 }, (_, i) => '`'.repeat(i)).join(' '),
  'open comments': '<!--'.repeat(2_500),
  'open instructions': '<?'.repeat(5_000),
  'quotations in quotations': '>'.repeat(10_000),
  'lists in lists': '- '.repeat(5_000),
  'a wide table': `${'|a'.repeat(200)}\n${'|-'.repeat(200)}\n${'|a|\n'.repeat(2_000)}`,
  'addresses in brackets': '[www.a.b '.repeat(1_100),
  'elements in elements': '<b>'.repeat(3_000),
};

describe('words made to harm', () => {
  test.each(Object.entries(hostile))('take no longer than others: %s', (_, text) => {
    const before = process.cpuUsage();
    let html: string | undefined;
    try {
      html = htmlOfMarkdown(text);
    } catch (error) {
      // Refused is as good as read.
      expect(error instanceof Invalid || error instanceof Unreadable).toBe(true);
    }
    if (html !== undefined) {
      expect(html.length).toBeLessThan(20 * text.length);
      expect(htmlOfMarkdown(markdownToEdit(html as never))).toBe(html);
    }
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(3_000);
  });

  test('leave what people write as it is: many signs in many paragraphs, a list of links, a table', () => {
    const emphasis = Array.from({ length: 1_000 }, (_, i) => `*word ${i}* and **more**`).join('\n\n');
    expect(htmlOfMarkdown(emphasis).match(/<em>/g)).toHaveLength(1_000);
    const links = Array.from({ length: 300 }, (_, i) => `- [a ${i}](https://a.example/${i})`).join('\n');
    expect(htmlOfMarkdown(links).match(/<a /g)).toHaveLength(300);
    const table = `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(300)}`;
    expect(htmlOfMarkdown(table).match(/<td/g)).toHaveLength(600);
    expect(htmlOfMarkdown(`${'> '.repeat(30)}deep`).match(/<blockquote>/g)).toHaveLength(30);
  });
});
