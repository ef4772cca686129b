import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Archive, Page } from './archive.ts';
import { area } from './area.ts';
import { assetPage, iconPage } from './assets.ts';
import { comparePage, compareVersionsPage } from './comparing/compare.tsx';
import { statesPage } from './comparing/states.tsx';
import { excuse, notFound, notThatWay, onError, tooLarge } from './errors.tsx';
import { worksFeed } from './finding/feed.ts';
import { frontPage } from './finding/front.tsx';
import { peoplePage } from './finding/people.tsx';
import { robotsFile, siteMap } from './finding/robots.ts';
import { searchPage } from './finding/search.tsx';
import { tagKindPage, tagPage } from './finding/tags.tsx';
import { worksPage } from './finding/works.tsx';
import { onlyOwnForms } from './forms.ts';
import { guarded, type Route } from './guard.ts';
import { personIcon } from './journals/icon.ts';
import { commentsByPage, forMembersPage, journalPage, periodPage } from './journals/journal.tsx';
import { journalFeed } from './journals/journal-feed.ts';
import { notePage } from './journals/note.tsx';
import { ofStories, ofStoriesWritten } from './journals/stories.ts';
import { named } from './name.ts';
import { paced } from './pace.ts';
import { mapPage } from './reading/map.tsx';
import { passagePage } from './reading/passage.tsx';
import { resourcePage } from './reading/resource.ts';
import { readerStyle, saveSettings, settingsPage } from './reading/settings.tsx';
import { sourcePage } from './reading/source.tsx';
import { tallyPage, verdictForm } from './reading/verdict.tsx';
import { wholePage } from './reading/whole.tsx';
import { workPage } from './reading/work.tsx';
import { healthPage } from './serving/health.ts';
import { downloadFile } from './taking/download.ts';
import { commentPage, threadPage } from './talking/comments.tsx';

/** A handle is an id, or an id and the key of its secret link; with an ending it is a file (`handle.ts` reads both). */
const work = '/works/:handle{[0-9a-z]+(?:-[0-9a-z]+)?}';
const note = '/notes/:handle{[0-9a-z]+(?:-[0-9a-z]+)?}';
const person = '/people/:id';
const studio = '/studio/:handle{[0-9a-z]+}';
const writtenNote = '/studio/notes/:handle{[0-9a-z]+}';
const beta = '/beta/:handle{[0-9a-z]+}';
const workFile = '/works/:file{[0-9a-z]+(?:-[0-9a-z]+)?\\.[a-z]+}';

const inStudio = area(() => import('./studio/pages.ts'));
const asBeta = area(() => import('./betas/pages.ts'));
const inThreads = area(() => import('./talking/pages.ts'));
const ofPeople = area(() => import('./people/pages.ts'));

/**
 * The site map: what can be asked of which address, whom the table of permissions lets ask it, and what answers. GET
 * answers HEAD too.
 */
export const routes: readonly Route[] = [
  ['GET', '/', 'read the archive', frontPage],
  ['GET', '/works', 'read the archive', worksPage],
  ['GET', '/search', 'read the archive', searchPage],
  ['GET', workFile, 'read a work', downloadFile],
  ['GET', work, 'read a work', ofStories(workPage)],
  ['GET', `${work}/read/:passage`, 'read a work', ofStories(passagePage)],
  ['GET', `${work}/whole`, 'read a work', ofStories(wholePage)],
  ['GET', `${work}/map`, 'read a work', ofStories(mapPage)],
  ['GET', `${work}/compare/:pair`, 'read a work', comparePage],
  ['GET', `${work}/comments`, 'read a work', threadPage],
  ['POST', `${work}/comments`, 'comment', inThreads('sayForm')],
  ['GET', `${work}/comments/new`, 'comment', inThreads('sayPage')],
  ['GET', `${work}/comments/sent`, 'read a work', inThreads('sentPage')],
  ['GET', `${work}/comments/waiting`, 'moderate a thread', inThreads('waitingPage')],
  ['POST', `${work}/thread`, 'moderate a thread', inThreads('threadForm')],
  ['GET', `${work}/comments/:id`, 'read a work', commentPage],
  ['GET', `${work}/states`, 'read a work', statesPage],
  ['GET', `${work}/source`, 'read a work', sourcePage],
  ['GET', `${work}/resources/:hash`, 'see a picture', resourcePage],
  ['POST', `${work}/verdicts`, 'give a verdict', verdictForm],
  ['GET', `${work}/verdicts/:place`, 'read a work', ofStories(tallyPage)],
  ['GET', '/comments/:id', 'read a work', commentPage],
  ['POST', '/comments/:id', 'edit a comment', inThreads('commentForm')],
  ['GET', '/comments/:id/options', 'delete a comment', inThreads('commentOptionsPage')],
  ['POST', '/comments/:id/deletion', 'delete a comment', inThreads('deletionForm')],
  ['POST', '/comments/:id/freezing', 'moderate a thread', inThreads('freezingForm')],
  ['POST', '/comments/:id/approval', 'moderate a thread', inThreads('approvalForm')],
  ['GET', '/tags/:kind', 'read the archive', tagKindPage],
  ['GET', '/tags/:kind/:name', 'read the archive', tagPage],
  ['GET', '/people', 'read the archive', peoplePage],
  ['GET', person, 'read the archive', journalPage],
  ['GET', `${person}/comments`, 'read the archive', commentsByPage],
  ['GET', `${person}/icon`, 'read the archive', personIcon],
  ['GET', `${person}/members`, 'read as a member', forMembersPage],
  ['GET', `${person}/:year`, 'read the archive', periodPage],
  ['GET', `${person}/:year/:month`, 'read the archive', periodPage],
  ['GET', note, 'read a work', notePage],
  ['GET', '/feeds/works.atom', 'read the archive', worksFeed],
  ['GET', '/feeds/people/:feed', 'read the archive', journalFeed],
  ['GET', '/studio', 'write a work', inStudio('studioPage')],
  ['POST', '/studio', 'write a work', inStudio('beginWork')],
  ['GET', '/studio/new', 'write a work', inStudio('newWorkPage')],
  ['GET', '/studio/statistics', 'write a work', inStudio('statisticsOverview')],
  ['GET', '/studio/claim', 'write a work', inStudio('claimPage')],
  ['POST', '/studio/claim', 'write a work', inStudio('claimForm')],
  ['GET', '/studio/notes', 'write a work', inStudio('notesPage')],
  ['POST', '/studio/notes', 'write a work', inStudio('beginNote')],
  ['GET', '/studio/notes/new', 'write a work', inStudio('newNotePage')],
  ['GET', writtenNote, 'revise a work', inStudio('writeNotePage')],
  ['POST', writtenNote, 'revise a work', inStudio('saveNote')],
  ['POST', `${writtenNote}/drafts`, 'revise a work', inStudio('keepNote')],
  ['GET', studio, 'revise a work', ofStoriesWritten(inStudio('deskPage'))],
  ['GET', `${studio}/header`, 'revise a work', ofStoriesWritten(inStudio('headerPage'))],
  ['POST', `${studio}/header`, 'revise a work', inStudio('saveHeader')],
  ['GET', `${studio}/map`, 'read a draft', inStudio('studioMapPage')],
  ['POST', `${studio}/places`, 'revise a work', inStudio('placesForm')],
  ['POST', `${studio}/findings`, 'revise a work', inStudio('findingsForm')],
  ['GET', `${studio}/go`, 'read a draft', inStudio('goPage')],
  ['GET', `${studio}/proof`, 'read a draft', inStudio('proofPage')],
  ['GET', `${studio}/phone`, 'revise a work', inStudio('phonePage')],
  ['GET', `${studio}/play/:passage`, 'read a draft', inStudio('playPage')],
  ['GET', `${studio}/find`, 'revise a work', ofStoriesWritten(inStudio('findPage'))],
  ['POST', `${studio}/replacements`, 'revise a work', inStudio('replaceForm')],
  ['GET', `${studio}/passages/:key`, 'revise a work', ofStoriesWritten(inStudio('writingPage'))],
  ['POST', `${studio}/passages/:key/states`, 'revise a work', inStudio('savePassage')],
  ['POST', `${studio}/passages/:key/drafts`, 'revise a work', inStudio('keepDraft')],
  ['POST', `${studio}/passages`, 'revise a work', inStudio('insertPassage')],
  ['POST', `${studio}/divisions`, 'revise a work', inStudio('divideStory')],
  ['POST', `${studio}/branches`, 'revise a work', inStudio('addWay')],
  ['POST', `${studio}/labels`, 'revise a work', inStudio('nameBranch')],
  ['POST', `${studio}/choices`, 'revise a work', inStudio('offerChoice')],
  ['POST', `${studio}/choice`, 'revise a work', inStudio('changeAChoice')],
  ['POST', `${studio}/meetings`, 'revise a work', inStudio('meetAgain')],
  ['POST', `${studio}/flags`, 'revise a work', inStudio('flagPassage')],
  ['POST', `${studio}/splits`, 'revise a work', inStudio('splitInTwo')],
  ['POST', `${studio}/joins`, 'revise a work', inStudio('joinWithNext')],
  ['POST', `${studio}/moves`, 'revise a work', inStudio('moveElsewhere')],
  ['GET', `${studio}/removals/:key`, 'revise a work', inStudio('removalPage')],
  ['GET', `${studio}/removals/:key/:siglum`, 'revise a work', inStudio('removalPage')],
  ['POST', `${studio}/removals`, 'revise a work', inStudio('takeOut')],
  ['GET', `${studio}/pictures`, 'revise a work', inStudio('picturesPage')],
  ['POST', `${studio}/pictures`, 'revise a work', inStudio('addPicturePage')],
  ['POST', `${studio}/states`, 'revise a work', inStudio('restoreVersion')],
  ['GET', `${studio}/compare`, 'revise a work', inStudio('compareVersions')],
  ['GET', `${studio}/compare/:pair`, 'revise a work', compareVersionsPage],
  ['GET', `${studio}/people`, 'revise a work', inStudio('partsPage')],
  ['POST', `${studio}/people`, 'revise a work', inStudio('partsForm')],
  ['GET', `${studio}/suggestions`, 'revise a work', inStudio('suggestionsPage')],
  ['POST', `${studio}/suggestions`, 'revise a work', inStudio('answerForm')],
  ['POST', `${studio}/publication`, 'publish a work', inStudio('publishForm')],
  ['GET', '/import', 'import pages', inStudio('importPage')],
  ['POST', '/import', 'import pages', inStudio('importForm')],
  ['GET', '/import/:batch', 'import pages', inStudio('batchPage')],
  ['GET', `${studio}/review`, 'decide an import', inStudio('reviewPage')],
  ['POST', `${studio}/review`, 'publish a work', inStudio('publishImport')],
  ['GET', `${studio}/review.json`, 'decide an import', inStudio('reviewReport')],
  ['POST', `${studio}/decisions`, 'decide an import', inStudio('decideForm')],
  ['GET', `${studio}/statistics`, 'see statistics', inStudio('statisticsPage')],
  ['GET', `${studio}/statistics.csv`, 'see statistics', inStudio('statisticsFile')],
  ['POST', `${studio}/statistics`, 'revise a work', inStudio('countingForm')],
  ['GET', `${studio}/delete`, 'delete a work', inStudio('leaveWorkPage')],
  ['POST', `${studio}/delete`, 'delete a work', inStudio('leaveWorkForm')],
  ['GET', `${studio}/erase/:passage`, 'delete a work', inStudio('erasePage')],
  ['POST', `${studio}/erase/:passage`, 'delete a work', inStudio('eraseForm')],
  ['GET', '/invited/:code', 'read the archive', asBeta('invitedPage')],
  ['POST', '/invited/:code', 'answer an invitation', asBeta('invitedForm')],
  ['GET', '/beta', 'answer an invitation', asBeta('betaPage')],
  ['POST', '/beta', 'answer an invitation', asBeta('betaForm')],
  ['GET', beta, 'suggest changes', asBeta('roomPage')],
  ['GET', `${beta}/passages/:key`, 'suggest changes', asBeta('betaPassagePage')],
  ['POST', `${beta}/passages/:key/suggestions`, 'suggest changes', asBeta('suggestForm')],
  ['POST', `${beta}/passages/:key/drafts`, 'suggest changes', asBeta('keepTypedForm')],
  ['POST', `${beta}/passages/:key/remarks`, 'suggest changes', asBeta('remarkForm')],
  ['POST', `${beta}/suggestions`, 'suggest changes', asBeta('ownSuggestionForm')],
  ['GET', '/settings', 'read the archive', settingsPage],
  ['POST', '/settings', 'read the archive', saveSettings],
  ['GET', '/rules', 'read the archive', ofPeople('rulesPage')],
  ['GET', '/first-start/:token', 'set up the archive', ofPeople('firstStartPage')],
  ['POST', '/first-start/:token', 'set up the archive', ofPeople('firstStartForm')],
  ['GET', '/sign-in', 'sign in', ofPeople('signInPage')],
  ['POST', '/sign-in', 'sign in', ofPeople('signInForm')],
  ['GET', '/sign-in/second', 'sign in', ofPeople('secondStepPage')],
  ['POST', '/sign-in/second', 'sign in', ofPeople('secondStepForm')],
  ['POST', '/sign-in/passkey', 'sign in', ofPeople('passkeySignIn')],
  ['POST', '/sign-out', 'sign in', ofPeople('signOutForm')],
  ['GET', '/sign-up', 'sign in', ofPeople('signUpPage')],
  ['POST', '/sign-up', 'sign in', ofPeople('signUpForm')],
  ['GET', '/invitations/:code', 'sign in', ofPeople('invitationPage')],
  ['POST', '/invitations/:code', 'sign in', ofPeople('invitationForm')],
  ['GET', '/reset', 'sign in', ofPeople('resetPage')],
  ['GET', '/reset/mail', 'sign in', ofPeople('mailResetPage')],
  ['POST', '/reset/mail', 'sign in', ofPeople('mailResetForm')],
  ['GET', '/mail/:code', 'sign in', ofPeople('confirmPage')],
  ['POST', '/mail/:code', 'sign in', ofPeople('confirmForm')],
  ['GET', '/reset/:code', 'sign in', ofPeople('resetPage')],
  ['POST', '/reset', 'sign in', ofPeople('resetForm')],
  ['GET', '/account', 'manage my account', ofPeople('accountPage')],
  ['POST', '/account/pseuds', 'manage my account', ofPeople('pseudForm')],
  ['GET', '/account/pseuds/:id/delete', 'manage my account', ofPeople('leavePseudPage')],
  ['POST', '/account/pseuds/:id/delete', 'manage my account', ofPeople('leavePseudForm')],
  ['GET', '/account/delete', 'manage my account', ofPeople('leaveAccountPage')],
  ['POST', '/account/delete', 'manage my account', ofPeople('leaveAccountForm')],
  ['GET', '/account/pseuds/:id', 'manage my account', ofPeople('profilePage')],
  ['POST', '/account/pseuds/:id', 'manage my account', ofPeople('profileForm')],
  ['POST', '/account/sessions', 'manage my account', ofPeople('sessionsForm')],
  ['GET', '/account/pass-phrase', 'manage my account', ofPeople('passPhrasePage')],
  ['POST', '/account/pass-phrase', 'manage my account', ofPeople('passPhraseForm')],
  ['GET', '/account/second-factor', 'manage my account', ofPeople('secondFactorPage')],
  ['POST', '/account/second-factor', 'manage my account', ofPeople('secondFactorForm')],
  ['GET', '/account/recovery-codes', 'manage my account', ofPeople('recoveryCodesPage')],
  ['POST', '/account/recovery-codes', 'manage my account', ofPeople('recoveryCodesForm')],
  ['GET', '/account/mail', 'manage my account', ofPeople('mailPage')],
  ['POST', '/account/mail', 'manage my account', ofPeople('mailForm')],
  ['GET', '/account/data', 'manage my account', ofPeople('myDataPage')],
  ['POST', '/account/data', 'manage my account', ofPeople('myDataForm')],
  ['GET', '/account/data/file', 'manage my account', ofPeople('myDataFile')],
  ['GET', '/account/passkeys', 'manage my account', ofPeople('passkeysPage')],
  ['POST', '/account/passkeys', 'manage my account', ofPeople('passkeysForm')],
  ['GET', '/manage/archive', 'configure the archive', ofPeople('archiveSettingsPage')],
  ['POST', '/manage/archive', 'configure the archive', ofPeople('archiveSettingsForm')],
  ['GET', '/manage/people', 'manage people', ofPeople('managePeoplePage')],
  ['POST', '/manage/people', 'manage people', ofPeople('managePeopleForm')],
  ['GET', '/manage/invitations', 'manage people', ofPeople('invitationsPage')],
  ['POST', '/manage/invitations', 'manage people', ofPeople('invitationsForm')],
  ['GET', '/reader.css', 'read the archive', readerStyle],
  ['GET', '/assets/:name', 'read the archive', assetPage],
  ['GET', '/favicon.ico', 'read the archive', iconPage],
  ['GET', '/robots.txt', 'read the archive', robotsFile],
  ['GET', '/sitemap.xml', 'read the archive', siteMap],
  ['GET', '/healthz', 'read the archive', healthPage],
];

/** Makes the site of an archive. Security headers, compression and caching are put around it by `server.ts`. */
export function createApp(given: Archive): Hono {
  const app = new Hono();
  const { archive, refresh } = named(given);
  app.use(async (_c, next) => {
    await refresh();
    await next();
  });
  app.onError(onError(archive));
  app.notFound((c) => excuse(c, archive, notFound));
  const bounded = (maxSize: number) =>
    bodyLimit({ maxSize, onError: async (c) => excuse(c, archive, tooLarge(maxSize)) });
  const pace = paced(archive);
  for (const route of routes) {
    const [method, path] = route;
    if (method === 'POST')
      app.post(path, onlyOwnForms(archive.url), bounded(mostBytesTo(path, archive.config)), pace);
    app.on(method, path, guarded(archive, route));
  }
  for (const [path, all] of Map.groupBy(routes, ([, path]) => path))
    app.all(path, notAllowed(all.map(([method]) => method))(archive));
  return app;
}

/**
 * What a form may send, in bytes: those of the studio and of betas hold stories, some hold a picture; the 10,000 signs of
 * a comment are nine bytes each in most scripts of East Asia, as forms write them.
 */
function mostBytesTo(path: string, { importMegabytes }: Archive['config']): number {
  if (path === '/import') return importMegabytes * 1024 * 1024;
  if (path.endsWith('/pictures')) return 11 * 1024 * 1024;
  if (/^\/(?:studio|beta)\b/.test(path)) return 4 * 1024 * 1024;
  if (/\/comments(?:\/:id)?$/.test(path)) return 160 * 1024;
  return path === '/account/pseuds/:id' ? 3 * 1024 * 1024 : 64 * 1024;
}

/** Answers the methods an address does not have, and OPTIONS, with those it has (RFC 9110, 15.5.6 and 9.3.7). */
function notAllowed(methods: readonly string[]): Page {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (archive) => (c) => {
    c.header('allow', allow);
    return c.req.method === 'OPTIONS' ? c.body(null, 204) : excuse(c, archive, notThatWay);
  };
}
