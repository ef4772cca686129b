import type { FC } from 'hono/jsx';
import type { Findings } from '../../../model/graph/findings.ts';
import type { Story } from '../../../model/state.ts';
import type { WorkView } from '../../../model/views.ts';
import type { Archive } from '../../archive.ts';
import { workPath } from '../../handle.ts';
import { type BrokenLink, brokenLinksOf } from '../writing/links.ts';

/** Something a reader would stumble over, at a passage: what kind it is, and in words. */
export interface Trouble {
  readonly key: string;
  readonly kind: 'unreachable' | 'dead-end' | 'stranding' | 'empty' | 'never-offered' | 'broken-link';
  /** Goes on from the name of the passage. */
  readonly words: string;
}

/** All that the program finds wrong with a story, the worst first; `own` is the address links to it begin with. */
export function troublesOf(story: Story, findings: Findings, own: string): readonly Trouble[] {
  const keys = new Set(story.passages.map((p) => p.key));
  const endings = new Set(story.passages.filter((p) => p.ending).map((p) => p.key));
  const at =
    (kind: Trouble['kind'], words: string) =>
    (key: string): Trouble => ({ key, kind, words });
  return [
    ...findings.unreachable.map(at('unreachable', 'cannot be reached: no way leads there.')),
    ...findings.deadEnds.map(at('dead-end', 'leads nowhere and is no ending.')),
    ...findings.stranding.map(at('stranding', 'may leave a reader without any way on.')),
    ...story.passages.flatMap(({ key, html }) =>
      brokenLinksOf(html, own, keys).map((link) => at('broken-link', linkWords(link))(key)),
    ),
    ...findings.empty.map((key) =>
      at('empty', endings.has(key) ? 'is an ending without words.' : 'has no words yet.')(key),
    ),
    ...findings.neverOffered.map(({ index, why }): Trouble => {
      const choice = story.choices[index];
      const words = `offers “${choice?.label ?? ''}” to nobody: ${why}.`;
      return { key: choice?.from ?? '', kind: 'never-offered', words };
    }),
  ];
}

/** What is wrong with a link, going on from the name of its passage. */
export function linkWords({ words, why }: BrokenLink): string {
  return `has a link, “${words}”, that ${why}.`;
}

/** The address of a work as links in texts have it. */
export function ownAddress(archive: Pick<Archive, 'url'>, work: Pick<WorkView, 'id'>): string {
  return archive.url + workPath(work.id);
}

/** What the map says at each passage that has troubles. */
export function marksOf(troubles: readonly Trouble[]): ReadonlyMap<string, string> {
  const byKey = Map.groupBy(troubles, ({ key }) => key);
  return new Map([...byKey].map(([key, all]) => [key, all.map(({ words }) => words).join(' ')]));
}

/** More than these are counted, not named. */
const mostNamed = 12;

/** Troubles as a list, each with the way to its passage. */
export const TroubleList: FC<{
  readonly troubles: readonly Trouble[];
  readonly nameOf: (key: string) => string;
  /** Where a passage is written. */
  readonly to: (key: string) => string;
}> = ({ troubles, nameOf, to }) => {
  if (troubles.length === 0) return null;
  return (
    <ul class="troubles">
      {troubles.slice(0, mostNamed).map(({ key, words }) => (
        <li>
          <a href={to(key)}>{nameOf(key)}</a> {words}
        </li>
      ))}
      {troubles.length > mostNamed && <li>And {troubles.length - mostNamed} more like these.</li>}
    </ul>
  );
};
