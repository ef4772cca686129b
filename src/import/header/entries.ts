import { type Block, blockText, type Line } from '../../html.ts';
import type { Entry } from './entry.ts';
import { type Field, labelOf, takesProse } from './labels.ts';
import { beginsBold, lineFrom } from './markup.ts';
import { takePart } from './subject.ts';
import type { Unit } from './units.ts';

/*
 * header = [lead-in lines] entry {[blank | break] entry} [break]
 * entry  = ['-'] label (':' | ' - ') value {line of the value}       in any markup, a row of a table included
 *        | "by X" | "Beta'd by X" | "Part 2 of 3" | short label: value between two known ones
 */

/** Lines that may stand before the first label. */
const mostLead = 8;
/** A header has no more lines than this; whoever writes a longer one means to be read. */
const mostLines = 1000;
/** A last value with more characters than this in following lines is the story, not a value. */
const longestTail = 1500;

/** The header lines at the head of a text, and how many units they take; none where the text begins at once. */
export function findEntries(units: readonly Unit[]): {
  readonly entries: readonly Entry[];
  readonly used: number;
} {
  return new Finder(units).run();
}

interface Pending {
  label: string;
  fields: readonly Field[];
  paragraphs: Line[][];
  source: number | null;
  raw: string[];
}

/** Walks the units from the head for as long as they are a header. */
class Finder {
  readonly #units: readonly Unit[];
  readonly #entries: Pending[] = [];

  constructor(units: readonly Unit[]) {
    this.#units = units;
  }

  run(): { readonly entries: readonly Entry[]; readonly used: number } {
    const start = this.#start();
    if (start === undefined) return this.#bylineOnly();
    const byline = this.#byline(start);
    this.#entries.push(...(byline?.entries ?? []));
    for (let i = byline?.used ?? 0; i < start; i++) this.#lead(i);
    let used = start;
    for (let i = start; i < Math.min(this.#units.length, mostLines); i = used) {
      const next = this.#take(i);
      if (next === undefined) break;
      used = next;
    }
    used = this.#skipBreak(used);
    return { entries: this.#finished(), used };
  }

  #finished(): readonly Entry[] {
    return this.#entries.map((e) => ({ ...e, raw: e.raw.join('\n') }));
  }

  /** The first label of a header: one sure label at the very head, or two labels with few lines before them. */
  #start(): number | undefined {
    const labels: number[] = [];
    let strong = false;
    let lead = 0;
    for (const [i, unit] of this.#units.entries()) {
      const label = unit.break ? undefined : labelOf(unit.line.text);
      if (label === undefined || label.fields.length === 0) {
        if (!unit.break && labels.length === 0) lead += unit.line.text.trim() === '' ? 0 : 1;
        if (labels.length === 0 && (lead > mostLead || unit.line.text.length > 600)) return undefined;
        if (labels.length > 0 && i - (labels[0] ?? 0) > 6) break;
        continue;
      }
      labels.push(i);
      strong ||= !label.weak;
      const sure = lead === 0 && (!label.weak || beginsBold(unit.line));
      if (sure || (strong && labels.length > 1)) return labels[0];
      if (!strong && labels.length > 1 && lead === 0) return labels[0];
    }
    return undefined;
  }

  #bylineOnly(): { readonly entries: readonly Entry[]; readonly used: number } {
    const byline = this.#byline(6);
    if (byline === undefined) return { entries: [], used: 0 };
    this.#entries.push(...byline.entries);
    let used = byline.used;
    while (this.#isPart(used)) used = this.#take(used) ?? used + 1;
    used = this.#skipBreak(used);
    return { entries: this.#finished(), used };
  }

  /** A title without a label: a short line, then `by X`, both among the first `limit` lines. */
  #byline(limit: number): { readonly entries: readonly Pending[]; readonly used: number } | undefined {
    // A mark between scenes above a byline would be lost with it.
    const mark = this.#units.findIndex((u) => u.break && u.line.text !== '');
    const seen = this.#units
      .slice(0, mark < 0 ? limit : Math.min(mark, limit))
      .map((unit, i) => ({ unit, i }))
      .filter(({ unit }) => unit.line.text.trim() !== '' && !unit.break);
    const [title] = seen;
    const at = seen.slice(1, 3).findIndex(({ unit }) => /^\s*(?:written )?by\b/i.test(unit.line.text)) + 1;
    const [by, name] = seen.slice(at);
    if (title === undefined || by === undefined || at === 0 || title.unit.line.text.length > 100)
      return undefined;
    const said = /^\s*(?:written )?by(?:[\s\u00a0:]+(?=\S)|\s*$)/i.exec(by.unit.line.text)?.[0];
    const inLine = lineFrom(by.unit.line, said?.length ?? 0);
    const last = inLine.text === '' ? name : by;
    const author = inLine.text === '' ? name?.unit.line : inLine;
    if (said === undefined || last === undefined || author === undefined || author.text.length > 80)
      return undefined;
    const entry = (label: string, field: Field, unit: Unit, line: Line): Pending => ({
      label,
      fields: [field],
      paragraphs: [[line]],
      source: unit.source,
      raw: [unit.line.text],
    });
    const between = seen.slice(1, at).map(({ unit }) => ({ ...entry('', 'other', unit, unit.line) }));
    if (between.some((e) => e.raw.join('').length > 80)) return undefined;
    const first = entry('', 'title', title.unit, title.unit.line);
    return { entries: [first, ...between, entry('by', 'author', by.unit, author)], used: last.i + 1 };
  }

  /** A line before the first label: a part number, a byline, or words of the author's that stay as written. */
  #lead(i: number): void {
    const unit = this.#units[i];
    if (unit === undefined || (unit.break && unit.line.text === '')) return;
    this.#push(unit, '', [], unit.line);
  }

  /** Takes unit `i` into the header and gives the number of the next; undefined where the header ends before it. */
  #take(i: number): number | undefined {
    const unit = this.#units[i];
    if (unit === undefined) return undefined;
    if (unit.line.text.trim() === '' && !unit.break) return i + 1;
    if (unit.break) return this.#takeBreak(i, unit);
    const label = labelOf(unit.line.text);
    if (label !== undefined && label.fields.length > 0) {
      // "Unbeta'd" says all it says without a value.
      const whole = /^un/i.test(label.label);
      if (whole) this.#push(unit, '', [], unit.line);
      else this.#push(unit, label.label, label.fields, lineFrom(unit.line, label.length));
      return i + 1;
    }
    if (this.#isPart(i)) {
      this.#push(unit, '', ['part'], unit.line);
      return i + 1;
    }
    return this.#goesOn(i, unit) ? i + 1 : undefined;
  }

  /** Whether a line is a part number and nothing else: `Part 2 of 3`. */
  #isPart(i: number): boolean {
    const { part, rest } = takePart(this.#units[i]?.line.text.trim() ?? '');
    return part !== undefined && rest === '' && this.#units[i]?.break === false;
  }

  #takeBreak(i: number, unit: Unit): number | undefined {
    if (!this.#labelAt(i + 1)) return undefined;
    if (unit.line.text !== '') this.#push(unit, '', [], unit.line);
    return i + 1;
  }

  /** Whether a line without a known label still belongs to the header; if so, it is put where it belongs. */
  #goesOn(i: number, unit: Unit): boolean {
    const current = this.#entries.at(-1);
    const sameBlock = this.#units[i - 1]?.part === unit.part;
    const unknown = labelOf(unit.line.text);
    const short =
      unknown !== undefined && unknown.label.length <= 30 && unknown.label.split(/\s+/).length <= 4;
    const labelled = this.#labelWithin(i + 1, sameBlock ? unit.part : undefined);
    if (short && (beginsBold(unit.line) || (labelled && /^[\p{Lu}\s*_•>-]/u.test(unit.line.text)))) {
      this.#push(unit, unknown.label, [], lineFrom(unit.line, unknown.length));
      return true;
    }
    if (current === undefined) return false;
    if (sameBlock) return this.#continues(i, unit, current, labelled);
    const number = numberOf(unit.line.text);
    const due = lastNumber(current);
    if (number !== undefined && number === due + 1 && (due > 0 || isEmpty(current)))
      return this.#extend(unit, current, true);
    if (isEmpty(current) && unit.part.kind === 'paragraph' && blockText(unit.part).length <= longestTail)
      return this.#extend(unit, current, true);
    if (labelled && unit.line.text.length <= 120 && unit.part.lines.length === 1) {
      this.#push(unit, '', [], unit.line);
      return true;
    }
    return false;
  }

  /** Whether a further line of the same paragraph belongs to the value before it. */
  #continues(i: number, unit: Unit, current: Pending, labelled: boolean): boolean {
    if (labelled || numberOf(unit.line.text) === lastNumber(current) + 1)
      return this.#extend(unit, current, false);
    const left = this.#units.slice(i, i + mostLines).filter((u) => u.part === unit.part);
    const characters = left.reduce((sum, u) => sum + u.line.text.length, 0);
    if (characters > longestTail) return false;
    if (isEmpty(current) || current.fields.some(takesProse) || current.paragraphs.length > 1)
      return this.#extend(unit, current, false);
    const before = current.paragraphs.at(-1)?.at(-1)?.text ?? '';
    const wrapped =
      left.length === 1 && unit.line.text.length <= 80 && (before.length >= 40 || /[,/&]$/.test(before));
    return wrapped && this.#extend(unit, current, false);
  }

  #extend(unit: Unit, current: Pending, newParagraph: boolean): boolean {
    if (newParagraph || current.paragraphs.length === 0) current.paragraphs.push([unit.line]);
    else current.paragraphs.at(-1)?.push(unit.line);
    current.raw.push(unit.line.text);
    return true;
  }

  #push(unit: Unit, label: string, fields: readonly Field[], value: Line): void {
    this.#entries.push({
      label,
      fields,
      paragraphs: [[value]],
      source: unit.source,
      raw: [unit.line.text],
    });
  }

  #labelAt(i: number): boolean {
    const unit = this.#units[i];
    const label = unit === undefined || unit.break ? undefined : labelOf(unit.line.text);
    return label !== undefined && label.fields.length > 0 && !label.weak;
  }

  /** Whether a sure label follows soon: in the same paragraph, or within the next three lines. */
  #labelWithin(i: number, part: Block | undefined): boolean {
    for (let j = i; j < this.#units.length; j++) {
      if (part === undefined ? j > i + 2 : this.#units[j]?.part !== part) return false;
      if (this.#labelAt(j)) return true;
    }
    return false;
  }

  /** A break that ends the header: without words it goes, with words it stays in the header as written. */
  #skipBreak(i: number): number {
    const unit = this.#units[i];
    if (unit === undefined || !unit.break || i === 0) return i;
    if (unit.line.text !== '') this.#push(unit, '', [], unit.line);
    return i + 1;
  }
}

function isEmpty(entry: Pending): boolean {
  return entry.paragraphs.every((lines) => lines.every((l) => l.text.trim() === ''));
}

/** The number an item of a list begins with: `2)`, `2.`, `(2)`. */
function numberOf(text: string): number | undefined {
  const number = /^[\s\u00a0]*\(?(\d{1,2})[).:]\s/.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

function lastNumber(entry: Pending): number {
  return entry.paragraphs.flat().reduce((last, line) => numberOf(line.text) ?? last, 0);
}
