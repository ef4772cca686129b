/** Notes on a test site. */
import { htmlOfText } from '../../html.ts';
import type { Audience } from '../../model/work.ts';
import { publishWork } from '../../store/works.ts';
import { createWork } from '../../store/writing.ts';
import { passage, story } from '../../testing/stories.ts';
import type { TestSite } from '../site.testing.ts';

interface NoteFacts {
  readonly title?: string;
  /** `2006-05-28`. */
  readonly posted?: string;
  readonly audience?: Audience;
  readonly publish?: boolean;
}

/** A note of a pseud's, published unless told otherwise; gives its id. */
export async function publishedNote(
  { archive: { store } }: Pick<TestSite, 'archive'>,
  by: string,
  text: string,
  { title, posted, audience, publish = true }: NoteFacts = {},
): Promise<string> {
  const date = { written: null, local: posted ?? null, instant: null, zone: null, precision: 'day' } as const;
  const id = await createWork(store, {
    kind: 'note',
    title: title ?? null,
    creators: [by],
    header: posted === undefined ? {} : { posted: date },
    story: story([passage('p1', text, { html: htmlOfText(text) })]),
    by,
  });
  const answers = { rating: null, warnings: [], audience: audience ?? 'everyone' } as const;
  if (publish) await publishWork(store, id, answers);
  return id;
}
