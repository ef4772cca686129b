import { describe, expect, test } from 'vitest';
import { type Palette, type Token, themes, tokens } from './themes.ts';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const sigla: readonly Token[] = ['siglum-1', 'siglum-2', 'siglum-3', 'siglum-4'];
const tints: readonly Token[] = ['tint-1', 'tint-2', 'tint-3', 'tint-4'];
const grounds: readonly Token[] = ['paper', 'card'];

/** What is written in what, on what: 4.5:1 (success criterion 1.4.3). */
const written: readonly (readonly [Token, Token])[] = [
  ...grounds.flatMap((ground) =>
    (['ink', 'soft', 'link', ...sigla] as const).map((text) => [text, ground] as const),
  ),
  ...sigla.map((ground) => ['on-siglum', ground] as const),
  ...tints.flatMap((ground) => [['ink', ground] as const, ['link', ground] as const]),
  ['on-siglum', 'siglum-both'],
  ['on-ink', 'ink'],
  ['on-ink', 'link'],
  ['ink', 'tag'],
  ['link', 'tag'],
  ['soft', 'tag'],
  ['ink', 'mark'],
];

/** What must be told from its ground as a shape: 3:1 (success criterion 1.4.11). */
const drawn: readonly (readonly [Token, Token])[] = grounds.flatMap((ground) =>
  ([...sigla, 'siglum-both', 'edge', 'ink', 'link'] as const).map((shape) => [shape, ground] as const),
);

describe.each(Object.entries<Palette>(themes))('the %s theme', (name, palette) => {
  test('gives every colour as six hex digits', () => {
    for (const token of tokens) expect(palette[token], token).toMatch(/^#[0-9a-f]{6}$/);
  });

  test('can be read: text stands at 4.5:1 or more on its ground', () => {
    const least = name === 'contrast' ? 7 : 4.5;
    for (const [text, ground] of written) {
      expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });

  test('can be told apart: shapes stand at 3:1 or more on their ground', () => {
    for (const [shape, ground] of drawn) {
      expect(contrast(palette[shape], palette[ground]), `${shape} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });
});

test('the measure itself is right: black on white is 21:1, and 767676 on white the well-known 4.54:1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
