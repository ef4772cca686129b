import type { FC } from 'hono/jsx';
import { type Findings, sentenceOf, waysSentenceOf } from '../../../model/graph/findings.ts';
import type { Extent, Span, Stop } from '../../../model/graph/paths.ts';
import { count, grouped } from '../../../phrases.ts';
import { Siglum } from '../../parts.tsx';
import { branchesOf } from '../../reading/map-plan.ts';
import type { Told } from '../../reading/story.ts';

interface ExtentProps {
  readonly findings: Findings;
  readonly told: Told;
  /** Where a passage is written, or stands. */
  readonly to: (key: string) => string;
}

/** What the program says of a story as a whole: what is reached, how many ways and endings, how long each. */
export const ExtentOf: FC<ExtentProps> = ({ findings, told, to }) => {
  const { stops } = findings.paths;
  const ways = waysSentenceOf(findings.paths);
  return (
    <>
      <p class="says">{sentenceOf(findings)}</p>
      {ways !== '' && <p class="says">{ways}</p>}
      {stops.length > 1 && (
        <details class="action extent">
          <summary>Words to each ending</summary>
          <StopTable stops={stops} told={told} to={to} />
        </details>
      )}
    </>
  );
};

/** More endings than these are not listed: the longest table anyone would read. */
const mostStops = 60;

const StopTable: FC<Omit<ExtentProps, 'findings'> & { readonly stops: readonly Stop[] }> = (props) => {
  const { stops, told, to } = props;
  const branches = branchesOf(told);
  return (
    // It scrolls in its own frame; one can only scroll by keys what one can reach by keys.
    <section class="table-frame" tabindex={0} aria-label="Words to each ending">
      <table>
        <thead>
          <tr>
            <th scope="col">Ending</th>
            <th scope="col">Forks</th>
            <th scope="col">Ways</th>
            <th scope="col">Words</th>
          </tr>
        </thead>
        <tbody>
          {stops.slice(0, mostStops).map((stop) => {
            const siglum = branches.get(stop.key)?.siglum;
            return (
              <tr>
                <th scope="row">
                  {siglum !== undefined && <Siglum letter={siglum} />}{' '}
                  <a href={to(stop.key)}>{told.nameOf(stop.key)}</a>
                  {!stop.ending && <span class="soft"> no ending</span>}
                </th>
                <td>{stop.depth}</td>
                <td>{sayWays(stop)}</td>
                <td>{saySpan(stop.words)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {stops.length > mostStops && (
        <p class="soft">{count(stops.length - mostStops, 'more ending')} not listed here.</p>
      )}
    </section>
  );
};

function sayWays({ ways }: Extent): string {
  return `${ways.atLeast ? 'at least ' : ''}${grouped(ways.number)}`;
}

/** `1,200` or `1,200 to 4,800`. */
function saySpan({ least, most, atMost }: Span): string {
  const [from, to] = [least, most].map(grouped);
  if (least === most) return from ?? '';
  return `${from} to ${atMost ? 'at most ' : ''}${to}`;
}
