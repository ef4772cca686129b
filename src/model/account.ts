import type { Pseud, Role } from './person.ts';

/** An account as its owner and the hosts see it; nothing of it is public. */
export interface AccountView {
  readonly id: string;
  readonly role: Role;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly suspended: { readonly at: string; readonly why: string } | null;
  /** In the order they were made. */
  readonly pseuds: readonly Pseud[];
  /** The day it was last used, `2026-05-28`; null when it has no session. */
  readonly seenOn: string | null;
  readonly factors: SecondFactors;
}

/** What an account can give beside its pass phrase. */
interface SecondFactors {
  /** One-time codes from an app. */
  readonly totp: boolean;
  readonly passkeys: number;
  /** How many are left. */
  readonly recoveryCodes: number;
}

/** A mail address, as its owner sees it. */
export interface MailView {
  readonly address: string;
  /** ISO 8601; null while it is used for nothing. */
  readonly confirmedAt: string | null;
  /** Whether a new pass phrase may be had by it. */
  readonly forReset: boolean;
}

/** One place where someone is signed in. */
export interface SessionView {
  readonly id: string;
  /** Such as `Firefox on Linux`. */
  readonly label: string;
  readonly begunAt: string;
  /** A day. */
  readonly seenOn: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** What a passkey's check needs, in the shape of @simplewebauthn/server. */
export interface PasskeyCredential {
  /** base64url. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** A passkey, as its owner sees it. */
export interface PasskeyView {
  readonly id: string;
  readonly label: string;
  readonly madeAt: string;
  readonly usedAt: string | null;
}

/** An invitation to have an account, as the hosts see it; the secret of its link is shown once and not kept. */
export interface InvitationView {
  readonly id: string;
  readonly role: Role;
  /** For whom, as the host noted. */
  readonly note: string;
  readonly madeAt: string;
  /** Until when it can be used. */
  readonly until: string;
  readonly usedAt: string | null;
}

/** What became of a request for an account. */
export const requestAnswers = ['waiting', 'granted', 'refused'] as const;
export type RequestAnswer = (typeof requestAnswers)[number];

/** Someone who asks for an account. */
export interface SignUpRequest {
  readonly id: string;
  /** The name she would write under. */
  readonly name: string;
  /** What she says to the host. */
  readonly words: string;
  readonly madeAt: string;
  readonly answer: RequestAnswer;
}
