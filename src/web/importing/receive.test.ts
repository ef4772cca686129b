import { expect, test } from 'vitest';
import { pathFor } from './receive.ts';

class Counted extends Map<string, number> {
  looks = 0;
  override has(key: string): boolean {
    this.looks++;
    return super.has(key);
  }
}

test('thousands of files of one name each get a place of their own, without counting from one each time', () => {
  const taken = new Counted();
  const paths = Array.from({ length: 1000 }, () => pathFor('page.html', taken));
  expect(new Set(paths).size).toBe(1000);
  expect(paths.slice(0, 3)).toEqual(['pages/page.html', 'pages/page (2).html', 'pages/page (3).html']);
  expect(taken.looks).toBeLessThan(3000);
});

test('a name that looks like a numbered one takes no place twice', () => {
  const taken = new Map<string, number>();
  const names = ['a (2).html', 'a.html', 'A.html', 'a.html', 'a (2).html', 'a (3).html'];
  const paths = names.map((name) => pathFor(name, taken)?.toLowerCase());
  expect(new Set(paths).size).toBe(names.length);
});
