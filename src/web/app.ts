import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Archive, Page } from './archive.ts';
import { assetPage, iconPage } from './assets.ts';
import { comparePage } from './comparing/compare.tsx';
import { statesPage } from './comparing/states.tsx';
import { excuse, notFound, notThatWay, onError, tooLarge } from './errors.tsx';
import { worksFeed } from './finding/feed.ts';
import { frontPage } from './finding/front.tsx';
import { peoplePage, personPage } from './finding/people.tsx';
import { robotsFile, siteMap } from './finding/robots.ts';
import { searchPage } from './finding/search.tsx';
import { tagKindPage, tagPage } from './finding/tags.tsx';
import { worksPage } from './finding/works.tsx';
import { onlyOwnForms } from './forms.ts';
import { healthPage } from './health.ts';
import { mapPage } from './reading/map.tsx';
import { passagePage } from './reading/passage.tsx';
import { resourcePage } from './reading/resource.ts';
import { readerStyle, saveSettings, settingsPage } from './reading/settings.tsx';
import { sourcePage } from './reading/source.tsx';
import { tallyPage, verdictForm } from './reading/verdict.tsx';
import { wholePage } from './reading/whole.tsx';
import { workPage } from './reading/work.tsx';
import { downloadFile } from './taking/download.ts';
import { commentPage, threadPage } from './talking/comments.tsx';

/** A handle is an id, or an id and the key of its secret link; with an ending it is a file (`handle.ts` reads both). */
const work = '/works/:handle{[0-9a-z]+(?:-[0-9a-z]+)?}';
const workFile = '/works/:file{[0-9a-z]+(?:-[0-9a-z]+)?\\.[a-z]+}';

/** The site map: what can be asked of which address, and what answers. GET answers HEAD too. */
export const routes: readonly (readonly [method: 'GET' | 'POST', path: string, page: Page])[] = [
  ['GET', '/', frontPage],
  ['GET', '/works', worksPage],
  ['GET', '/search', searchPage],
  ['GET', workFile, downloadFile],
  ['GET', work, workPage],
  ['GET', `${work}/read/:passage`, passagePage],
  ['GET', `${work}/whole`, wholePage],
  ['GET', `${work}/map`, mapPage],
  ['GET', `${work}/compare/:pair`, comparePage],
  ['GET', `${work}/comments`, threadPage],
  ['GET', `${work}/comments/:id`, commentPage],
  ['GET', `${work}/states`, statesPage],
  ['GET', `${work}/source`, sourcePage],
  ['GET', `${work}/resources/:hash`, resourcePage],
  ['POST', `${work}/verdicts`, verdictForm],
  ['GET', `${work}/verdicts/:place`, tallyPage],
  ['GET', '/comments/:id', commentPage],
  ['GET', '/tags/:kind', tagKindPage],
  ['GET', '/tags/:kind/:name', tagPage],
  ['GET', '/people', peoplePage],
  ['GET', '/people/:id', personPage],
  ['GET', '/feeds/works.atom', worksFeed],
  ['GET', '/settings', settingsPage],
  ['POST', '/settings', saveSettings],
  ['GET', '/reader.css', readerStyle],
  ['GET', '/assets/:name', assetPage],
  ['GET', '/favicon.ico', iconPage],
  ['GET', '/robots.txt', robotsFile],
  ['GET', '/sitemap.xml', siteMap],
  ['GET', '/healthz', healthPage],
];

/** What a form may send, in bytes: no form of ours holds a story yet. */
const largestForm = 64 * 1024;

/** Makes the site of an archive. Security headers, compression and caching are put around it by `server.ts`. */
export function createApp(archive: Archive): Hono {
  const app = new Hono();
  app.onError(onError(archive));
  app.notFound((c) => excuse(c, archive, notFound));
  const boundedBody = bodyLimit({ maxSize: largestForm, onError: async (c) => excuse(c, archive, tooLarge) });
  for (const [method, path, page] of routes) {
    if (method === 'POST') app.post(path, onlyOwnForms(archive.url), boundedBody);
    app.on(method, path, page(archive));
  }
  for (const path of new Set(routes.map(([, path]) => path))) app.all(path, notAllowed(path)(archive));
  return app;
}

/** Answers the methods an address does not have, and OPTIONS, with those it has (RFC 9110, 15.5.6 and 9.3.7). */
function notAllowed(path: string): Page {
  const methods = routes.flatMap(([method, at]) => (at === path ? [method] : []));
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (archive) => (c) => {
    c.header('allow', allow);
    return c.req.method === 'OPTIONS' ? c.body(null, 204) : excuse(c, archive, notThatWay);
  };
}
