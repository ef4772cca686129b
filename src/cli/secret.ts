import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { Invalid } from '../errors.ts';

/**
 * Asks for something that is not shown while it is typed, twice where it is new. From a pipe it is the first line.
 * @throws Invalid when the two differ, or nothing came.
 */
export async function readSecret(
  { stdin, stderr }: { readonly stdin: Readable & { readonly isTTY?: boolean }; readonly stderr: Writable },
  question: string,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<string> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden, terminal: stdin.isTTY === true });
  try {
    if (stdin.isTTY !== true) {
      for await (const line of lines) return line;
      throw new Invalid(`cli: nothing was typed for: ${question}`);
    }
    const ask = async (words: string): Promise<string> => {
      stderr.write(`${words}: `);
      const answer = await lines.question('');
      stderr.write('\n');
      return answer;
    };
    const answer = await ask(question);
    if (isNew && (await ask('The same again')) !== answer)
      throw new Invalid('cli: the two are not the same; nothing was changed');
    return answer;
  } catch (cause) {
    // Ctrl-C.
    if (cause instanceof Error && cause.name === 'AbortError')
      throw new Invalid('cli: stopped; nothing was changed', { cause });
    throw cause;
  } finally {
    lines.close();
  }
}
