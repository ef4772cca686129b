import { readFileSync } from 'node:fs';
import createDOMPurify from 'dompurify';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { isElement, lineOf } from './dom.ts';
import { Unreadable } from './errors.ts';
import {
  blocksOf,
  type CleanHtml,
  cleanBlocks,
  cleanHtml,
  escapeHtml,
  htmlOfText,
  isDivider,
  joinBlocks,
  paragraph,
  parsePage,
  textOfHtml,
} from './html.ts';
import { sharedPath } from './testing/shared.ts';

describe('cleanHtml keeps what a story is made of', () => {
  const kept = [
    ['bare words become a paragraph', 'Hello.', '<p>Hello.</p>'],
    ['two line breaks end a paragraph', 'One<br><br>Two', '<p>One</p>\n<p>Two</p>'],
    ['one line break stays', 'One<br>Two', '<p>One<br/>Two</p>'],
    ['three line breaks part scenes', 'One<br><br><br>Two', '<p>One</p>\n<hr/>\n<p>Two</p>'],
    ['emphasis over two paragraphs is divided', '<i>a<br><br>b</i>', '<p><i>a</i></p>\n<p><i>b</i></p>'],
    ['emphasis is closed at a line end', '<p><b>a<br>b</b></p>', '<p><b>a</b><br/><b>b</b></p>'],
    ['a centred divider is a scene mark', '<center>* * *</center>', '<p class="scene">* * *</p>'],
    ['alignment stays', '<p align="right">x</p>', '<p class="right">x</p>'],
    ['headings leave the first level to the page', '<h1>Part</h1>', '<h2>Part</h2>'],
    ['lists, quotes and tables stay', '<ul><li>a</ul>', '<ul><li>a</li></ul>'],
    ['an item without a list gets one', '<li>a', '<ul><li>a</li></ul>'],
    ['language and direction stay', '<span lang="de">ja</span>', '<p><span lang="de">ja</span></p>'],
    ['preformatted white space stays', '<pre>\n\n a\n  b</pre>', '<pre>\n\n a\n  b</pre>'],
    ['spaces move out of emphasis', 'a<b> b </b>c', '<p>a <b>b</b> c</p>'],
    ['a word may be half emphasised', 'un<i>believ</i>able', '<p>un<i>believ</i>able</p>'],
  ] as const;
  test.each(kept)('%s', (_, html, clean) => {
    expect(cleanHtml(html)).toBe(clean);
  });

  test('links to web and mail stay, marked as strangers’; others lose their target and keep their words', () => {
    expect(cleanHtml('<a href="https://a.example/x?a=1&b=2">x</a>')).toBe(
      '<p><a href="https://a.example/x?a=1&amp;b=2" rel="nofollow ugc noopener">x</a></p>',
    );
    for (const href of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      '/relative',
      '//',
      'vbscript:x',
    ]) {
      expect(cleanHtml(`<a href="${href}">x</a>`)).toBe('<p>x</p>');
    }
  });

  test('a relative link is resolved where the page’s address is known', () => {
    const [block] = cleanBlocks([...blocksNodes('<a href="/2.html">x</a>')], {
      base: 'https://j.example/1.html',
    });
    expect(block?.lines[0]?.html).toContain('href="https://j.example/2.html"');
  });

  test('footnotes lead to their places, out of the way of the page’s own ids', () => {
    expect(cleanHtml('<p>a<a href="#n1">1</a></p><p id="n1">note</p><p id="lone">b</p>')).toBe(
      '<p>a<a href="#t-n1">1</a></p>\n<p id="t-n1">note</p>\n<p>b</p>',
    );
  });

  test('a picture that did not come along becomes a link in its words', () => {
    expect(cleanHtml('<img src="http://pics.example/a%20cat.png">')).toBe(
      '<p><a href="http://pics.example/a%20cat.png" rel="nofollow ugc noopener">a cat.png</a></p>',
    );
  });

  test('script, style and frames go with their contents; forms and fonts leave their words', () => {
    expect(
      cleanHtml('<script>x</script><style>y</style><iframe>z</iframe><form><font>words</font></form>'),
    ).toBe('<p>words</p>');
  });
});

describe('the tree it reads', () => {
  test('knows the line of each element', () => {
    const lines: (number | null)[] = [];
    for (const node of blocksNodes('<p>a</p>\n<p>b</p>')) if (isElement(node)) lines.push(lineOf(node));
    expect(lines).toEqual([1, 2]);
  });

  test('is refused when it is deeper than anything a person wrote, before it costs time', () => {
    expect(() => parsePage('<div>'.repeat(200_000))).toThrow(Unreadable);
    expect(() => parsePage('<b>'.repeat(5_000))).toThrow(Unreadable);
    expect(() => parsePage('<div>'.repeat(3_000))).not.toThrow();
  });
});

describe('whatever it is given', () => {
  const nasty = fc.array(
    fc.constantFrom(
      ...'<p> </p> <b> </b> <i> <a href="http://x.example/"> </a> <table> <tr> <td> </table> <ul> <li> </ul> <h3> </h3> <svg> <math> <style> </style> <title> </title> <br> <br><br> <hr> <pre> </pre> <dl> <dt> <dd> <blockquote> </blockquote> <ruby> <rt> <select> <option> <textarea> </textarea> <template> <noscript> </noscript> <img/src=x> <form> <button> <caption> <figure> <figcaption> <center> </center> <!-- --> <![CDATA[ ]]> word & &amp; &lt; " \' \u00a0 \n \0'.split(
        ' ',
      ),
      ' ',
    ),
    { maxLength: 40 },
  );

  test('the name of a picture that did not come along is one line, as words are', () => {
    expect(cleanHtml('<img src="https://a.example/x.png" alt="a\n lamp">')).toBe(
      '<p><a href="https://a.example/x.png" rel="nofollow ugc noopener">a lamp</a></p>',
    );
    expect(cleanHtml('<img src="https://a.example/a%0A%20lamp">')).toContain('>a lamp</a>');
  });

  test('places and links to them stand once, or not at all', () => {
    expect(cleanHtml('<a href="#n">go</a><a name="n"></a>')).toBe('<p>go</p>');
    expect(cleanHtml('<a name="n">one<br>two</a><a href="#n">go</a>')).toBe(
      '<p><span id="t-n">one</span><br/>two<a href="#t-n">go</a></p>',
    );
    expect(cleanHtml('<a href="#n">go <span id="n">here</span></a>')).toBe(
      '<p><a href="#t-n">go <span id="t-n">here</span></a></p>',
    );
  });

  test('cleaning twice equals cleaning once', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const clean = cleanHtml(parts.join(''));
        expect(cleanHtml(clean)).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  test('plain text survives as its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const fold = (t: string): string => t.replace(/[\s\0]+/g, ' ').trim();
        expect(fold(textOfHtml(htmlOfText(text)))).toBe(fold(text));
      }),
    );
  });

  const path = sharedPath('corpora/html-payloads.jsonl');
  const payloads = path === undefined ? [] : readFileSync(path, 'utf8').trim().split('\n').map(payloadOf);

  test.skipIf(path === undefined)(
    'the collected payloads come out inside what DOMPurify allows, and stay as they are',
    { timeout: 60_000 },
    () => {
      const judge = createDOMPurify(new JSDOM('').window);
      const allowed = {
        ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|resource:|#)/i,
        ADD_ATTR: ['rel'],
        ADD_URI_SAFE_ATTR: ['rel'],
      };
      for (const payload of payloads) {
        const clean = cleanHtml(payload);
        expect(cleanHtml(clean)).toBe(clean);
        const judged = judge.sanitize(clean, { ...allowed, RETURN_DOM: true });
        expect('innerHTML' in judged && judged.innerHTML, payload).toBe(normal(clean));
      }
    },
  );

  test('what it makes is well-formed XML too', () => {
    const parser = new new JSDOM('').window.DOMParser();
    fc.assert(
      fc.property(nasty, (parts) => {
        const clean = cleanHtml(parts.join('')).replaceAll('\0', '');
        const parsed = parser.parseFromString(`<div>${clean}</div>`, 'application/xhtml+xml');
        expect(parsed.getElementsByTagName('parsererror')).toHaveLength(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('scene marks', () => {
  test.each(['* * *', '***', '~~~', '⁂', '-----', '* SENT * SENT *', '=====', 'o0o', '~*~*~'])(
    '%s divides',
    (mark) => {
      expect(isDivider(mark)).toBe(true);
    },
  );
  test.each(['', 'No.', '...', '…', 'I', 'XO', 'Oo', '“—”', 'THE END', '*sigh*'])('%j does not', (line) => {
    expect(isDivider(line)).toBe(false);
  });
});

test('a paragraph of plain lines is escaped', () => {
  expect(joinBlocks([paragraph(['a < b & "c"', '<script>'])])).toBe(
    `<p>${escapeHtml('a < b & "c"')}<br/>&lt;script&gt;</p>`,
  );
});

test('a clean text gives its blocks back', () => {
  const clean = '<p>a<br/>b</p>\n<hr/>\n<p class="scene">***</p>\n<h3>c</h3>' as CleanHtml;
  expect(joinBlocks(blocksOf(clean))).toBe(clean);
  expect(blocksOf(clean).map((b) => b.kind)).toEqual(['paragraph', 'break', 'break', 'heading']);
});

function blocksNodes(html: string) {
  const page = parsePage(html);
  const root = page.childNodes.find((n) => n.nodeName === 'html');
  const body =
    root !== undefined && 'childNodes' in root
      ? root.childNodes.find((n) => n.nodeName === 'body')
      : undefined;
  return body !== undefined && 'childNodes' in body ? body.childNodes : [];
}

function payloadOf(line: string): string {
  const { payload } = JSON.parse(line) as { payload: unknown };
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}

/** Serialises through one DOM, so that two spellings of the same tree are equal. */
const holder = new JSDOM('').window.document.createElement('div');
function normal(html: string): string {
  holder.innerHTML = html;
  return holder.innerHTML;
}
