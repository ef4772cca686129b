/** What betas are answered: loaded when the first of it is asked for. */
export { invitedForm, invitedPage } from './invited.tsx';
export { betaPassagePage } from './passage.tsx';
export { betaForm, betaPage } from './reading.tsx';
export { roomPage } from './room.tsx';
export { ownSuggestionForm, remarkForm, suggestForm } from './suggesting.tsx';
export { keepTypedForm } from './typing.tsx';
