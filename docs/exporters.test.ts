import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exporters } from '../src/export/index.ts';

const page = readFileSync(join(import.meta.dirname, 'exporters.md'), 'utf8');

test.each(exporters.map((e) => [e.name, e] as const))('exporter %s stands with its name and what it loses', (name, exporter) => {
  expect(page).toContain(`| \`${name}\` | ${exporter.label} | ${exporter.loses || 'Nothing.'} |`);
  expect(page).toContain(`## ${exporter.label}\n`);
});

test('no format is described that is not there', () => {
  const described = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(described).toEqual(exporters.map((e) => e.name));
});
