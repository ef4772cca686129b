import { stringify } from 'yaml';
import type { CleanHtml } from '../../html.ts';
import { markdownOfHtml } from '../../markdown/write.ts';
import type { WrittenDate } from '../../model/date.ts';
import { type Creator, type Header, roles } from '../../model/work.ts';

/** A header as YAML front matter, the fields of docs/markdown.md; what is not known does not stand there. */
export function frontMatter(work: Header<CleanHtml>): string {
  const people = roles.flatMap((role) => {
    const named = work.creators.filter((c) => c.role === role).map(person);
    return named.length === 0 ? [] : [[role, named.length === 1 ? named[0] : named] as const];
  });
  const fields: Readonly<Record<string, unknown>> = {
    title: work.title,
    ...Object.fromEntries(people),
    fandoms: work.fandoms,
    relationships: work.relationships,
    characters: work.characters,
    tags: work.freeforms,
    rating: work.rating,
    warnings: work.warnings,
    categories: work.categories,
    language: work.language,
    summary: prose(work.summary),
    notes: prose(work.notes),
    endnotes: prose(work.endnotes),
    disclaimer: prose(work.disclaimer),
    series: work.series === null ? null : known({ ...work.series }),
    posted: date(work.posted),
    revised: date(work.revised),
    complete: work.complete,
  };
  const yaml = {
    ...known(fields),
    'as-written': work.asWritten.map(({ label, value }) => ({ [label]: value })),
  };
  return `---\n${stringify(yaml, { lineWidth: 0 })}---\n`;
}

function person({ name, site }: Creator): string | { readonly name: string; readonly site: string } {
  return site === null ? name : { name, site };
}

function prose(html: CleanHtml | null): string | null {
  return html === null ? null : markdownOfHtml(html);
}

function date(written: WrittenDate | null): object | null {
  if (written === null) return null;
  const { precision, ...rest } = written;
  return known(rest);
}

/** The fields that say something. */
function known(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
