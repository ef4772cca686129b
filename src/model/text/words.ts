/**
 * Counts words as AO3 does (otwarchive lib/word_counter.rb): hyphens and apostrophes join, `--` and dashes part,
 * Han, Hiragana, Katakana and Thai count by character.
 */
export function countWords(text: string): number {
  const plain = text.replace(/--/g, '—').replace(/['’‘-]/g, '');
  return plain.match(counted)?.length ?? 0;
}

const byCharacter = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const counted = new RegExp(`[${byCharacter}]|(?:(?![${byCharacter}])[\\p{L}\\p{M}\\p{N}_])+`, 'gu');
