import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { Invalid } from '../errors.ts';
import type { Decision } from '../model/remark.ts';

const decisionsFile = z.record(z.string(), z.record(z.string(), z.string()));

/**
 * Reads decisions by file: `{ "page.html": { "variantSets[0].place": "5", "work.rating": "Mature" } }`. Gives the
 * decisions for a path, found by the whole path or by its last part.
 * @throws Invalid when the file is not such a document.
 */
export async function readDecisionsFile(
  file: string,
  by: string,
  at: string,
): Promise<(path: string) => readonly Decision[]> {
  const byFile = await readFile(file, 'utf8')
    .then((text) => decisionsFile.parse(JSON.parse(text)))
    .catch((cause: unknown) => {
      const shape = '{"page.html": {"work.title": "…"}}';
      const reason =
        cause instanceof z.ZodError
          ? z.prettifyError(cause).replace(/\s+/g, ' ').slice(0, 200)
          : String(cause);
      throw new Invalid(
        `import: the decisions in "${file}" cannot be read; they look like ${shape}: ${reason}`,
        { cause },
      );
    });
  return (path) => {
    const facts = byFile[path] ?? byFile[path.split('/').at(-1) ?? ''] ?? {};
    return Object.entries(facts).map(([about, value]) => ({ about, value, by, at }));
  };
}
