import type { Block, CleanHtml } from '../html.ts';
import type { WrittenDate } from '../model/date.ts';
import type { Decision, Remark } from '../model/remark.ts';
import type { Story } from '../model/state.ts';
import type { Header } from '../model/work.ts';

/** The words of one entry or file, before its header, parts and endings are told apart. */
export interface StoryText {
  readonly file: string;
  /** The subject line of the entry, or the page's title; null for none. */
  readonly subject: string | null;
  readonly blocks: readonly Block[];
  readonly posted: WrittenDate | null;
  readonly decisions: readonly Decision[];
}

/** What a text turned out to be. `header` holds only what the text itself says; callers add what the page says. */
export interface ReadStory {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
  readonly remarks: readonly Remark[];
}
