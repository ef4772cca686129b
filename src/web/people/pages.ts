/** What is asked of accounts, and of those who run the archive: loaded when the first of it is asked for. */
export { leaveAccountForm, leaveAccountPage } from '../leaving/account.tsx';
export { leavePseudForm, leavePseudPage } from '../leaving/pseud.tsx';
export { accountPage, pseudForm, sessionsForm } from './account.tsx';
export { archiveSettingsForm, archiveSettingsPage, rulesPage } from './archive-settings.tsx';
export { firstStartForm, firstStartPage } from './first-start.tsx';
export { invitationForm, invitationPage } from './invitation.tsx';
export { invitationsForm, invitationsPage } from './invitations.tsx';
export { confirmForm, confirmPage, mailForm, mailPage } from './mail.tsx';
export { mailResetForm, mailResetPage } from './mail-reset.tsx';
export { managePeopleForm, managePeoplePage } from './manage.tsx';
export { myDataFile, myDataForm, myDataPage } from './my-data.tsx';
export { passPhraseForm, passPhrasePage } from './pass-phrase.tsx';
export { passkeySignIn } from './passkey-sign-in.tsx';
export { passkeysForm, passkeysPage } from './passkeys.tsx';
export { profileForm, profilePage } from './profile.tsx';
export { resetForm, resetPage } from './reset.tsx';
export {
  recoveryCodesForm,
  recoveryCodesPage,
  secondFactorForm,
  secondFactorPage,
} from './second-factor.tsx';
export { secondStepForm, secondStepPage } from './second-step.tsx';
export { signInForm, signInPage, signOutForm } from './sign-in.tsx';
export { signUpForm, signUpPage } from './sign-up.tsx';
