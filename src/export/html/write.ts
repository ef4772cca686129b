import { type CleanHtml, documentText, escapeHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { contentsItems } from '../book/contents.ts';
import { backMatter, colophon, frontMatter } from '../book/front.ts';
import { picturesOf } from '../book/images.ts';
import { own, type Places, passageSection } from '../book/passage.ts';
import { type Plan, planBook } from '../book/plan.ts';
import { partsStyle, textStyle } from '../book/style.ts';
import { threadList } from '../book/thread.ts';
import type { ExportOptions } from '../exporter.ts';

/** A work as one page of HTML, in UTF-8. */
export function writeHtml(edition: Edition<CleanHtml>, options: ExportOptions): Uint8Array {
  const text = documentText(page(planBook(edition, options)));
  return new TextEncoder().encode(text.replace(notHtml, ''));
}

/** Characters an HTML document may not hold besides those XML may not (HTML Standard, 13.2.3.5). */
const notHtml = /[\x7f-\x9f]|\p{Noncharacter_Code_Point}/gu;

function page(plan: Plan): string {
  const pictures = picturesOf(plan.edition.resources);
  const places: Places = {
    level: 2,
    passage: (key) => `#p-${key}`,
    fork: (key) => `#fork-${key}`,
    comment: (index) => `#c-${index + 1}`,
    image(sha256) {
      const picture = pictures.get(sha256);
      return picture && `data:${picture.mediaType};base64,${Buffer.from(picture.bytes).toString('base64')}`;
    },
  };
  const { language, direction } = plan;
  const lang = language === undefined ? '' : ` lang="${language}"`;
  return `<!DOCTYPE html>
<html${lang}${direction === 'rtl' ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="Variorum"/>
<title>${escapeHtml(plan.title)}</title>
<style>
${style}</style>
</head>
<body>
<header class="front">
${frontMatter(plan, places)}</header>
${contents(plan, places)}<main>
${plan.leaves.map((leaf) => passageSection(plan, places, leaf)).join('\n')}
</main>
${after(plan, places)}</body>
</html>
`;
}

function contents(plan: Plan, places: Places): string {
  if (plan.leaves.length < 2) return '';
  return `<nav class="contents" aria-labelledby="contents">\n<h2 id="contents"${own}>Contents</h2>\n<ol>\n${contentsItems(plan, places)}</ol>\n</nav>\n`;
}

function after(plan: Plan, places: Places): string {
  const back = backMatter(plan, places);
  const thread =
    plan.thread.length === 0
      ? ''
      : `<section id="comments">\n<h2${own}>Comments</h2>\n${threadList(plan, places, plan.thread)}\n</section>\n`;
  return `${back}${thread}<footer id="colophon"${own}>\n<h2>Where this page comes from</h2>\n${colophon(plan)}\n</footer>\n`;
}

/** The colours of the archive's pages, light and dark (LOOK: sigla). */
const style = `:root { color-scheme: light dark; --paper: #fbf8f2; --ink: #211d18; --link: #7a2e1f; --edge: #8c8170; --on: #fffdf9; --s1: #0f6b5f; --s2: #a03a2a; --s3: #3b4a99; --s4: #8a6412; }
@media (prefers-color-scheme: dark) { :root { --paper: #17150f; --ink: #ece5d8; --link: #e39a83; --edge: #857b6a; --on: #17150f; --s1: #5fb8a8; --s2: #e0806d; --s3: #94a3ea; --s4: #d4ac4f; } }
html { background: var(--paper); color: var(--ink); scroll-padding-top: 1rem; }
body { max-width: 34em; margin: 0 auto; padding: 1.5em 1.2em 6em; font: 1.19rem/1.66 Literata, Georgia, "Times New Roman", serif; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; }
a { color: var(--link); text-underline-offset: 0.15em; }
.front { margin-bottom: 3em; } .passage { margin: 4em 0; }
.contents ol { list-style: none; padding-left: 0; } .contents ol ol { padding-left: 1.5em; }
.contents a, .choices a, .endings a, .card > a { display: inline-block; padding: 0.4em 0; }
:target { outline: 2px solid var(--edge); outline-offset: 0.6em; border-radius: 0.2em; }
.table { overflow-x: auto; }
${textStyle}${partsStyle}.siglum { color: var(--on); background: var(--edge); }
.siglum-1 { background: var(--s1); } .siglum-2 { background: var(--s2); } .siglum-3 { background: var(--s3); } .siglum-4 { background: var(--s4); }
.card-1 { border-left-color: var(--s1); } .card-2 { border-left-color: var(--s2); } .card-3 { border-left-color: var(--s3); } .card-4 { border-left-color: var(--s4); }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print { body { max-width: none; padding: 0; } .passage { break-before: page; } :target { outline: 0; } }
`;
