import type { Block } from '../../html.ts';
import { lineFrom, withLines } from '../header/markup.ts';

/*
 * marker = [decoration] words [number] [':' [title]] [decoration]    alone on its line
 * The ways of saying so that stories in journals and archives have, in English and Russian.
 */

/** A line that says that one of several endings or versions begins here. */
export interface Marker {
  /** The number of the block it stands in. */
  readonly at: number;
  /** As written, without decoration and colon. */
  readonly label: string;
  /** The whole line as written. */
  readonly written: string;
  /**
   * `first`: names itself the first of several (`Ending A`). `later`: tells of one before it (`Alternate ending`,
   * `Ending 2`). `either`: may be any of them (`Happy ending`).
   */
  readonly rank: 'first' | 'later' | 'either';
  /** Whether it is another version of the whole rather than another ending. */
  readonly whole: boolean;
  /** What of its block is text: the lines after the marker, and words after a bold label. */
  readonly rest: Block | undefined;
}

const others =
  "alternat(?:e|ive)|alt\\.?|other|second|third|fourth|2nd|3rd|different|another|new|revised|rewritten|deleted|extended|bonus|extra|director[’']?s|author[’']?s|альтернативн\\p{L}+|друг\\p{L}+|втор\\p{L}+|перв\\p{L}+";
const kinds =
  'first|1st|original|old|canon|real|true|proper|official|happy|happier|unhappy|sad|sadder|good|bad|better|tragic|angsty|fluffy|dark|darker|light|bittersweet|funny|crack|silly|romantic|short|long|счастлив\\p{L}+|грустн\\p{L}+|печальн\\p{L}+|хорош\\p{L}+|плох\\p{L}+|оригинальн\\p{L}+';
const nouns =
  'ending|endings|end|finale|epilogue|conclusion|version|cut|scene|take|outcome|концовк[аи]|финал|окончание|конец|вариант|верси[яи]|сцена|эпилог';
const ordinal =
  'the first|the second|the third|first|second|third|one|two|three|four|[a-h]|\\d{1,2}|i{1,3}|iv|а|б|в|перв\\p{L}+|втор\\p{L}+|трет\\p{L}+';
const numbered =
  'ending|version|option|choice|variant|epilogue|alternative|possibility|концовка|финал|вариант|версия|окончание';
const shapes: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:the|an?|your|my) )?(?:(?:${others}|${kinds})[\\s,/&-]+){1,2}(?:${nouns})(?:[ -]*#? ?\\(?(?:${ordinal})\\)?)?$`,
    'iu',
  ),
  new RegExp(`^(?:the )?(?:${numbered})[\\s,:–—-]*(?:number |no\\.? ?|# ?)?\\(?(?:${ordinal})\\)?$`, 'iu'),
  new RegExp(`^(?:the )?(?:${kinds}|${others}) one$`, 'iu'),
];
const later = new RegExp(`^(?:(?:the|an?|my) )?(?:${others})(?![\\p{L}])`, 'iu');
const first = /(?:\b(?:the )?first|[\s#(](?:a|one|1|i|а)\)?|перв\p{L}+|^(?:the )?(?:first|1st)\b.*)$/iu;
const second =
  /(?:\b(?:the )?(?:second|third)|[\s#(](?:[b-h]|two|three|four|[2-9]|\d\d|ii|iii|iv|б|в)\)?|(?:втор|трет)\p{L}+)$/iu;

/** The lines of a text that say that it divides: alone on their line, never inside prose. */
export function findMarkers(blocks: readonly Block[]): readonly Marker[] {
  return blocks.flatMap((block, at) => markerOf(block, at) ?? []);
}

function markerOf(block: Block, at: number): Marker | undefined {
  const line = block.lines[0];
  if ((block.kind !== 'paragraph' && block.kind !== 'heading') || line === undefined) return undefined;
  // A link to a place in the same text stands in a list of what follows.
  if (/^(?:<\w[^>]*>)*<a [^>]*href="#t-/.test(line.html)) return undefined;
  const rest = (lines: Block['lines']): Block | undefined =>
    lines.length === 0 ? undefined : withLines(block, lines);
  const { words, title, colon } = partsOf(line.text);
  const strong =
    block.kind === 'heading' || /^(?:<(?:span|small|i|em|u)[^>]*>)*<(?:b|strong|u)\b/.test(line.html);
  const inline = strong && block.kind === 'paragraph' ? boldLabel(block, at) : undefined;
  if (inline !== undefined || words === undefined) return inline;
  // Without a blank line after it, only a colon or bold type tells a marker from a line of dialogue or verse.
  if (block.lines.length > 1 && !strong && !colon) return undefined;
  if (title !== '' && !strong && (!colon || /[.!?…,;"”]$/.test(title) || title.length > 50)) return undefined;
  const label = title === '' ? words : stripped(line.text);
  return { at, label, written: line.text.trim(), ...natureOf(words), rest: rest(block.lines.slice(1)) };
}

/** `<b>Alternate ending:</b> She opened the door.` */
function boldLabel(block: Block, at: number): Marker | undefined {
  const line = block.lines[0];
  const bold = /^<(b|strong|u)>([^<]{3,60})<\/\1>/.exec(line?.html ?? '')?.[2];
  if (line === undefined || bold === undefined) return undefined;
  const sign = line.text[bold.length] === ':' ? 1 : 0;
  const written = line.text.slice(0, bold.length + sign);
  const { words, title } = partsOf(written);
  const left = lineFrom(line, written.length);
  if (words === undefined || title !== '' || left.text === '' || !/:\s*$/.test(written)) return undefined;
  return {
    at,
    label: words,
    written,
    ...natureOf(words),
    rest: withLines(block, [left, ...block.lines.slice(1)]),
  };
}

function natureOf(words: string): Pick<Marker, 'rank' | 'whole'> {
  const whole = /version|\bcut\b|option|верси|вариант/iu.test(words);
  const isFirst = /^(?:the )?(?:first|1st)\b|^перв/iu.test(words);
  if (later.test(words) && !isFirst) return { rank: 'later', whole };
  if (isFirst || first.test(words)) return { rank: 'first', whole };
  return { rank: second.test(words) ? 'later' : 'either', whole };
}

/** The words of a marker, and a title after them; `words` is undefined where the line is none. */
function partsOf(text: string): { readonly words?: string; readonly title: string; readonly colon: boolean } {
  const line = text.length > 160 ? '' : stripped(text);
  if (line.length > 120 || line === '') return { title: '', colon: false };
  const colon = /:\W*$/.test(text);
  if (isMark(line)) return { words: line, title: '', colon };
  const [, words = '', , title = ''] =
    /^([^:–—(]{3,50}?)(\s*:\s*|\s+[–—-]\s+|\s*(?=\())(.+)$/.exec(line) ?? [];
  return isMark(words) ? { words, title, colon: true } : { title: '', colon: false };
}

function stripped(text: string): string {
  return text
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s*_=~#[({<>•·+-]+|[\s*_=~#:>•·+\-–—]+$/g, '')
    .replace(/^([^([]*)[)\]]$/, '$1')
    .trim();
}

function isMark(words: string): boolean {
  return shapes.some((shape) => shape.test(words.trim()));
}
