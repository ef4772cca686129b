import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fontFaces, typefaces } from './fonts.ts';
import { themeRules, tokens } from './themes.ts';

const folder = fileURLToPath(new URL('./public/', import.meta.url));
const sheets = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .map((name) => [name, readFileSync(folder + name, 'utf8').replace(/\/\*.*?\*\//gs, '')] as const);
const all = sheets.map(([, css]) => css).join('\n');

describe.each(sheets)('%s', (_name, css) => {
  test('takes its colours from the themes alone', () => {
    expect(css.match(/:[^;{}]*#[0-9a-f]{3,8}\b/gi)).toBeNull();
    const named = css.match(/(?<=[:\s])(rgb|rgba|hsl|oklch)\([^)]*\)/g) ?? [];
    for (const colour of named)
      expect(colour, 'only shadows, which carry no meaning').toMatch(/^rgb\(0 0 0 \/ 0\.\d+\)$/);
  });

  test('uses no property that nothing sets', () => {
    const set = new Set([...`${all}${themeRules()}`.matchAll(/(--[\w-]+)\s*:/g)].map((m) => m[1]));
    for (const token of tokens) expect(set).toContain(`--${token}`);
    for (const [, used] of css.matchAll(/var\((--[\w-]+)\)/g)) expect(set, used).toContain(used);
  });

  test('fetches nothing and has every rule in a layer', () => {
    expect(css).not.toMatch(/url\(|@import/);
    let depth = 0;
    let outside = '';
    for (const character of css) {
      if (character === '}') depth--;
      if (depth === 0 && character !== '}') outside += character;
      if (character === '{') depth++;
    }
    expect(depth).toBe(0);
    for (const rule of outside.split('{').map((r) => r.trim())) expect(rule).toMatch(/^(@layer [a-z]+)?$/);
  });
});

test('every typeface on offer is shipped', () => {
  for (const name of Object.values(typefaces)) expect(fontFaces()).toContain(`font-family:"${name}"`);
});
