import { expect, test } from 'vitest';
import { visible } from './terminal.ts';

test('codes in strangers’ words are written out, tabs and our colours pass', () => {
  expect(visible('\u001b]0;owned\u0007\u001b[2JTitle\r\n  ✓ forged')).toBe(
    '\\u001b]0;owned\\u0007\\u001b[2JTitle\\u000d\\u000a  ✓ forged',
  );
  expect(visible('a\t\u001b[36mgood\u001b[0m \u202eback')).toBe('a\t\u001b[36mgood\u001b[0m \\u202eback');
  expect(visible('“Ünïcödé” 日本語 עברית')).toBe('“Ünïcödé” 日本語 עברית');
});
