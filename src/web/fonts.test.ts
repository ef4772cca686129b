import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { fontFaces, fontName, fontPath, fonts } from './fonts.ts';

const require = createRequire(import.meta.url);

test('every font is in its package, under the hash it is served by', () => {
  for (const font of fonts) {
    const bytes = readFileSync(fontPath(font));
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 10), font.file).toBe(font.hash);
  }
});

test('the characters a font is fetched for are those its package says it draws', () => {
  const sheets: Readonly<Record<string, readonly string[]>> = {
    '@fontsource-variable/literata': ['opsz.css', 'opsz-italic.css'],
    '@fontsource-variable/inter': ['wght.css', 'wght-italic.css'],
    '@fontsource/atkinson-hyperlegible-next': ['400.css', '400-italic.css', '700.css', '700-italic.css'],
  };
  const told = Object.entries(sheets).flatMap(([name, files]) =>
    files.flatMap((file) =>
      readFileSync(require.resolve(`${name}/${file}`), 'utf8')
        .split('@font-face')
        .slice(1),
    ),
  );
  expect(told).toHaveLength(fonts.length);
  for (const font of fonts) {
    const block = told.find((text) => text.includes(`/${font.file})`));
    expect(block, font.file).toContain(`unicode-range: ${font.range};`);
    expect(block, font.file).toContain(`font-weight: ${font.weight};`);
    expect(block, font.file).toContain(`font-style: ${font.style};`);
  }
});

test('font faces fetch from this archive alone and say their hash', () => {
  const css = fontFaces();
  expect(css).not.toMatch(/https?:|\/\/|data:/);
  for (const font of fonts) expect(css).toContain(`url(/assets/${fontName(font)})`);
});
