import { type CleanHtml, documentText, escapeHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { backMatter, colophon, frontMatter } from '../book/front.ts';
import { picturesOf } from '../book/images.ts';
import { type Places, passageSection } from '../book/passage.ts';
import { type Plan, planBook } from '../book/plan.ts';
import { partsStyle, textStyle } from '../book/style.ts';
import { threadList } from '../book/thread.ts';
import type { ExportOptions } from '../exporter.ts';
import { coverSvg, coverWords } from './cover.ts';
import { navigation } from './navigation.ts';
import { accessibility, type BookFile, packageDocument } from './package.ts';
import { type ZipEntry, zip } from './zip.ts';

/** A work as an EPUB; EPUB 3.3, mimetype first and stored (OCF 3.3, 4.2). */
export function writeEpub(edition: Edition<CleanHtml>, options: ExportOptions): Uint8Array {
  const plan = planBook(edition, options);
  const files = filesOf(plan);
  const entries: ZipEntry[] = [
    { path: 'mimetype', bytes: encode('application/epub+zip'), stored: true },
    { path: 'META-INF/container.xml', bytes: encode(container) },
    {
      path: 'EPUB/package.opf',
      bytes: encode(documentText(packageDocument(plan, files.files, files.access))),
    },
    ...files.files.map((f) => ({
      path: `EPUB/${f.path}`,
      bytes: f.bytes,
      stored: f.mediaType.startsWith('image/') && f.mediaType !== 'image/svg+xml',
    })),
  ];
  return zip(entries);
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;

/** At most this many comments stand on one page of the appendix. */
const commentsAPage = 300;

function filesOf(plan: Plan): { readonly files: readonly BookFile[]; readonly access: readonly string[] } {
  const pictures = picturesOf(plan.edition.resources);
  const used = new Set<string>();
  const places: Places = {
    level: 1,
    passage: (key) => `p-${key}.xhtml`,
    fork: (key) => `p-${key}.xhtml#fork-${key}`,
    comment: (index) => `comments-${Math.floor(index / commentsAPage) + 1}.xhtml#c-${index + 1}`,
    image(sha256) {
      const picture = pictures.get(sha256);
      if (picture !== undefined) used.add(sha256);
      return picture && `images/${sha256}.${picture.extension}`;
    },
  };
  const pages = pagesOf(plan, places);
  const images = [...used].flatMap((hash) => pictures.get(hash) ?? []);
  const described =
    images.length === 0 || !pages.some((p) => /<img src="images\/[^"]*" alt="\s*"/.test(p.body));
  const files: BookFile[] = [
    { id: 'style', path: 'style.css', mediaType: 'text/css', bytes: style },
    {
      id: 'cover-image',
      path: 'cover.svg',
      mediaType: 'image/svg+xml',
      bytes: encode(documentText(coverSvg(plan))),
      properties: 'cover-image',
    },
    ...pages.map((page) => ({
      id: page.id,
      path: `${page.id}.xhtml`,
      mediaType: 'application/xhtml+xml',
      bytes: encode(documentText(xhtml(plan, page))),
      spine: true,
      ...(page.id === 'nav' ? { properties: 'nav' } : {}),
    })),
    ...images.map((p) => ({
      id: `i-${p.sha256}`,
      path: `images/${p.sha256}.${p.extension}`,
      mediaType: p.mediaType,
      bytes: p.bytes,
    })),
  ];
  return { files, access: accessibility({ images: images.length, described }) };
}

interface BookPage {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** The language of the page where it is not that of the story. */
  readonly language?: string;
}

function pagesOf(plan: Plan, places: Places): readonly BookPage[] {
  const back = backMatter(plan, places);
  const threads: (typeof plan.thread)[] = [];
  for (let at = 0; at < plan.thread.length; at += commentsAPage)
    threads.push(plan.thread.slice(at, at + commentsAPage));
  const after: BookPage[] = [
    ...(back === ''
      ? []
      : [
          {
            id: 'back',
            title: 'Notes',
            body: `<section epub:type="afterword">\n<h1 lang="en">Notes</h1>\n${back}</section>`,
          },
        ]),
    ...threads.map((thread, i) => {
      const title = threads.length === 1 ? 'Comments' : `Comments, ${i + 1}`;
      return {
        id: `comments-${i + 1}`,
        title,
        body: `<section epub:type="appendix" role="doc-appendix">\n<h1 lang="en">${title}</h1>\n${threadList(plan, places, thread)}\n</section>`,
      };
    }),
    {
      id: 'colophon',
      title: 'Where this book comes from',
      language: 'en',
      body: `<section epub:type="colophon" role="doc-colophon">\n<h1>Where this book comes from</h1>\n${colophon(plan)}\n</section>`,
    },
  ];
  const cover = `<section epub:type="cover" role="region" aria-label="Cover" class="cover">\n<img src="cover.svg" role="doc-cover" alt="${escapeHtml(coverWords(plan))}"/>\n</section>`;
  return [
    { id: 'cover', title: plan.title, body: cover },
    {
      id: 'front',
      title: plan.title,
      body: `<section epub:type="titlepage">\n${frontMatter(plan, places)}</section>`,
    },
    { id: 'nav', title: 'Contents', body: navigation(plan, places, after) },
    ...plan.leaves.map((leaf) => ({
      id: `p-${leaf.passage.key}`,
      title: leaf.name,
      body: passageSection(plan, places, leaf, ' epub:type="chapter" role="doc-chapter"'),
    })),
    ...after,
  ];
}

function xhtml(plan: Plan, page: BookPage): string {
  const language = page.language ?? plan.language;
  const lang = language === undefined ? '' : ` lang="${language}" xml:lang="${language}"`;
  const direction = plan.direction === 'rtl' && page.language === undefined ? ' dir="rtl"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${lang}${direction}>
<head>
<title>${escapeHtml(page.title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${page.body}
</body>
</html>
`;
}

const encoder = new TextEncoder();

function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

const style = encode(`body { font-family: Literata, Georgia, serif; line-height: 1.5; margin: 0 5%; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; font-weight: 600; hyphens: none; -webkit-hyphens: none; }
a { color: inherit; }
.cover { text-align: center; margin: 0; padding: 0; } .cover img { max-height: 100vh; }
nav ol { list-style: none; padding-left: 0; } nav ol ol { padding-left: 1.5em; } nav li { margin: 0.4em 0; }
${textStyle}${partsStyle}`);
