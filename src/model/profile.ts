import type { CleanHtml } from '../html.ts';

/** A way from a pseud's page to somewhere else. */
export interface ProfileLink {
  readonly label: string;
  /** http or https. */
  readonly url: string;
}

/** What a pseud says of herself. It belongs to the pseud alone: nothing of it is shared with other names of the same account. */
export interface Profile {
  /** Without pictures; null where she says nothing. */
  readonly bio: CleanHtml | null;
  /** As she writes them; '' where she says nothing. */
  readonly pronouns: string;
  readonly links: readonly ProfileLink[];
  /** Whether she has a picture; without one her initial stands for her. */
  readonly hasIcon: boolean;
}

/** A profile that says nothing. */
export const emptyProfile: Profile = { bio: null, pronouns: '', links: [], hasIcon: false };

/** In characters, but for `links`. */
export const longestOf = { bio: 5_000, pronouns: 60, label: 80, url: 500, links: 10 } as const;
