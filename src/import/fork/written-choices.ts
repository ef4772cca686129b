import { type CleanHtml, textOfHtml } from '../../html.ts';
import { type Remark, remark } from '../../model/remark.ts';
import type { Choice, Passage, Story } from '../../model/state.ts';

/*
 * way    = ("If you …" | "For …" | "To …") [","] go ["down" | "on"] ("to" | "at") ["the"] target
 * go     = "go" | "turn" | "scroll" | "skip" | "jump" | "continue"
 * target = ("chapter" | "part" | "section" …) number       as a heading of the same text has it
 */
const way =
  /(?<![\p{L}\p{N}])((?:if you|for|to) [^.!?\n]{2,90}?,?\s(?:then |please )*(?:go|turn|scroll|skip|jump|continue)(?: down| on| ahead| straight| back)* (?:to|at)(?: the)? (chapter|ch\.?|part|section|letter|book|ending|page)\s+([\p{L}\d]{1,12}))(?![\p{L}\p{N}])/giu;
const heading = /^(chapter|ch\.?|part|section|letter|book|ending|page)\s+([\p{L}\d]{1,12})(?![\p{L}\p{N}])/iu;

/**
 * A story that sends its reader on in words ("If you choose the door, go to part 3"), with the ways as choices. Only
 * where one passage names two ways or more, each to a heading of the same text: a single "turn to chapter 5" is prose.
 * What a way leads to does not run on into the next way. The words stay where they stand.
 */
export function withWrittenChoices(
  story: Story<CleanHtml>,
  file: string,
): { readonly story: Story<CleanHtml>; readonly remarks: readonly Remark[] } {
  const keys = new Map(story.passages.flatMap((p) => titled(p).map((name) => [name, p.key] as const)));
  const choices = keys.size < 2 ? [] : story.passages.flatMap((p) => waysFrom(p, keys));
  if (choices.length === 0) return { story, remarks: [] };
  const chosen = new Set(choices.map((c) => c.to));
  const passages = story.passages.map((p, i) => {
    const next = story.passages[i + 1];
    const runsOn = next !== undefined && chosen.has(p.key) && chosen.has(next.key);
    return runsOn && !choices.some((c) => c.from === p.key) ? { ...p, ending: true } : p;
  });
  const message = `The text sends its readers on in words: ${choices.length} choices were made of that, and what they lead to ends where the next begins.`;
  const where = { file, line: null, element: null };
  return {
    story: { ...story, passages, choices: [...story.choices, ...choices] },
    remarks: [remark('inferred', 'choices', message, { where })],
  };
}

function waysFrom(passage: Passage<CleanHtml>, keys: ReadonlyMap<string, string>): readonly Choice[] {
  const ways = [...textOfHtml(passage.html).matchAll(way)].flatMap((found): Choice[] => {
    const [, label = '', kind = '', number = ''] = found;
    const to = keys.get(nameOf(kind, number));
    return to === undefined || to === passage.key
      ? []
      : [{ from: passage.key, to, label: label.trim(), showIf: [] }];
  });
  return new Set(ways.map((w) => w.to)).size > 1 ? ways : [];
}

function titled({ title }: Passage): readonly string[] {
  const [, kind, number] = heading.exec(title?.trim() ?? '') ?? [];
  return kind === undefined || number === undefined ? [] : [nameOf(kind, number)];
}

const words = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const roman = 'i ii iii iv v vi vii viii ix x xi xii'.split(' ');

/** `Part III`, `part three` and `PART 3` are one name. */
function nameOf(kind: string, number: string): string {
  const own = number.toLowerCase();
  const at = Math.max(words.indexOf(own), roman.indexOf(own));
  return `${kind.toLowerCase().replace(/^ch\.?$/, 'chapter')} ${at < 0 ? own : at + 1}`;
}
