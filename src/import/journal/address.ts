import { attribute, type Element, findAll, isElement, type Parent } from '../../dom.ts';

/** An address at a journal site, taken apart. */
export interface JournalAddress {
  /** As it is best given: without query and fragment. */
  readonly address: string;
  /** `livejournal.com`, without `www`. */
  readonly site: string;
  readonly journal: string;
  /** The number of the entry, null for the address of a journal. */
  readonly ditemid: number | null;
}

/** Sites that run, or ran, the code of LiveJournal. */
const sites =
  /(?:^|\.)(livejournal\.com|dreamwidth\.org|insanejournal\.com|deadjournal\.com|journalfen\.net|greatestjournal\.com|inksome\.com|blurty\.com|ljrossia\.org)$/;
const shared = new Set(['www', 'users', 'community', 'syndicated', 'asylums', 'm', '']);

/** Whether an address, as a link has it, leads to another site than those that run journals. */
export function leadsElsewhere(href: string): boolean {
  const url = URL.parse(href.trim());
  return url !== null && /^https?:$/.test(url.protocol) && !sites.test(url.hostname);
}

/**
 * Takes an address of a journal or entry apart: `http://some-body.livejournal.com/1234.html`,
 * `…livejournal.com/users/x/1234.html`, `…/community/x/…`, `http://community.livejournal.com/x/…`. A hyphen in a host
 * name stands for the underscore that host names cannot have (LJ::User::journal_base). Undefined for anything else.
 */
export function readAddress(href: string | undefined): JournalAddress | undefined {
  const url = href === undefined ? null : URL.parse(href.trim());
  const site = url === null ? undefined : sites.exec(url.hostname)?.[1];
  if (url === null || site === undefined) return undefined;
  const host = url.hostname.slice(0, -site.length).replace(/\.$/, '');
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (shared.has(host)) {
    if (host === 'www' || host === '' || host === 'm') {
      if (!/^(?:users|community|~)$/.test(parts[0] ?? '')) return undefined;
      parts.shift();
    }
    if (/^(?:community|comm)$/.test(parts[0] ?? '') && parts.length > 1) parts.shift();
  }
  const journal = shared.has(host) ? parts.shift()?.replace(/^~/, '') : host.replaceAll('-', '_');
  if (journal === undefined || !/^[\w-]+$/.test(journal)) return undefined;
  const ditemid = /^(\d+)\.html$/.exec(parts[0] ?? '')?.[1];
  return {
    address: url.origin + url.pathname,
    site,
    journal,
    ditemid: ditemid === undefined ? null : Number(ditemid),
  };
}

/**
 * The address of the entry a saved page shows: what the page calls canonical, what a browser noted when it saved it
 * (`saved from url=`, SingleFile's `url:`), or where its comments say that they are. Undefined when nothing says.
 */
export function findEntryAddress(root: Parent, text: string): JournalAddress | undefined {
  const head = headOf(root);
  const said = [
    ...head.filter((e) => attribute(e, 'rel') === 'canonical').map((e) => attribute(e, 'href')),
    ...head.filter((e) => attribute(e, 'property') === 'og:url').map((e) => attribute(e, 'content')),
    /<!--\s*saved from url=\(\d+\)(\S+)/.exec(text.slice(0, 4096))?.[1],
    /<!--\s*Page saved with SingleFile\s+url:\s*(\S+)/.exec(text.slice(0, 4096))?.[1],
    ...head.filter((e) => e.tagName === 'base').map((e) => attribute(e, 'href')),
  ];
  return firstEntry(said) ?? firstEntry(addressesLinked(text));
}

function firstEntry(candidates: readonly (string | undefined)[]): JournalAddress | undefined {
  for (const candidate of candidates) {
    const found = readAddress(candidate);
    if (found !== undefined && found.ditemid !== null) return found;
  }
  return undefined;
}

/** The elements of a page's head. */
export function headOf(root: Parent): readonly Element[] {
  const html = root.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'html');
  const head = html?.childNodes.find((node) => isElement(node) && node.tagName === 'head');
  return head === undefined ? [] : findAll(head, () => true);
}

/**
 * Where the page's own links to answer and to its threads lead, the most frequent first: the words of an entry may
 * hold links to other threads.
 */
function addressesLinked(text: string): readonly string[] {
  const counts = new Map<string, number>();
  const links = text.matchAll(/href=["']?([^"'\s>?]{0,300}\/\d{1,12}\.html)\?([^"'\s>]{0,300})/gi);
  for (const [, href = '', query = ''] of links) {
    const worth = /mode=reply|replyto=/.test(query) ? 3 : /thread=/.test(query) ? 1 : 0;
    if (worth > 0) counts.set(href, (counts.get(href) ?? 0) + worth);
  }
  return [...counts].toSorted((one, other) => other[1] - one[1]).map(([href]) => href);
}

/** The number after `name=` in an address, such as the comment that `?thread=123#t123` leads to. */
export function numberIn(href: string | undefined, name: string): number | null {
  const digits = new RegExp(`[?&;]${name}=(\\d+)`).exec(href ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The links within an element, in order; `within` may be a single node. */
export function linksIn(root: Parent | Parent['childNodes'][number]): readonly string[] {
  const links = findAll(root, (e) => e.tagName === 'a').map((e) => attribute(e, 'href'));
  const own = isElement(root) && root.tagName === 'a' ? attribute(root, 'href') : undefined;
  return [own, ...links].filter((href) => href !== undefined);
}
