import Ajv from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editionImporter } from '../import/edition/index.ts';
import { editionJsonSchema } from '../import/edition/schema.ts';
import { openFile } from '../import/open.ts';
import { checkEdition } from '../model/validate.ts';
import { anyEdition } from '../testing/editions.ts';
import { edition, passage, story } from '../testing/stories.ts';
import { fields, writeJson } from './json.ts';

const options = { address: null, comments: true, stateMadeAt: '2026-11-22T18:00:00Z' };
const small = edition('T', story([passage('p1', 'Words.')]));

/** The same object with its fields in the opposite order, all the way down. */
function reversed<T>(value: T): T;
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, reversed(v)]),
  );
}

test('any Edition, exported and imported, is the same Edition, and exported again the same bytes', () => {
  fc.assert(
    fc.property(anyEdition, (given) => {
      checkEdition(given);
      const bytes = writeJson(given, options);
      const { editions } = editionImporter.read(openFile({ path: 'x.json', bytes }), []);
      expect(editions).toEqual([given]);
      expect(editions.map((e) => Buffer.from(writeJson(e, options)).equals(bytes))).toEqual([true]);
    }),
    { numRuns: 150 },
  );
});

test('what is written fits the published schema', () => {
  const validate = new Ajv.default({ strict: true }).compile(editionJsonSchema());
  fc.assert(
    fc.property(anyEdition, (given) => {
      const valid = validate(JSON.parse(new TextDecoder().decode(writeJson(given, options))));
      expect(validate.errors ?? []).toEqual([]);
      expect(valid).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('the order in which an object holds its fields does not show', () => {
  fc.assert(
    fc.property(anyEdition, (given) => {
      expect(writeJson(reversed(given), options)).toEqual(writeJson(given, options));
    }),
    { numRuns: 20 },
  );
});

test('every field of the schema has its place in the order', () => {
  const names = new Set<string>();
  JSON.stringify(editionJsonSchema(), (name, value: unknown) => {
    if (name === 'properties' && typeof value === 'object' && value !== null) {
      for (const field of Object.keys(value)) names.add(field);
    }
    return value;
  });
  expect([...names].filter((name) => !fields.includes(name))).toEqual([]);
  expect(new Set(fields).size).toBe(fields.length);
});

test('the document begins with its format, is indented for people and ends with a new line', () => {
  const text = new TextDecoder().decode(writeJson(small, options));
  expect(
    text.startsWith(
      '{\n  "format": "variorum-edition",\n  "version": 1,\n  "kind": "story",\n  "work": {\n    "title": "T",',
    ),
  ).toBe(true);
  expect(text.endsWith('}\n')).toBe(true);
});
