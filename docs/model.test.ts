import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editionJsonSchema } from '../src/import/edition/schema.ts';
import { readDocuments } from '../src/import/edition/document.ts';

const model = readFileSync(join(import.meta.dirname, 'model.md'), 'utf8');
const schema = editionJsonSchema();

/** The names of fields and the values a field may have, anywhere in the schema. */
function namesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => {
    if (name === 'properties') return [...Object.keys(value), ...Object.values(value).flatMap(namesIn)];
    if (name === 'enum' && Array.isArray(value)) return value.filter((v) => typeof v === 'string');
    if (name === 'const' && typeof value === 'string') return [value];
    return namesIn(value);
  });
}

describe('docs/model.md', () => {
  test.each([...new Set(namesIn(schema))])('says what %s is', (name) => {
    const code = model.match(/```[\s\S]*?```|`[^`\n]+`/g)?.join('\n') ?? '';
    expect(code.match(/[^\s`"{}[\],:]+(?: [A-Z][^\s`"{}[\],:]*)*/g)).toContain(name);
  });

  test('begins with a document that is one', () => {
    const example = /```json\n(\{ "format"[\s\S]*?)```/.exec(model)?.[1] ?? '';
    expect(readDocuments('example', example)[0]?.edition.work.title).toBe('The Ferry at Low Water');
  });

  test('gives parts of documents that are parts of documents', () => {
    const parts = [...model.matchAll(/```json\n("[\s\S]*?)```/g)].map(([, part]) => JSON.parse(`{${part}}`));
    expect(parts).toHaveLength(2);
    for (const part of parts) {
      const [document] = readDocuments('part', JSON.stringify({ format: 'variorum-edition', version: 1, work: {}, passages: [], ...part }));
      expect(document?.unknown).toEqual([]);
    }
  });
});

test('docs/edition.schema.json is the schema documents are held to; scripts/edition-schema.ts writes it anew', () => {
  const committed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'edition.schema.json'), 'utf8'));
  expect(committed).toEqual(schema);
});
