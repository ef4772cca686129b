/** What writers and those who bring pages in are answered: loaded when the first of it is asked for. */
export { decideForm } from '../importing/decide.ts';
export { batchPage, importForm, importPage } from '../importing/import.tsx';
export { publishImport } from '../importing/publish.tsx';
export { reviewPage, reviewReport } from '../importing/review.tsx';
export { keepNote } from '../journals/keep-note.tsx';
export { notesPage } from '../journals/notes.tsx';
export { beginNote, newNotePage, saveNote, writeNotePage } from '../journals/write-note.tsx';
export { claimForm, claimPage } from '../leaving/claim.tsx';
export { eraseForm, erasePage } from '../leaving/erase.tsx';
export { leaveWorkForm, leaveWorkPage } from '../leaving/work.tsx';
export { statisticsOverview } from '../statistics/overview.tsx';
export { statisticsFile, statisticsPage } from '../statistics/page.tsx';
export { countingForm } from '../statistics/switches.tsx';
export { headerPage, saveHeader } from './header/header.tsx';
export { beginWork, newWorkPage } from './header/new.tsx';
export { partsForm, partsPage } from './people/people.tsx';
export { answerForm, suggestionsPage } from './people/suggestions.tsx';
export { phonePage } from './publishing/phone.tsx';
export { publishForm } from './publishing/publication.tsx';
export { removalPage } from './publishing/removal.tsx';
export { compareVersions, restoreVersion } from './publishing/versions.ts';
export { findingsForm } from './story/findings.tsx';
export {
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
} from './story/forking.ts';
export { goPage, placesForm } from './story/places.ts';
export { playPage } from './story/play.tsx';
export { proofPage } from './story/proof.tsx';
export { studioMapPage } from './story/story-map.tsx';
export { deskPage } from './work.tsx';
export { studioPage } from './works.tsx';
export { findPage, replaceForm } from './writing/find.tsx';
export { writingPage } from './writing/passage.tsx';
export { addPicturePage, picturesPage } from './writing/pictures.tsx';
export { keepDraft, savePassage } from './writing/save-passage.tsx';
