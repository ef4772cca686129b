import type { Context } from 'hono';
import { isPassPhraseOf } from '../../store/people/sign-in.ts';
import type { Archive } from '../archive.ts';
import { type Door, doorOf } from './door.ts';
import { type Problems, waitWords } from './parts.tsx';

/**
 * Asks someone who is signed in for her pass phrase again, before what a browser left open must not do; undefined when
 * it was right, else what to say beside the field.
 */
export async function checkAgain(
  c: Context,
  archive: Archive,
  accountId: string,
  passPhrase: string,
  field = 'passPhrase',
): Promise<Problems | undefined> {
  const door: Door = doorOf(archive);
  const place = `again ${door.address(c)}`;
  const seconds = door.attempts.begin(accountId, place);
  if (seconds > 0) return { [field]: waitWords(seconds) };
  if (!(await isPassPhraseOf(archive.store, accountId, passPhrase)))
    return { [field]: 'This is not your pass phrase.' };
  door.attempts.forgive(accountId, place);
  return undefined;
}
