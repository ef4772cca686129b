import type { CleanHtml } from '../html.ts';

/** Who may make an account. */
export const signUps = ['open', 'invitation', 'request', 'nobody'] as const;
export type SignUp = (typeof signUps)[number];

/** What the host says of the archive, in it; everything else is in `config.ts`. */
export interface ArchiveSettings {
  readonly name: string;
  readonly signUp: SignUp;
  /** The house rules, which every form for writing links to. */
  readonly rules: CleanHtml;
  /** How to reach the host: an address, a name, a sentence. '' when she does not say. */
  readonly contact: string;
  /** Whether guests may comment where an author lets them. */
  readonly guestComments: boolean;
  /** Whether moderators and hosts need a second factor to act as such. */
  readonly secondFactor: boolean;
  /** Whether readings are counted for their authors. */
  readonly countReadings: boolean;
}
