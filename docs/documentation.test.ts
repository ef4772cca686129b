import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../src/cli/index.ts';
import { exitCodes } from '../src/cli/terminal.ts';
import { settings } from '../src/config.ts';
import { importers } from '../src/import/index.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the documentation keeps up with the program', () => {
  test.each(Object.values(settings).map((s) => [s.env, s] as const))('setting %s stands with its default and help', (_, setting) => {
    const byDefault = setting.default === '' ? '' : `\`${setting.default}\``;
    expect(read('docs/settings.md')).toContain(`| \`${setting.env}\` | ${byDefault}${byDefault === '' ? '' : ' '}| ${setting.help} |`);
  });

  test.each(Object.entries(commands))('command %s stands with its brief', (name, command) => {
    const line = read('docs/commands.md').split('\n').find((l) => l.startsWith(`| \`variorum ${name}`));
    expect(line).toContain(command.brief);
  });

  test.each(Object.entries(exitCodes))('exit code "%s" is explained', (_, code) => {
    expect(read('docs/commands.md')).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
  });

  test.each(importers.map((i) => [i.name, i] as const))('importer %s stands with what it reads', (name, importer) => {
    expect(read('docs/importers.md')).toContain(`| \`${name}\` | ${importer.about} |`);
  });
});

test('links between documents lead somewhere', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGES.md', ...readdirSync(join(root, 'docs')).filter((f) => f.endsWith('.md')).map((f) => `docs/${f}`)];
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, target]) => join(root, document, '..', target ?? ''))
      .filter((path) => !existsSync(path))
      .map((path) => `${document}: ${path}`),
  );
  expect(broken).toEqual([]);
});

test('the agents’ page is the contributors’ page', () => {
  expect(read('AGENTS.md')).toBe(read('CONTRIBUTING.md'));
});
