/**
 * What a writer does with a story, each as a function from story to story. None changes what it is given; each gives
 * a story that holds together (`checkStory`) or throws Invalid, saying in plain words why it cannot be done and what
 * can. Only what is called `remove…` takes text away.
 */
export {
  addBranch,
  addEnding,
  divideHere,
  labelBranch,
  type NewBranch,
  orderBranches,
  removeBranch,
  usualLabels,
  writeAnotherWay,
} from './edit/branches.ts';
export {
  addChoice,
  changeChoice,
  flagsOf,
  moveChoice,
  rejoin,
  removeChoice,
  setFlags,
} from './edit/choices.ts';
export {
  addPassage,
  joinPassages,
  markEnding,
  movePassage,
  removePassage,
  renamePassage,
  splitPassage,
  tagPassage,
  writePassage,
} from './edit/passages.ts';
export { publishedPart, type Waiting, waitingPassages } from './edit/publish.ts';
export { type Cut, goOn, noWords, type Words } from './edit/words.ts';
