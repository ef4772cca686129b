/** What writers do with works: begin, revise, restore, schedule; their drafts; who is named. */

export { acceptSuggestions, answerSuggestions, replyTo } from './writing/answering.ts';
export {
  type Arrangement,
  arrangeWork,
  type DueOutcome,
  publishDue,
  scheduleWork,
  unpublishWork,
} from './writing/arrange.ts';
export { type CreditAsked, listAsked, listCredits, listParts, type Naming } from './writing/asked.ts';
export {
  type CreditLink,
  findCreditLink,
  listCreditLinks,
  makeCreditLink,
  takeCreditLink,
  withdrawCreditLink,
} from './writing/credit-links.ts';
export {
  answerCredit,
  endReading,
  findHands,
  proposeCredit,
  takeNameOff,
  withdrawCredit,
} from './writing/credits.ts';
export { type Draft, dropDraft, findDraft, findDrafts, saveDraft } from './writing/drafts.ts';
export { addPicture, listPictures, removePicture, type WorkPicture } from './writing/pictures.ts';
export { findPlaces, type MapPlace, putPlaces } from './writing/places.ts';
export {
  getWritten,
  listWritten,
  type PassageBeside,
  readBeside,
  readWritten,
  type WrittenWork,
} from './writing/reading.ts';
export {
  createWork,
  markComplete,
  type NewWork,
  type Revision,
  restoreState,
  reviseWork,
} from './writing/revise.ts';
export { mostSuggestions, type NewSuggestion, suggest } from './writing/suggesting.ts';
export {
  countOpenSuggestions,
  getSuggestion,
  listSuggestions,
  mostAnswered,
} from './writing/suggestions.ts';
