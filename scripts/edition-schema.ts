// Writes docs/edition.schema.json anew from the schema documents are held to: `node_modules/.bin/node scripts/edition-schema.ts`.
import { writeFileSync } from 'node:fs';
import { editionJsonSchema } from '../src/import/edition/schema.ts';

const file = new URL('../docs/edition.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(editionJsonSchema(), null, 2)}\n`);
