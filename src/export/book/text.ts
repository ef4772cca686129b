import type { CleanHtml } from '../../html.ts';

/** Where the images of a book lie: the address of one by its hash, undefined when it did not come along. */
export type ImageAddress = (sha256: string) => string | undefined;

/**
 * A clean text in its place in a book. Its ids are made its own by `scope`, so that several texts can stand in one
 * file; links to an id that is not there lose their target; images get their addresses, absent ones become their words.
 */
export function placeText(html: CleanHtml, scope: string, image: ImageAddress): string {
  let text: string = html;
  if (text.includes('="#t-') || text.includes(' id="t-')) {
    const ids = new Set([...text.matchAll(/ id="t-([^"]*)"/g)].map(([, id]) => id));
    const seen = new Set<string>();
    text = text
      .replace(/ id="t-([^"]*)"/g, (_, id: string) => {
        const again = seen.has(id);
        seen.add(id);
        return again ? '' : ` id="${scope}.t-${id}"`;
      })
      .replace(/ href="#t-([^"]*)"/g, (_, id: string) => (ids.has(id) ? ` href="#${scope}.t-${id}"` : ''));
  }
  if (!text.includes('<img src="resource:')) return text;
  return text.replace(
    /<img src="resource:([0-9a-f]{64})" alt="([^"]*)"([^>]*)\/>/g,
    (_, hash: string, alt: string, size: string) => {
      const address = image(hash);
      return address === undefined ? alt : `<img src="${address}" alt="${alt}"${size}/>`;
    },
  );
}

/** Scripts written from right to left (ISO 15924). */
const rightToLeft = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Samr', 'Mand']);

/** A language as documents name it, and the direction of its script; undefined for one that is not known. */
export function languageOf(tag: string | null): {
  readonly language: string | undefined;
  readonly direction: 'ltr' | 'rtl';
} {
  try {
    const [language] = Intl.getCanonicalLocales(tag ?? '');
    if (language === undefined) return { language, direction: 'ltr' };
    const script = new Intl.Locale(language).maximize().script ?? '';
    return { language, direction: rightToLeft.has(script) ? 'rtl' : 'ltr' };
  } catch {
    return { language: undefined, direction: 'ltr' };
  }
}
