import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Invalid } from '../errors.ts';
import { readSecret } from './secret.ts';

/** A terminal at which these lines are typed, each once it is asked for. */
function terminal(isTTY: boolean, ...lines: readonly string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = new PassThrough();
  const shown: string[] = [];
  const left = [...lines];
  stderr.on('data', (chunk: Buffer) => {
    shown.push(String(chunk));
    if (String(chunk).endsWith(': ')) setImmediate(() => stdin.write(`${left.shift() ?? ''}\r`));
  });
  if (!isTTY) stdin.end(lines.map((line) => `${line}\n`).join(''));
  return { process: { stdin, stderr }, shown };
}

describe('a pass phrase', () => {
  test('is not shown while it is typed, and can be mended', async () => {
    const { process, shown } = terminal(true, 'low waterr\u007f and a late boat');
    expect(await readSecret(process, 'A pass phrase')).toBe('low water and a late boat');
    expect(shown.join('')).toBe('A pass phrase: \n');
  });

  test('is typed twice where it is new', async () => {
    const same = terminal(true, 'one phrase', 'one phrase');
    expect(await readSecret(same.process, 'New', { isNew: true })).toBe('one phrase');
    const other = terminal(true, 'one phrase', 'another');
    await expect(readSecret(other.process, 'New', { isNew: true })).rejects.toThrow(Invalid);
  });

  test('can be given up, which changes nothing', async () => {
    const { process } = terminal(true, '\u0003');
    await expect(readSecret(process, 'New', { isNew: true })).rejects.toThrow(/nothing was changed/);
  });

  test('is the first line of a pipe', async () => {
    const { process, shown } = terminal(false, 'low water and a late boat', 'another line');
    expect(await readSecret(process, 'New', { isNew: true })).toBe('low water and a late boat');
    expect(shown).toEqual([]);
    await expect(readSecret(terminal(false).process, 'New')).rejects.toThrow(/nothing was typed/);
  });
});
