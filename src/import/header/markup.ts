import { type Block, isDivider, type Line, paragraph } from '../../html.ts';

/** What is left of a line after its first `length` characters, its markup closed and opened again at the cut. */
export function lineFrom(line: Line, length: number): Line {
  const open: string[] = [];
  let passed = 0;
  let at = 0;
  const pieces = /<[^>]*>|&[^;\s]+;|[^<&]/gu;
  for (let piece = pieces.exec(line.html); piece !== null; piece = pieces.exec(line.html)) {
    const [text] = piece;
    const closes = text.startsWith('</');
    const opens = text.startsWith('<') && !closes && !text.endsWith('/>');
    if (passed >= length && !closes && text.trim() !== '') break;
    if (closes) open.pop();
    else if (opens) open.push(text);
    else if (!text.startsWith('<')) passed += text.startsWith('&') ? 1 : text.length;
    at = pieces.lastIndex;
  }
  const rest = line.html.slice(at);
  return { html: open.join('') + rest, text: line.text.slice(length).trimStart() };
}

/** Whether a line is bold, or begins with words that are, underlined and italic ones counted alike. */
export function beginsBold(line: Line): boolean {
  return /^(?:<(?:span|small|font)[^>]*>)*<(?:b|strong|u)\b/.test(line.html);
}

/** A block of which some lines were taken away; what is left may be a mark between scenes. */
export function withLines(block: Block, lines: readonly Line[]): Block {
  const [only] = lines;
  const scene =
    block.kind === 'paragraph' && lines.length === 1 && only !== undefined && isDivider(only.text);
  return scene ? { ...paragraph([only.text], block.line), lines } : { ...block, lines };
}

/** A paragraph of lines that are already clean. */
export function paragraphOf(lines: readonly Line[], line: number | null = null): Block {
  return { kind: 'paragraph', lines, open: '<p>', close: '</p>', line };
}

/** The links of a line: where each leads, and its words. */
export function linksOf(html: string): readonly { readonly href: string; readonly text: string }[] {
  return [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/g)].map(
    ([, href = '', inner = '']) => ({
      href,
      text: inner.replace(/<[^>]*>/g, '').trim(),
    }),
  );
}
