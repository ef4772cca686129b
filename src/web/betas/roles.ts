import type { Role } from '../../model/work.ts';

/** What someone is to a work, for a sentence: `to be its beta`. */
export const roleNames: Readonly<Record<Role, string>> = {
  author: 'co-author',
  beta: 'beta',
  translator: 'translator',
  artist: 'artist',
  podficcer: 'podficcer',
  recipient: 'recipient',
  other: 'helper',
};

/** The parts someone can be asked to have, in the order of menus. */
export const askableRoles = [
  'beta',
  'author',
  'translator',
  'artist',
  'podficcer',
  'recipient',
  'other',
] as const satisfies readonly Role[];

/** What each part means for whoever takes it. */
export const roleMeanings: Readonly<Record<Role, string>> = {
  author:
    'You write this story together: you can change, publish and take it back as the others can, and everyone sees your name on it.',
  beta: 'You read the draft, say what you think of its words and propose others; the author decides. You see the draft and your own suggestions, and nothing else of hers.',
  translator: 'You are named as its translator. You need nothing more for that here.',
  artist: 'You are named as its artist. You need nothing more for that here.',
  podficcer: 'You are named as who read it aloud. You need nothing more for that here.',
  recipient: 'The story is for you, and says so.',
  other: 'You are named as someone who helped with it.',
};

/** The role a form sent; undefined for none of ours. */
export function roleIn(text: string): Role | undefined {
  return askableRoles.find((role) => role === text);
}
