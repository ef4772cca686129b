/** What people do who leave, or whose work shall not bear their name any more. */
export { deleteAccount, type Farewell } from './leaving/account.ts';
export { findMentions, type Mention, type Mentions } from './leaving/mentions.ts';
export { claimOrphans, moveWork, newClaimCode, orphanWork } from './leaving/orphan.ts';
export { type PassageHistory, passageHistory } from './leaving/passage-history.ts';
export { type CommentsLeft, countSaid, deletePseud } from './leaving/pseud.ts';
