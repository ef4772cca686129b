/** How comments are written, answered and moderated: loaded when the first of it is asked for. */
export {
  approvalForm,
  commentForm,
  commentOptionsPage,
  deletionForm,
  freezingForm,
  threadForm,
  waitingPage,
} from './keep.tsx';
export { sayForm, sayPage, sentPage } from './say.tsx';
