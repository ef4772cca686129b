import { expect, test } from 'vitest';
import { cleanHtml } from '../html.ts';
import { defaultRules } from './settings.ts';

test('the house rules an archive begins with are clean as they stand', () => {
  expect(cleanHtml(defaultRules)).toBe(defaultRules);
});
