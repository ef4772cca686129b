/** A block of clean text: a paragraph of one or more lines, a break between scenes, or something else whole. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'break' | 'other';
  /** The lines of a paragraph or heading, each clean on its own; one line for the other kinds. */
  readonly lines: readonly Line[];
  /** The tags around the lines: `<p>` and `</p>`; empty for other kinds, whose only line is the whole block. */
  readonly open: string;
  readonly close: string;
  /** The line of the source it begins on, from 1; null when unknown. */
  readonly line: number | null;
}

/** One line of a block: its clean markup, and its words alone. */
export interface Line {
  readonly html: string;
  readonly text: string;
}

/** The words of a block, its lines apart. */
export function blockText(block: Block): string {
  return block.lines.map((l) => l.text).join('\n');
}

/** The markup of blocks, one after the other. */
export function markupOf(blocks: readonly Block[]): string {
  return blocks.map((b) => b.open + b.lines.map((l) => l.html).join('<br/>') + b.close).join('\n');
}

/** A paragraph of plain lines, escaped. */
export function paragraph(lines: readonly string[], line: number | null = null): Block {
  const scene = lines.length === 1 && isDivider(lines[0] ?? '');
  return {
    kind: scene ? 'break' : 'paragraph',
    lines: lines.map((text) => ({ html: escapeHtml(text), text })),
    open: scene ? '<p class="scene">' : '<p>',
    close: '</p>',
    line,
  };
}

/** A break between two scenes that has no mark of its own. */
export const sceneBreak: Block = {
  kind: 'break',
  lines: [{ html: '<hr/>', text: '' }],
  open: '',
  close: '',
  line: null,
};

/** Escapes characters for element text and quoted attributes, in HTML and XML alike. */
export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (c) => entities[c] ?? c) : text;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters XML 1.0 has no place for (§2.2); lone surrogates are dealt with apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const notXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** The same text without the characters that XML and HTML documents may not hold. Files alone lose them, never the store. */
export function documentText(text: string): string {
  return (text.isWellFormed() ? text : text.toWellFormed()).replace(notXml, '');
}

/**
 * Whether a line only divides scenes: `* * *`, `***`, `~~~`, `⁂`, `-----`, `o0o`, `* SENT * SENT *`.
 */
export function isDivider(text: string): boolean {
  // Nearly every line asked about is prose: its first character says so.
  if (!/^[\s\u00a0]*[*~\-–—_=+#•·.⁂※◆♥xXoO0<>|/\\^°§☆★]/.test(text)) return false;
  const line = text.replace(/[\s\u00a0]+/g, '');
  if (line === '' || line.length > 80) return false;
  if (/^[*~\-–—_=+#•·.⁂※◆♥xXoO0<>|/\\^°§☆★]+$/.test(line)) {
    return (
      /^[⁂※]$/.test(line) ||
      (line.length >= 3 && !/^\.{1,6}$|^[xXoO0]+$/.test(line)) ||
      /^[oO]0[oO]$|^[xX]{3,}$/.test(line)
    );
  }
  return /^\*(\p{Lu}{2,}\*)+$/u.test(line);
}
