import { Invalid, Unreadable } from '../../errors.ts';
import type { Edition } from '../../model/edition.ts';
import { mostFaults } from '../../model/validate.ts';
import { editionSchema } from './schema.ts';

/** A document as it was read: the Edition, and the fields it had that no Edition has, by path. */
export interface EditionDocument {
  readonly edition: Edition;
  readonly unknown: readonly Unknown[];
}

/** A field by its path, and what stood in it. */
export type Unknown = readonly [path: string, value: unknown];

/** No Edition nests deeper: `comments[0].author.name` is 4. */
const deepest = 100;

/**
 * The documents of a file: one JSON object, or one a line.
 * @throws Unreadable when it is not JSON, Invalid with the path of the fault when it is not an Edition.
 */
export function readDocuments(name: string, text: string): readonly EditionDocument[] {
  refuseDepth(name, text);
  const whole = parse(text);
  if (!(whole instanceof SyntaxError)) return readAll([[whole, '']]);
  const lines = [...text.split('\n').entries()].filter(([, line]) => line.trim() !== '');
  const values = lines.map(([at, line]) => [at + 1, parse(line)] as const);
  const first = values[0]?.[1];
  if (first instanceof SyntaxError) throw notJson(name, whole);
  for (const [at, value] of values)
    if (value instanceof SyntaxError) throw notJson(`${name}, line ${at}`, value);
  return readAll(values.map(([at, value]) => [value, `line ${at}: `]));
}

/** @throws Invalid with the faults of all documents: `edition: passages[2].key: expected string; work.rating: …`. */
function readAll(values: readonly (readonly [value: unknown, at: string])[]): readonly EditionDocument[] {
  const documents: EditionDocument[] = [];
  const faults: { readonly path: string; readonly words: string }[] = [];
  for (const [value, at] of values) {
    const result = editionSchema.safeParse(value);
    if (result.success) {
      documents.push({ edition: result.data, unknown: [...findUnknown(value, result.data, '')] });
      continue;
    }
    for (const { path: parts, message } of result.error.issues) {
      const path = pathOf(parts);
      const reason = message.replace(/^Invalid \w+: /, '');
      faults.push({ path, words: `${at}${path === '' ? '' : `${path}: `}${reason}` });
    }
  }
  if (faults.length === 0) return documents;
  const told = faults.slice(0, mostFaults).map((fault) => fault.words);
  const more = faults.length - told.length;
  throw new Invalid(`edition: ${told.join('; ')}${more > 0 ? ` (and ${more} more)` : ''}`, {
    path: faults[0]?.path ?? '',
  });
}

/** A path as remarks and faults write it: `passages[2].key`. */
function pathOf(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>(
    (path, part) =>
      typeof part === 'number' ? `${path}[${part}]` : path === '' ? String(part) : `${path}.${String(part)}`,
    '',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function notJson(name: string, cause: SyntaxError): Unreadable {
  return new Unreadable(
    `import/edition: "${name}" says it is an Edition but is not JSON: ${cause.message.slice(0, 200)}`,
  );
}

/** Looks at brackets outside strings, so that nothing after it has to fear a hundred thousand of them. */
function refuseDepth(name: string, text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) i += c === '\\' ? 1 : 0;
    else if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') depth--;
    if (depth > deepest)
      throw new Unreadable(
        `import/edition: "${name}" nests more than ${deepest} deep; an Edition needs fewer than 10`,
      );
  }
}

/** What stands in a document and not in what was read of it: every known field is always in the latter. */
function* findUnknown(given: unknown, read: unknown, path: string): Generator<Unknown> {
  if (Array.isArray(given) && Array.isArray(read)) {
    for (const [i, value] of given.entries()) yield* findUnknown(value, read[i], `${path}[${i}]`);
    return;
  }
  if (!isObject(given) || !isObject(read)) return;
  for (const [name, value] of Object.entries(given)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (Object.hasOwn(read, name)) yield* findUnknown(value, read[name], here);
    else yield [here, value];
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
