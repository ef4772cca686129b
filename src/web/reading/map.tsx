import type { FC } from 'hono/jsx';
import type { PlacedEdge, PlacedNode } from '../../model/graph/layout.ts';
import { pathsOf } from '../../model/graph/paths.ts';
import { count, titleOf } from '../../phrases.ts';
import { type Archive, makePage, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Siglum, siglumClass } from '../parts.tsx';
import {
  type BoxSize,
  branchesOf,
  edge,
  fitsTelephone,
  leadOf,
  type MapNode,
  type MapPlan,
  planMap,
} from './map-plan.ts';
import { type Told, tell } from './story.ts';

/** `GET /works/:handle/map`: the whole story as a picture, and as an outline that says the same in words. */
export const mapPage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const page = opened.page('map', async () => makePage(<MapPage archive={archive} opened={opened} />));
  return render(c, page, { cache: opened.cache });
};

const MapPage: FC<{ readonly archive: Archive; readonly opened: OpenedWork }> = ({ archive, opened }) => {
  const { work, handle, cache } = opened;
  const told = tell(work);
  return (
    <Layout
      archive={archive}
      title={`The map of ${titleOf(work)}`}
      path={workPath(work.id, '/map')}
      here="works"
      noindex={cache === 'private'}
    >
      <article class="page-wide map-page">
        <p class="up">
          <a href={workPath(handle)}>{titleOf(work)}</a>
        </p>
        <h1>The map of the story</h1>
        <p class="facts">
          <Extent told={told} />
        </p>
        <p>
          It shows what comes after what, and so how many ways and endings there are.{' '}
          <a href="#outline">The same in words</a> stands below.
        </p>
        <StoryMap told={told} to={(key) => workPath(handle, `/read/${key}`)} />
        <Outline told={told} handle={handle} />
      </article>
    </Layout>
  );
};

const Extent: FC<{ readonly told: Told }> = ({ told: { graph } }) => {
  const { all, stops } = pathsOf(graph.story);
  return (
    <>
      <span>{count(graph.story.passages.length, 'passage')}</span>
      <span>{count(stops.length, 'ending')}</span>
      {all !== undefined && (
        <span>
          {all.words.least === all.words.most
            ? `${count(all.words.least, 'word')} to the end`
            : `${count(all.words.least, 'word')} on the shortest way, ${all.words.atMost ? 'at most ' : ''}${count(all.words.most, 'word')} on the longest`}
        </span>
      )}
    </>
  );
};

/** A small map with more boxes than this would be no help beside a work's contents. */
const mostSmall = 24;

interface StoryMapProps {
  readonly told: Told;
  /** Where its boxes lead. */
  readonly to: (key: string) => string;
  /** Draws runs of passages as one box; nothing where even that is large, or where there is nothing to show. */
  readonly small?: boolean;
  /** The map as it was planned before; made of the story where it was not. */
  readonly plan?: MapPlan | undefined;
  /** The passage one is at. */
  readonly here?: string | undefined;
  /** What is wrong with passages, in words, by their keys; a map that can be marked can be walked and arranged too. */
  readonly marks?: ReadonlyMap<string, string> | undefined;
}

/** The map as a picture: boxes that lead to their passages, branches in the colours of their sigla, endings filled. */
export function StoryMap({ told, to, small = false, plan, here, marks }: StoryMapProps) {
  const { nodes, layout, box } = plan ?? planMap(told, small);
  if (small && (nodes.size < 3 || nodes.size > mostSmall)) return null;
  const [width, height] = [layout.width + 2 * edge, layout.height + 2 * edge];
  const sigla = new Map([...nodes].map(([key, node]) => [key, node.siglum]));
  return (
    // A wide map scrolls in its own frame; one can only scroll by keys what one can reach by keys.
    <section
      class={small || fitsTelephone({ nodes, layout, box }) ? 'map map-whole' : 'map'}
      tabindex={0}
      aria-label="Map of the story"
    >
      <svg
        width={width}
        height={height}
        viewBox={`${-edge} ${-edge} ${width} ${height}`}
        xmlns="http://www.w3.org/2000/svg"
      >
        <title>Passages and where they lead</title>
        <g class="map-ways">
          {layout.edges.map((way) => (
            <path
              class={wayClass(sigla.get(way.to) ?? null, way)}
              d={curve(way)}
              {...(marks === undefined ? {} : { 'data-from': way.from, 'data-to': way.to })}
            />
          ))}
        </g>
        {layout.nodes.map((place) => {
          const node = nodes.get(place.key);
          return node === undefined ? null : (
            <Box
              node={node}
              place={place}
              box={box}
              path={to(node.key)}
              isHere={node.key === here}
              mark={marks?.get(node.key)}
              isMarked={marks !== undefined}
            />
          );
        })}
      </svg>
    </section>
  );
}

/** Ways back that are taller than this, in pixels, are drawn as those that run far. As `far` of public/map.js. */
const farBack = 1200;

function wayClass(siglum: string | null, { kind, points }: PlacedEdge): string {
  const tall = Math.abs((points.at(-1)?.y ?? 0) - (points[0]?.y ?? 0)) > farBack;
  return `map-way map-way-${kind === 'back' && tall ? 'far' : kind}${siglum === null ? '' : ` ${siglumClass(siglum)}`}`;
}

/** Pixels one letter takes in a box, in the interface's type, with what is left free at both sides. */
const letterWidth = 7.7;

interface BoxProps {
  readonly node: MapNode;
  readonly place: PlacedNode;
  readonly box: BoxSize;
  readonly path: string;
  readonly isHere: boolean;
  readonly mark: string | undefined;
  readonly isMarked: boolean;
}

const Box: FC<BoxProps> = ({ node, place, box, path, isHere, mark, isMarked }) => {
  const letter = node.begins && node.siglum !== null ? `${node.siglum} ` : '';
  const lines = wrap(node.name, letter.length, Math.floor(box.nodeWidth / letterWidth));
  const kinds = [
    'map-node',
    node.ending && 'map-ending',
    node.siglum !== null && siglumClass(node.siglum),
    mark !== undefined && 'map-trouble',
  ];
  const isWhole = lines.join(' ') === node.name;
  const said = `${letter}${node.name}${node.ending ? ', an ending' : ''}`;
  const whole = mark !== undefined ? `${said}: ${mark}` : isWhole || isMarked ? said : undefined;
  // What a label says must hold the words that are seen (WCAG 2.5.3), half a word too.
  const label = whole !== undefined && isCutWithin(node.name, lines) ? `${lines.join(' ')} ${whole}` : whole;
  const [left, top] = [place.x - box.nodeWidth / 2, place.y - box.nodeHeight / 2];
  return (
    <a
      class={kinds.filter((kind) => kind !== false).join(' ')}
      href={path}
      aria-current={isHere ? 'page' : undefined}
      aria-label={label}
      {...(isMarked ? { 'data-key': node.key, 'data-at': `${place.x} ${place.y}`, 'data-name': said } : {})}
    >
      <title>{`${letter}${node.name}${mark === undefined ? '' : `: ${mark}`}`}</title>
      <rect
        x={left}
        y={top}
        width={box.nodeWidth}
        height={box.nodeHeight}
        rx={node.ending ? box.nodeHeight / 2 : 7}
      />
      {isMarked && <circle class="map-mark" cx={left + box.nodeWidth - 6} cy={top + 5} r={5.5} />}
      <text x={place.x} y={place.y - (lines.length - 1) * 7.5} dy="0.35em" text-anchor="middle">
        {letter !== '' && <tspan class="map-siglum">{letter}</tspan>}
        {lines.map((line, i) => (i === 0 ? line : <tspan x={place.x} dy="15">{` ${line}`}</tspan>))}
      </text>
    </a>
  );
};

/** A name in one or two lines, the first of them shorter by `taken` letters; what is longer ends in an ellipsis, after a word where it can. */
function wrap(name: string, taken: number, mostLetters: number): readonly string[] {
  const room = mostLetters - taken;
  if (name.length <= room) return [name];
  const space = name.lastIndexOf(' ', room);
  if (space <= 0) return [`${name.slice(0, room - 1)}…`];
  const rest = name.slice(space + 1);
  if (rest.length <= mostLetters) return [name.slice(0, space), rest];
  const end = rest.lastIndexOf(' ', mostLetters - 1);
  return [name.slice(0, space), `${rest.slice(0, end <= 0 ? mostLetters - 1 : end)}…`];
}

/** Whether the lines of a name end in the middle of one of its words. */
function isCutWithin(name: string, lines: readonly string[]): boolean {
  const shown = lines.join(' ');
  return shown.endsWith('…') && !/\s/.test(name.charAt(shown.length - 1));
}

/** A way as a smooth curve: upright where it leaves and where it arrives; ways at the side turn their corners roundly. */
function curve({ kind, points }: PlacedEdge): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  if (kind !== 'on') return side(points);
  let [{ x, y }, path] = [first, `M${first.x} ${first.y}`];
  for (const next of rest) {
    const middle = Math.round((y + next.y) / 2);
    path += x === next.x ? `V${next.y}` : `C${x} ${middle} ${next.x} ${middle} ${next.x} ${next.y}`;
    ({ x, y } = next);
  }
  return path;
}

function side(points: PlacedEdge['points']): string {
  const [start, out, back, end] = points;
  if (start === undefined || out === undefined || back === undefined || end === undefined) return '';
  // A way to itself is a loop: it comes back a little lower than it left.
  const [from, to] = start.y === end.y ? [start.y - 6, end.y + 6] : [start.y, end.y];
  return `M${start.x} ${from}C${out.x} ${from} ${back.x} ${to} ${end.x} ${to}`;
}

const Outline: FC<{ readonly told: Told; readonly handle: string }> = ({ told, handle }) => {
  const branches = branchesOf(told);
  const unreached = new Set(told.graph.unreachable());
  return (
    <section class="outline" aria-labelledby="outline">
      <h2 id="outline">The same in words</h2>
      <ol>
        {told.graph.story.passages.map(({ key, words }) => {
          const siglum = branches.get(key)?.siglum;
          return (
            <li id={`at-${key}`}>
              <p>
                {siglum !== undefined && <Siglum letter={siglum} />}{' '}
                <a href={workPath(handle, `/read/${key}`)}>{told.nameOf(key)}</a>, {count(words, 'word')}.{' '}
                {unreached.has(key) && <>No way leads here. </>}
                <Leads told={told} from={key} />
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
};

const Leads: FC<{ readonly told: Told; readonly from: string }> = ({ told, from }) => {
  const { words, to } = leadOf(told, from);
  if (to.length === 0) return <>{words}</>;
  return (
    <>
      {words}:{' '}
      {to.map(({ key, name, siglum }, i) => (
        <>
          {i > 0 && (i === to.length - 1 ? ' or ' : ', ')}
          {siglum !== null && <Siglum letter={siglum} />} <a href={`#at-${key}`}>{name}</a>
        </>
      ))}
      .
    </>
  );
};
