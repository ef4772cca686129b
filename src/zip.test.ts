import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { Unreadable } from './errors.ts';
import { zip as packBook } from './export/epub/zip.ts';
import { sharedPath } from './testing/shared.ts';
import { listZip, writeZip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'variorum-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('writing a zip', () => {
  it('gives what any other program unpacks again, readable by its owner only', async () => {
    const path = join(folder, 'written.zip');
    const zip = writeZip(path);
    await zip.add({ path: 'works/Ängste & 水.json', bytes: bytesOf('{"a":1}'.repeat(5000)) });
    await zip.add({ path: 'picture.png', bytes: bytesOf('not packed'), stored: true });
    await zip.add({ path: 'empty.txt', bytes: bytesOf('') });
    const size = await zip.end();
    expect(statSync(path)).toMatchObject({ size });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const files = unzipSync(readFileSync(path));
    expect(Object.keys(files)).toEqual(['works/Ängste & 水.json', 'picture.png', 'empty.txt']);
    expect(new TextDecoder().decode(files['works/Ängste & 水.json'])).toBe('{"a":1}'.repeat(5000));
    expect(size).toBeLessThan(5000);
  });

  it('says when it cannot', async () => {
    const zip = writeZip(join(folder, 'no', 'such', 'folder.zip'));
    await expect(
      (async () => {
        await zip.add({ path: 'a', bytes: bytesOf('a') });
        await zip.end();
      })(),
    ).rejects.toThrow(/ENOENT/);
  });
});

describe('reading a zip', () => {
  it('lists the files in it and reads each', async () => {
    const made = zipSync({ 'a/b.html': bytesOf('<p>b'), 'c.txt': bytesOf('c'.repeat(1000)) });
    const files = await listZip(made, 'x.zip');
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ['a/b.html', 4],
      ['c.txt', 1000],
    ]);
    expect(await Promise.all(files.map(async (f) => new TextDecoder().decode(await f.read())))).toEqual([
      '<p>b',
      'c'.repeat(1000),
    ]);
  });

  it('refuses names that lead out of it, whatever they look like', async () => {
    for (const name of ['../x', 'a/../../x', '/abs', 'C:\\x', 'C:/x', 'a\\..\\..\\b']) {
      const made = packBook([{ path: name, bytes: bytesOf('x') }]);
      await expect(listZip(made, 'x.zip'), name).rejects.toThrow(Unreadable);
    }
  });

  it('refuses what is no zip at all, and one cut short', async () => {
    const whole = zipSync({ 'a.txt': bytesOf('a') });
    for (const bytes of [bytesOf('PK\u0003\u0004 but no more'), whole.subarray(0, whole.length - 10)])
      await expect(listZip(bytes, 'x.zip')).rejects.toThrow(/"x\.zip" cannot be unpacked/);
  });

  it('refuses names that stand twice and names without end', async () => {
    const twice = packBook([
      { path: 'a', bytes: bytesOf('1') },
      { path: 'a', bytes: bytesOf('2') },
    ]);
    await expect(listZip(twice, 'x.zip')).rejects.toThrow('two files called "a"');
    const long = packBook([{ path: 'a'.repeat(60_000), bytes: bytesOf('1') }]);
    await expect(listZip(long, 'x.zip')).rejects.toThrow('a name of 60000 letters');
  });

  it('reads no more than a file says it holds', async () => {
    const made = Buffer.from(zipSync({ 'a.txt': bytesOf('a'.repeat(100_000)) }));
    const central = made.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    made.writeUInt32LE(10, central + 24);
    const [file] = await listZip(made, 'x.zip');
    await expect(file?.read()).rejects.toThrow(Unreadable);
  });
});

describe('a bomb is refused before anything of it is unpacked', () => {
  it('that grows a hundredfold and more', async () => {
    const made = Buffer.from(packBook([{ path: 'zeros.html', bytes: new Uint8Array(300_000) }]));
    const central = made.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    made.writeUInt32LE(1024 ** 3, central + 24);
    await expect(listZip(made, 'x.zip')).rejects.toThrow('would unpack to 1024 MB');
  });

  it('of more files than anyone has', async () => {
    const made = Buffer.from(packBook([{ path: 'a', bytes: bytesOf('') }]));
    made.writeUInt16LE(50_001, made.length - 14);
    made.writeUInt16LE(50_001, made.length - 12);
    await expect(listZip(made, 'x.zip')).rejects.toThrow('holds 50001 files');
  });

  it('of one file under many names', async () => {
    const one = Buffer.from(packBook([{ path: '0000', bytes: bytesOf('x'.repeat(50_000)) }]));
    const central = one.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const record = one.subarray(central, central + 50);
    const records = Array.from({ length: 500 }, (_, i) => {
      const copy = Buffer.from(record);
      copy.write(String(i).padStart(4, '0'), 46);
      return copy;
    });
    const end = Buffer.from(one.subarray(-22));
    end.writeUInt16LE(500, 8);
    end.writeUInt16LE(500, 10);
    end.writeUInt32LE(500 * 50, 12);
    const made = Buffer.concat([one.subarray(0, central), ...records, end]);
    await expect(listZip(made, 'x.zip')).rejects.toThrow('lie over one another');
  });
});

const malformed = sharedPath('corpora/zip-malformed');
describe.skipIf(malformed === undefined)('every zip of the collection of malformed ones', () => {
  it.each(malformed === undefined ? [] : readdirSync(malformed))(
    'is read or refused with a reason: %s',
    async (name) => {
      const read = async (): Promise<number> => {
        const files = await listZip(join(malformed ?? '', name), name);
        for (const file of files) expect((await file.read()).length).toBe(file.size);
        return files.length;
      };
      const outcome = await read().catch((error: unknown) => error);
      if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(Unreadable);
    },
  );
});
