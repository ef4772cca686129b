import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Archive, Page } from './archive.ts';
import { assetPage, iconPage } from './assets.ts';
import { invitedForm, invitedPage } from './betas/invited.tsx';
import { betaPassagePage } from './betas/passage.tsx';
import { betaForm, betaPage } from './betas/reading.tsx';
import { roomPage } from './betas/room.tsx';
import { ownSuggestionForm, remarkForm, suggestForm } from './betas/suggesting.tsx';
import { keepTypedForm } from './betas/typing.tsx';
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
import { decideForm } from './importing/decide.ts';
import { batchPage, importForm, importPage } from './importing/import.tsx';
import { publishImport } from './importing/publish.tsx';
import { reviewPage, reviewReport } from './importing/review.tsx';
import { personIcon } from './journals/icon.ts';
import { commentsByPage, forMembersPage, journalPage, periodPage } from './journals/journal.tsx';
import { journalFeed } from './journals/journal-feed.ts';
import { keepNote } from './journals/keep-note.tsx';
import { notePage } from './journals/note.tsx';
import { notesPage } from './journals/notes.tsx';
import { ofStories, ofStoriesWritten } from './journals/stories.ts';
import { beginNote, newNotePage, saveNote, writeNotePage } from './journals/write-note.tsx';
import { leaveAccountForm, leaveAccountPage } from './leaving/account.tsx';
import { claimForm, claimPage } from './leaving/claim.tsx';
import { eraseForm, erasePage } from './leaving/erase.tsx';
import { leavePseudForm, leavePseudPage } from './leaving/pseud.tsx';
import { leaveWorkForm, leaveWorkPage } from './leaving/work.tsx';
import { named } from './name.ts';
import { paced } from './pace.ts';
import { accountPage, pseudForm, sessionsForm } from './people/account.tsx';
import { archiveSettingsForm, archiveSettingsPage, rulesPage } from './people/archive-settings.tsx';
import { firstStartForm, firstStartPage } from './people/first-start.tsx';
import { invitationsForm, invitationsPage } from './people/invitations.tsx';
import {
  confirmForm,
  confirmPage,
  mailForm,
  mailPage,
  mailResetForm,
  mailResetPage,
} from './people/mail.tsx';
import { managePeopleForm, managePeoplePage } from './people/manage.tsx';
import { myDataFile, myDataForm, myDataPage } from './people/my-data.tsx';
import { passPhraseForm, passPhrasePage } from './people/pass-phrase.tsx';
import { passkeySignIn, passkeysForm, passkeysPage } from './people/passkeys.tsx';
import { profileForm, profilePage } from './people/profile.tsx';
import { resetForm, resetPage } from './people/reset.tsx';
import {
  recoveryCodesForm,
  recoveryCodesPage,
  secondFactorForm,
  secondFactorPage,
} from './people/second-factor.tsx';
import { secondStepForm, secondStepPage } from './people/second-step.tsx';
import { signInForm, signInPage, signOutForm } from './people/sign-in.tsx';
import { invitationForm, invitationPage, signUpForm, signUpPage } from './people/sign-up.tsx';
import { mapPage } from './reading/map.tsx';
import { passagePage } from './reading/passage.tsx';
import { resourcePage } from './reading/resource.ts';
import { readerStyle, saveSettings, settingsPage } from './reading/settings.tsx';
import { sourcePage } from './reading/source.tsx';
import { tallyPage, verdictForm } from './reading/verdict.tsx';
import { wholePage } from './reading/whole.tsx';
import { workPage } from './reading/work.tsx';
import { healthPage } from './serving/health.ts';
import { statisticsOverview } from './statistics/overview.tsx';
import { statisticsFile, statisticsPage } from './statistics/page.tsx';
import { countingForm } from './statistics/switches.tsx';
import { headerPage, saveHeader } from './studio/header/header.tsx';
import { beginWork, newWorkPage } from './studio/header/new.tsx';
import { partsForm, partsPage } from './studio/people/people.tsx';
import { answerForm, suggestionsPage } from './studio/people/suggestions.tsx';
import { phonePage } from './studio/publishing/phone.tsx';
import { publishForm } from './studio/publishing/publication.tsx';
import { removalPage } from './studio/publishing/removal.tsx';
import { compareVersions, restoreVersion } from './studio/publishing/versions.ts';
import { findingsForm } from './studio/story/findings.tsx';
import {
  addWay,
  changeAChoice,
  divideStory,
  flagPassage,
  insertPassage,
  joinWithNext,
  meetAgain,
  moveElsewhere,
  nameBranch,
  offerChoice,
  splitInTwo,
  takeOut,
} from './studio/story/forking.ts';
import { goPage, placesForm } from './studio/story/places.ts';
import { playPage } from './studio/story/play.tsx';
import { proofPage } from './studio/story/proof.tsx';
import { studioMapPage } from './studio/story/story-map.tsx';
import { deskPage } from './studio/work.tsx';
import { studioPage } from './studio/works.tsx';
import { findPage, replaceForm } from './studio/writing/find.tsx';
import { writingPage } from './studio/writing/passage.tsx';
import { addPicturePage, picturesPage } from './studio/writing/pictures.tsx';
import { keepDraft, savePassage } from './studio/writing/save-passage.tsx';
import { downloadFile } from './taking/download.ts';
import { commentPage, threadPage } from './talking/comments.tsx';
import {
  approvalForm,
  commentForm,
  commentOptionsPage,
  deletionForm,
  freezingForm,
  threadForm,
  waitingPage,
} from './talking/keep.tsx';
import { sayForm, sayPage, sentPage } from './talking/say.tsx';

/** A handle is an id, or an id and the key of its secret link; with an ending it is a file (`handle.ts` reads both). */
const work = '/works/:handle{[0-9a-z]+(?:-[0-9a-z]+)?}';
const note = '/notes/:handle{[0-9a-z]+(?:-[0-9a-z]+)?}';
const person = '/people/:id';
const studio = '/studio/:handle{[0-9a-z]+}';
const writtenNote = '/studio/notes/:handle{[0-9a-z]+}';
const beta = '/beta/:handle{[0-9a-z]+}';
const workFile = '/works/:file{[0-9a-z]+(?:-[0-9a-z]+)?\\.[a-z]+}';

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
  ['POST', `${work}/comments`, 'comment', sayForm],
  ['GET', `${work}/comments/new`, 'comment', sayPage],
  ['GET', `${work}/comments/sent`, 'read a work', sentPage],
  ['GET', `${work}/comments/waiting`, 'moderate a thread', waitingPage],
  ['POST', `${work}/thread`, 'moderate a thread', threadForm],
  ['GET', `${work}/comments/:id`, 'read a work', commentPage],
  ['GET', `${work}/states`, 'read a work', statesPage],
  ['GET', `${work}/source`, 'read a work', sourcePage],
  ['GET', `${work}/resources/:hash`, 'see a picture', resourcePage],
  ['POST', `${work}/verdicts`, 'give a verdict', verdictForm],
  ['GET', `${work}/verdicts/:place`, 'read a work', ofStories(tallyPage)],
  ['GET', '/comments/:id', 'read a work', commentPage],
  ['POST', '/comments/:id', 'edit a comment', commentForm],
  ['GET', '/comments/:id/options', 'delete a comment', commentOptionsPage],
  ['POST', '/comments/:id/deletion', 'delete a comment', deletionForm],
  ['POST', '/comments/:id/freezing', 'moderate a thread', freezingForm],
  ['POST', '/comments/:id/approval', 'moderate a thread', approvalForm],
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
  ['GET', '/studio', 'write a work', studioPage],
  ['POST', '/studio', 'write a work', beginWork],
  ['GET', '/studio/new', 'write a work', newWorkPage],
  ['GET', '/studio/statistics', 'write a work', statisticsOverview],
  ['GET', '/studio/claim', 'write a work', claimPage],
  ['POST', '/studio/claim', 'write a work', claimForm],
  ['GET', '/studio/notes', 'write a work', notesPage],
  ['POST', '/studio/notes', 'write a work', beginNote],
  ['GET', '/studio/notes/new', 'write a work', newNotePage],
  ['GET', writtenNote, 'revise a work', writeNotePage],
  ['POST', writtenNote, 'revise a work', saveNote],
  ['POST', `${writtenNote}/drafts`, 'revise a work', keepNote],
  ['GET', studio, 'revise a work', ofStoriesWritten(deskPage)],
  ['GET', `${studio}/header`, 'revise a work', ofStoriesWritten(headerPage)],
  ['POST', `${studio}/header`, 'revise a work', saveHeader],
  ['GET', `${studio}/map`, 'read a draft', studioMapPage],
  ['POST', `${studio}/places`, 'revise a work', placesForm],
  ['POST', `${studio}/findings`, 'revise a work', findingsForm],
  ['GET', `${studio}/go`, 'read a draft', goPage],
  ['GET', `${studio}/proof`, 'read a draft', proofPage],
  ['GET', `${studio}/phone`, 'revise a work', phonePage],
  ['GET', `${studio}/play/:passage`, 'read a draft', playPage],
  ['GET', `${studio}/find`, 'revise a work', ofStoriesWritten(findPage)],
  ['POST', `${studio}/replacements`, 'revise a work', replaceForm],
  ['GET', `${studio}/passages/:key`, 'revise a work', ofStoriesWritten(writingPage)],
  ['POST', `${studio}/passages/:key/states`, 'revise a work', savePassage],
  ['POST', `${studio}/passages/:key/drafts`, 'revise a work', keepDraft],
  ['POST', `${studio}/passages`, 'revise a work', insertPassage],
  ['POST', `${studio}/divisions`, 'revise a work', divideStory],
  ['POST', `${studio}/branches`, 'revise a work', addWay],
  ['POST', `${studio}/labels`, 'revise a work', nameBranch],
  ['POST', `${studio}/choices`, 'revise a work', offerChoice],
  ['POST', `${studio}/choice`, 'revise a work', changeAChoice],
  ['POST', `${studio}/meetings`, 'revise a work', meetAgain],
  ['POST', `${studio}/flags`, 'revise a work', flagPassage],
  ['POST', `${studio}/splits`, 'revise a work', splitInTwo],
  ['POST', `${studio}/joins`, 'revise a work', joinWithNext],
  ['POST', `${studio}/moves`, 'revise a work', moveElsewhere],
  ['GET', `${studio}/removals/:key`, 'revise a work', removalPage],
  ['GET', `${studio}/removals/:key/:siglum`, 'revise a work', removalPage],
  ['POST', `${studio}/removals`, 'revise a work', takeOut],
  ['GET', `${studio}/pictures`, 'revise a work', picturesPage],
  ['POST', `${studio}/pictures`, 'revise a work', addPicturePage],
  ['POST', `${studio}/states`, 'revise a work', restoreVersion],
  ['GET', `${studio}/compare`, 'revise a work', compareVersions],
  ['GET', `${studio}/compare/:pair`, 'revise a work', compareVersionsPage],
  ['GET', `${studio}/people`, 'revise a work', partsPage],
  ['POST', `${studio}/people`, 'revise a work', partsForm],
  ['GET', `${studio}/suggestions`, 'revise a work', suggestionsPage],
  ['POST', `${studio}/suggestions`, 'revise a work', answerForm],
  ['POST', `${studio}/publication`, 'publish a work', publishForm],
  ['GET', '/import', 'import pages', importPage],
  ['POST', '/import', 'import pages', importForm],
  ['GET', '/import/:batch', 'import pages', batchPage],
  ['GET', `${studio}/review`, 'decide an import', reviewPage],
  ['POST', `${studio}/review`, 'publish a work', publishImport],
  ['GET', `${studio}/review.json`, 'decide an import', reviewReport],
  ['POST', `${studio}/decisions`, 'decide an import', decideForm],
  ['GET', `${studio}/statistics`, 'see statistics', statisticsPage],
  ['GET', `${studio}/statistics.csv`, 'see statistics', statisticsFile],
  ['POST', `${studio}/statistics`, 'revise a work', countingForm],
  ['GET', `${studio}/delete`, 'delete a work', leaveWorkPage],
  ['POST', `${studio}/delete`, 'delete a work', leaveWorkForm],
  ['GET', `${studio}/erase/:passage`, 'delete a work', erasePage],
  ['POST', `${studio}/erase/:passage`, 'delete a work', eraseForm],
  ['GET', '/invited/:code', 'read the archive', invitedPage],
  ['POST', '/invited/:code', 'answer an invitation', invitedForm],
  ['GET', '/beta', 'answer an invitation', betaPage],
  ['POST', '/beta', 'answer an invitation', betaForm],
  ['GET', beta, 'suggest changes', roomPage],
  ['GET', `${beta}/passages/:key`, 'suggest changes', betaPassagePage],
  ['POST', `${beta}/passages/:key/suggestions`, 'suggest changes', suggestForm],
  ['POST', `${beta}/passages/:key/drafts`, 'suggest changes', keepTypedForm],
  ['POST', `${beta}/passages/:key/remarks`, 'suggest changes', remarkForm],
  ['POST', `${beta}/suggestions`, 'suggest changes', ownSuggestionForm],
  ['GET', '/settings', 'read the archive', settingsPage],
  ['POST', '/settings', 'read the archive', saveSettings],
  ['GET', '/rules', 'read the archive', rulesPage],
  ['GET', '/first-start/:token', 'set up the archive', firstStartPage],
  ['POST', '/first-start/:token', 'set up the archive', firstStartForm],
  ['GET', '/sign-in', 'sign in', signInPage],
  ['POST', '/sign-in', 'sign in', signInForm],
  ['GET', '/sign-in/second', 'sign in', secondStepPage],
  ['POST', '/sign-in/second', 'sign in', secondStepForm],
  ['POST', '/sign-in/passkey', 'sign in', passkeySignIn],
  ['POST', '/sign-out', 'sign in', signOutForm],
  ['GET', '/sign-up', 'sign in', signUpPage],
  ['POST', '/sign-up', 'sign in', signUpForm],
  ['GET', '/invitations/:code', 'sign in', invitationPage],
  ['POST', '/invitations/:code', 'sign in', invitationForm],
  ['GET', '/reset', 'sign in', resetPage],
  ['GET', '/reset/mail', 'sign in', mailResetPage],
  ['POST', '/reset/mail', 'sign in', mailResetForm],
  ['GET', '/mail/:code', 'sign in', confirmPage],
  ['POST', '/mail/:code', 'sign in', confirmForm],
  ['GET', '/reset/:code', 'sign in', resetPage],
  ['POST', '/reset', 'sign in', resetForm],
  ['GET', '/account', 'manage my account', accountPage],
  ['POST', '/account/pseuds', 'manage my account', pseudForm],
  ['GET', '/account/pseuds/:id/delete', 'manage my account', leavePseudPage],
  ['POST', '/account/pseuds/:id/delete', 'manage my account', leavePseudForm],
  ['GET', '/account/delete', 'manage my account', leaveAccountPage],
  ['POST', '/account/delete', 'manage my account', leaveAccountForm],
  ['GET', '/account/pseuds/:id', 'manage my account', profilePage],
  ['POST', '/account/pseuds/:id', 'manage my account', profileForm],
  ['POST', '/account/sessions', 'manage my account', sessionsForm],
  ['GET', '/account/pass-phrase', 'manage my account', passPhrasePage],
  ['POST', '/account/pass-phrase', 'manage my account', passPhraseForm],
  ['GET', '/account/second-factor', 'manage my account', secondFactorPage],
  ['POST', '/account/second-factor', 'manage my account', secondFactorForm],
  ['GET', '/account/recovery-codes', 'manage my account', recoveryCodesPage],
  ['POST', '/account/recovery-codes', 'manage my account', recoveryCodesForm],
  ['GET', '/account/mail', 'manage my account', mailPage],
  ['POST', '/account/mail', 'manage my account', mailForm],
  ['GET', '/account/data', 'manage my account', myDataPage],
  ['POST', '/account/data', 'manage my account', myDataForm],
  ['GET', '/account/data/file', 'manage my account', myDataFile],
  ['GET', '/account/passkeys', 'manage my account', passkeysPage],
  ['POST', '/account/passkeys', 'manage my account', passkeysForm],
  ['GET', '/manage/archive', 'configure the archive', archiveSettingsPage],
  ['POST', '/manage/archive', 'configure the archive', archiveSettingsForm],
  ['GET', '/manage/people', 'manage people', managePeoplePage],
  ['POST', '/manage/people', 'manage people', managePeopleForm],
  ['GET', '/manage/invitations', 'manage people', invitationsPage],
  ['POST', '/manage/invitations', 'manage people', invitationsForm],
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
  for (const path of new Set(routes.map(([, path]) => path))) app.all(path, notAllowed(path)(archive));
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
function notAllowed(path: string): Page {
  const methods = routes.flatMap(([method, at]) => (at === path ? [method] : []));
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (archive) => (c) => {
    c.header('allow', allow);
    return c.req.method === 'OPTIONS' ? c.body(null, 204) : excuse(c, archive, notThatWay);
  };
}
