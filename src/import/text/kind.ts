/**
 * What a file of text is when it is no story: data, a program, a log. In words for a report (`JSON, which is data`);
 * undefined for what may be a story. Cheap: it looks at the first lines, and must not take verse, letters or a
 * header block for any of these.
 */
export function otherKind(text: string): string | undefined {
  const head = text.slice(0, mostCharacters).replace(/^\ufeff/, '');
  const lines = head.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return kinds.find(([, is]) => is(head.trim(), lines))?.[0];
}

/** How much of a file is read to see what it is. */
const mostCharacters = 65_536;

type Sign = (head: string, lines: readonly string[]) => boolean;

const kinds: readonly (readonly [string, Sign])[] = [
  ['JSON, which is data; of JSON only Editions are read', isJson],
  [
    'a journal export in XML, a kind that is not known here yet',
    (head) => /^<(?:\?xml[^>]*\?>\s*<)?(?:livejournal|comments|event)\b/.test(head),
  ],
  [
    'XML of a kind that is not known here yet',
    (head) => /^<\?xml\b/.test(head) && !/<(?:!doctype )?html\b/i.test(head.slice(0, 1000)),
  ],
  [
    'an interactive story in Twee, a kind that is not known here yet',
    (_, lines) =>
      lines.some((l) => /^:: ?\S/.test(l)) && lines.some((l) => /^:: ?Start\b|\[\[.+\]\]/.test(l)),
  ],
  [
    'an interactive story in ink, a kind that is not known here yet',
    (_, lines) =>
      count(
        lines,
        /^\s*(?:={1,3}\s*(?:function )?\w+|->\s*\w+|(?:[*+]\s*)+\[|(?:VAR|EXTERNAL|LIST|CONST) \w+|~ )/,
      ) >= 3 && lines.some((l) => /->\s*\w+/.test(l)),
  ],
  [
    'an interactive story in ChoiceScript, a kind that is not known here yet',
    (_, lines) =>
      count(
        lines,
        /^\s*\*(?:choice|fake_choice|goto|goto_scene|label|finish|page_break|set|create|scene_list|ending|if|comment)\b/,
      ) >= 3,
  ],
  [
    'a style sheet',
    (_, lines) =>
      share(lines, /^\s*(?:[\w-]+\s*:\s*[^;{}]+;?|[^{}]*\{.*|.*\}.*|\/\*.*|@.*[;{])\s*$/) > 0.8 &&
      share(lines, /[;{}]\s*$/) > 0.5 &&
      count(lines, /\{/) > 0 &&
      count(lines, /^\s*(?:import|export|const|let|var|return|function)\b(?!\s*:)|=>/) === 0,
  ],
  ['the source code of a program', isCode],
  ['a log of a program', (_, lines) => lines.length >= 5 && share(lines, logged) > 0.8],
  ['a table of data', isTable],
  ['a run of signs without words', isWordless],
];

/** A file may be cut at the end of what is looked at, so that not all of it can be parsed. */
function isJson(head: string): boolean {
  if (!/^(?:\{\s*(?:"[^"\n]{0,200}"\s*:|\}$)|\[\s*(?:[{["\d\]-]|true|false|null))/.test(head)) return false;
  if (head.length >= mostCharacters - 16) return /[\]}",:]\s*["\d[{\]}tfn-]/.test(head.slice(1, 4000));
  try {
    JSON.parse(head);
    return true;
  } catch {
    // One object a line.
    return /^\{.*\}$/.test(head.split(/\r?\n/)[0] ?? '') || /^\{\s*"[^"\n]+"\s*:/.test(head);
  }
}

const statement =
  /^\s*(?:import .*['"].*['"];?|import [\w.]+;?|from [\w.]+ import .*|export (?:\{|\*|default|const|function|class|type|interface).*|(?:export )?(?:const|let|var) [\w{[].* ?=.*|(?:async |static |public |private |protected )*(?:function|def|func|fn|void|int) \w*\(.*|(?:class|interface|struct|namespace|package|module) \w+.*[:{;]?|#include .*|#!\/.*|<\?php.*|\/\/.*|\/\*.*|\*\/|\* .*|@\w+\(.*|(?:if|for|while|elif|else|try|except|with|switch)\b.*[:{]|return\b.*;|self\.\w+.*|.*\)\s*=>.*|.*[;{}]|.*\}\);?,?|end;?|fi|done)\s*$/;

function isCode(head: string, lines: readonly string[]): boolean {
  if (/^(?:#!\/|<\?php\b)/.test(head)) return true;
  return (
    lines.length >= 5 &&
    share(lines, statement) > 0.4 &&
    count(lines, /[={}()]/) > lines.length / 4 &&
    !/^\s*</.test(head)
  );
}

/** Each line begins with a moment or an address, and goes on: a comment's time stands alone on its line. */
const logged =
  /^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?\S*\s+\S|\[?(?:\d{1,3}\.){3}\d{1,3}\S*\s+\S|\w{3}\s+\d{1,2} \d\d:\d\d:\d\d \S|\[\w{3} \w{3} \d\d |(?:DEBUG|INFO|WARN(?:ING)?|ERROR|TRACE)\b)/;

/** Lines of the same number of columns, three or more. */
function isTable(_: string, lines: readonly string[]): boolean {
  if (lines.length < 4) return false;
  return ['\t', ';', ','].some((sign) => {
    // The last line may have been cut.
    const columns = lines.slice(0, -1).map((line) => line.trim().split(sign).length);
    const [first = 1] = columns;
    return first > 2 && columns.filter((n) => n === first).length > columns.length * 0.9;
  });
}

/** Letters that are written without blanks between words, as Chinese is, may run on for as long as they like. */
function isWordless(head: string): boolean {
  const signs = head.replace(/\s+/g, '');
  if (signs.length < 200) return false;
  const letters = signs.match(/\p{L}/gu)?.length ?? 0;
  const longest = head.split(/\s+/).reduce((most, run) => Math.max(most, run.length), 0);
  const isUnbroken =
    longest > 5000 &&
    !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
      head,
    );
  return letters < signs.length / 4 || (isUnbroken && longest > head.length / 2);
}

function count(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => line.length < 1000 && pattern.test(line)).length;
}

function share(lines: readonly string[], pattern: RegExp): number {
  return lines.length === 0 ? 0 : count(lines, pattern) / lines.length;
}
