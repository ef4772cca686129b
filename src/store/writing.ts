/** What writers do with works: begin, revise, restore, schedule; their drafts; who is named. */
export {
  type Arrangement,
  arrangeWork,
  type DueOutcome,
  publishDue,
  scheduleWork,
  unpublishWork,
} from './writing/arrange.ts';
export {
  answerCredit,
  type CreditAsked,
  findHands,
  type Hands,
  listAsked,
  listCredits,
  proposeCredit,
  withdrawCredit,
} from './writing/credits.ts';
export { type Draft, dropDraft, findDrafts, saveDraft } from './writing/drafts.ts';
export {
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
