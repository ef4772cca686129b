import { escapeHtml } from '../../html.ts';
import { listWorks } from '../../store/works.ts';
import { keepingHeaders, type Page } from '../archive.ts';
import { workPath } from '../handle.ts';

/** `GET /robots.txt`: what programs that walk the web should leave alone: searches, forms, and pages made of others. */
export const robotsFile: Page = (archive) => (c) =>
  c.text(
    [
      'User-agent: *',
      'Disallow: /search',
      'Disallow: /settings',
      'Disallow: /works/*/compare/',
      'Disallow: /works/*/verdicts/',
      '',
      `Sitemap: ${archive.url}/sitemap.xml`,
      '',
    ].join('\n'),
    200,
    keepingHeaders('public'),
  );

/** A sitemap holds at most 50,000 addresses (sitemaps.org); ours names the newest works, from which the rest is linked. */
const most = 5_000;

/** `GET /sitemap.xml`: the published works, newest first. */
export const siteMap: Page = (archive) => async (c) => {
  const addresses = [archive.url, `${archive.url}/works`, `${archive.url}/people`];
  let after: string | null = null;
  do {
    const run: Awaited<ReturnType<typeof listWorks>> = await listWorks(archive.store, {
      sort: 'newest',
      after,
      limit: 200,
    });
    addresses.push(...run.items.map((work) => archive.url + workPath(work.id)));
    after = run.next;
  } while (after !== null && addresses.length < most);
  const body = addresses.map((address) => `<url><loc>${escapeHtml(address)}</loc></url>`).join('\n');
  return c.body(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${body}\n</urlset>\n`,
    200,
    { 'content-type': 'application/xml; charset=utf-8', ...keepingHeaders('public') },
  );
};
