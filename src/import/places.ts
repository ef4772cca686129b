import { type Block, blockText } from '../html.ts';
import { countWords } from '../model/text/words.ts';

/**
 * A place at which a text may be parted, before one of its paragraphs. `value` is how decisions name it, whatever else
 * was decided: `3`, after the third scene; `3:2`, after the second paragraph of the third scene; `0`, before the first
 * word.
 */
interface TextPlace {
  readonly value: string;
  /** The number of the block it stands before. */
  readonly at: number;
  /** Whether a scene begins there. */
  readonly isScene: boolean;
}

/** Whether a block begins a scene by itself, as the heading of a chapter does. */
export type BeginsScene = (block: Block) => boolean;

/** Every place of a text, its beginning first. A scene has words, and begins after a break or with a heading. */
export function placesOf(blocks: readonly Block[], beginsScene?: BeginsScene): readonly TextPlace[] {
  const scenes = scenesOf(blocks, beginsScene);
  const places: TextPlace[] = [{ value: '0', at: 0, isScene: true }];
  for (const [i, from] of scenes.entries()) {
    if (i > 0) places.push({ value: String(i), at: from, isScene: true });
    let paragraph = 0;
    for (let at = from; at < (scenes[i + 1] ?? blocks.length); at++) {
      if (countWords(blockText(blocks[at] as Block)) === 0) continue;
      if (paragraph > 0) places.push({ value: `${i + 1}:${paragraph}`, at, isScene: false });
      paragraph++;
    }
  }
  return places;
}

/** The numbers of the blocks with which scenes begin. */
export function scenesOf(blocks: readonly Block[], beginsScene?: BeginsScene): readonly number[] {
  const starts: number[] = [];
  let fresh = true;
  let headed = false;
  for (const [at, block] of blocks.entries()) {
    if (block.kind === 'break') fresh = true;
    else if (beginsScene?.(block) === true) {
      if (!headed) starts.push(at);
      [fresh, headed] = [false, true];
      continue;
    } else if (countWords(blockText(block)) > 0) {
      if (fresh) starts.push(at);
      fresh = false;
    }
    headed = false;
  }
  return starts;
}

/** A place found, or why there is none of that name. */
export type Found = { readonly at: number } | { readonly reason: string };

/** The place a decision names, or the reason why the text has none of that name. */
export function findPlace(blocks: readonly Block[], value: string, beginsScene?: BeginsScene): Found {
  const place = placesOf(blocks, beginsScene).find((p) => p.value === value);
  if (place !== undefined) return { at: place.at };
  const [, scene, paragraph] = /^(\d{1,6})(?::(\d{1,6}))?$/.exec(value) ?? [];
  if (scene === undefined)
    return { reason: 'it takes a scene’s number such as 3, or 3:2 for a paragraph of it' };
  const scenes = scenesOf(blocks, beginsScene);
  const from = scenes[Number(scene) - 1];
  if (from === undefined || paragraph === undefined)
    return { reason: `a scene from 1 to ${scenes.length - 1} can be named` };
  const own = blocks.slice(from, scenes[Number(scene)]);
  const paragraphs = own.filter((b) => countWords(blockText(b)) > 0).length;
  return { reason: `scene ${scene} has ${paragraphs} paragraphs, of which one must be left` };
}

/** A place in words: `scene 3`, `paragraph 2 of scene 3`. */
export function placeName(value: string): string {
  const [scene, paragraph] = value.split(':');
  if (value === '0') return 'nothing, before the first word';
  if (paragraph === undefined) return `scene ${scene}`;
  return scene === '1' ? `paragraph ${paragraph}` : `paragraph ${paragraph} of scene ${scene}`;
}

/** The first words from a block on: enough to recognise the place. */
export function firstWords(blocks: readonly Block[], at: number): string {
  const text =
    blocks
      .slice(at)
      .map(blockText)
      .find((t) => countWords(t) > 0) ?? '';
  const all = text.split(/\s+/);
  return all.length > 9 ? `${all.slice(0, 8).join(' ')} …` : all.join(' ');
}
