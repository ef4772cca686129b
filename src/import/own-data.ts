import * as z from 'zod';
import { Unreadable } from '../errors.ts';

/**
 * `index.json` at the root of what people download of their own (`My data`): which of its files are Editions to be
 * imported. The rest of the folder is for people.
 */
export const ownDataIndex = 'index.json';

const schema = z.object({
  format: z.literal('variorum-data'),
  version: z.literal(1),
  files: z.array(
    z.object({
      path: z.string(),
      /** What it holds: `edition` is what an import reads. */
      kind: z.string(),
      size: z.number(),
      sha256: z.string(),
    }),
  ),
});

/** What `index.json` says of the files beside it. */
export type OwnData = z.infer<typeof schema>;

/**
 * The paths of the Editions that an `index.json` lists, or undefined when it is the index of something else.
 * @throws Unreadable for one of a version this program does not know
 */
export function editionsListed(text: string): readonly string[] | undefined {
  if (!/"format"\s*:\s*"variorum-data"/.test(text)) return undefined;
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success)
    throw new Unreadable(
      `import: "${ownDataIndex}" is of another version than this program reads, or damaged`,
    );
  return parsed.data.files.flatMap(({ path, kind }) => (kind === 'edition' ? [path] : []));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
