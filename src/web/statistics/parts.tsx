import type { FC } from 'hono/jsx';
import { type ForkFigures, fewest } from '../../model/statistics.ts';
import { listNames } from '../../model/work.ts';
import { count } from '../../phrases.ts';
import { Siglum } from '../parts.tsx';
import { Head, OverTime, type Part, RowBar, Shares } from './charts.tsx';
import type { Figures, VerdictFigures } from './figures.ts';
import { columnsOf, pathWords, percentOf, unitNames } from './words.ts';

interface FiguresProps {
  readonly figures: Figures;
}

/** Every passage in reading order: how many opened it, and how many of them went on. */
export const Passages: FC<FiguresProps> = ({ figures: { passages, told, gone } }) => {
  if (passages.length === 0) return null;
  const most = Math.max(...passages.map((p) => p.readings));
  return (
    <section aria-labelledby="by-passage">
      <h2 id="by-passage">Passage by passage</h2>
      <table class="rows">
        <Head what="Passage" numbers={['Opened', 'Went on', 'Stopped']} />
        <tbody>
          {passages.map(({ key, readings, wentOn, stopped }) => {
            const branches = told.graph.branchesOf(key);
            return (
              <tr>
                <th scope="row">
                  <span class="row-name">
                    {branches.map(({ siglum }) => (
                      <Siglum letter={siglum} />
                    ))}{' '}
                    {told.nameOf(key)}
                  </span>
                  <RowBar value={readings} most={most} siglum={branches.at(-1)?.siglum} />
                </th>
                <td class="number">{readings}</td>
                <td class="number">{stopped === null ? 'an end' : percentOf(wentOn, readings)}</td>
                <td class="number">{stopped ?? '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {gone > 0 && (
        <p class="soft">{count(gone, 'opening')} of passages that the story no longer has are not shown.</p>
      )}
    </section>
  );
};

/** At each fork: which way was taken first, and which at all. */
export const Forks: FC<FiguresProps> = ({ figures }) =>
  figures.forks.length === 0 ? null : (
    <section aria-labelledby="forks">
      <h2 id="forks">Which way they go</h2>
      {figures.forks.map((fork, i) => (
        <Fork figures={figures} fork={fork} id={`fork-${i + 1}`} />
      ))}
    </section>
  );

const Fork: FC<FiguresProps & { readonly fork: ForkFigures; readonly id: string }> = (props) => {
  const { figures, fork, id } = props;
  const { nameOf } = figures.told;
  const title = `After “${nameOf(fork.from)}”`;
  if (fork.readers < fewest)
    return (
      <>
        <h3>{title}</h3>
        <p class="soft">
          {fork.readers === 0
            ? 'Nobody was counted going on from here.'
            : 'Fewer than three went on from here.'}
        </p>
      </>
    );
  const cameBack = fork.ways.some((way) => way.all > way.first);
  const parts = fork.ways.map(
    (way, i): Part => ({
      name: way.siglum === null ? way.label : nameOf(way.to),
      mark: way.siglum ?? String(i + 1),
      isSiglum: way.siglum !== null,
      value: way.first,
    }),
  );
  return (
    <>
      <h3>{title}</h3>
      <Shares id={id} title={`${title}: the way taken first`} parts={parts} />
      <table class="rows" aria-label={title}>
        <Head what="Way" numbers={['First', 'At all']} />
        <tbody>
          {fork.ways.map((way, i) => (
            <tr>
              <th scope="row">
                <span class="row-name">
                  <Mark part={parts[i]} /> {parts[i]?.name}
                </span>
              </th>
              <td class="number">
                {way.first} · {percentOf(way.first, fork.readers)}
              </td>
              <td class="number">{way.all}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        {count(fork.readers, 'reader went', 'readers went')} on from here.
        {cameBack && ' Some came back for another way.'}
      </p>
    </>
  );
};

const Mark: FC<{ readonly part: Part | undefined }> = ({ part }) =>
  part === undefined ? null : part.isSiglum ? (
    <Siglum letter={part.mark} />
  ) : (
    <span class="way-mark">{part.mark}</span>
  );

/** The ends of the story, and how many came there. */
export const Endings: FC<FiguresProps> = ({ figures: { passages, told } }) => {
  const endings = passages.filter((p) => p.stopped === null || told.graph.passage(p.key)?.ending === true);
  if (endings.length < 2) return null;
  const most = Math.max(...endings.map((p) => p.readings));
  return (
    <section aria-labelledby="endings-read">
      <h2 id="endings-read">Endings read</h2>
      <table class="rows">
        <Head what="Ending" numbers={['Read']} />
        <tbody>
          {endings.map(({ key, readings }) => {
            const siglum = told.graph.branchesOf(key).at(-1)?.siglum;
            return (
              <tr>
                <th scope="row">
                  <span class="row-name">
                    {siglum !== undefined && <Siglum letter={siglum} />} {told.nameOf(key)}
                  </span>
                  <RowBar value={readings} most={most} siglum={siglum} />
                </th>
                <td class="number">{readings}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};

/** The likeliest ways from a beginning to an end. */
export const Paths: FC<FiguresProps> = ({ figures }) => {
  const { paths, forks, told } = figures;
  if (paths.length === 0 || forks.length === 0) return null;
  return (
    <section aria-labelledby="paths">
      <h2 id="paths">Paths to an end</h2>
      <table class="rows">
        <Head what="From, by, to" numbers={['About']} />
        <tbody>
          {paths.map((path) => (
            <tr>
              <th scope="row">
                <ol class="path">
                  {pathWords(figures, path.keys).map(({ name, siglum }) => (
                    <li>
                      {siglum !== undefined && <Siglum letter={siglum} />} {name}
                    </li>
                  ))}
                </ol>
              </th>
              <td class="number">{path.readings}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        Estimated from single steps: nobody is followed through a story.
        {told.conditional && ' Here choices depend on what was read before, which makes it a rough guess.'}
      </p>
    </section>
  );
};

/** What readers said they prefer. */
export const Verdicts: FC<FiguresProps> = ({ figures }) => {
  const given = figures.verdicts.filter(({ readers }) => readers > 0);
  if (given.length === 0) return null;
  return (
    <section class="statistics-wide" aria-labelledby="verdicts">
      <h2 id="verdicts">What they prefer</h2>
      {given.map((verdicts, i) => (
        <Verdict figures={figures} verdicts={verdicts} id={`verdicts-${i + 1}`} />
      ))}
    </section>
  );
};

const Verdict: FC<FiguresProps & { readonly verdicts: VerdictFigures; readonly id: string }> = (props) => {
  const { figures, verdicts, id } = props;
  const { set, readers, answers } = verdicts;
  const title = `After “${figures.told.nameOf(set.place)}”`;
  if (answers.length === 0)
    return (
      <>
        <h3>{title}</h3>
        <p class="soft">Fewer than three readers answered in this time.</p>
      </>
    );
  const named = answers.map(({ sigla, times, overTime }) => {
    const [only] = sigla.length === 1 ? sigla : [];
    const head = set.branches.find((b) => b.siglum === only)?.head;
    const name = head === undefined ? `${listNames(sigla) || 'none'} alike` : figures.told.nameOf(head);
    return { name, siglum: only, sigla, times, overTime };
  });
  return (
    <>
      <h3>{title}</h3>
      <Shares
        id={`${id}-shares`}
        title={`${title}: which is preferred`}
        parts={named.map(({ name, siglum, sigla, times }) => ({
          name,
          mark: sigla.join(' ') || 'none',
          isSiglum: siglum !== undefined,
          value: times,
        }))}
      />
      <OverTime
        id={id}
        title={count(readers, 'answer')}
        columns={columnsOf(figures.stretch)}
        unit={unitNames[figures.stretch.unit]}
        series={named.map(({ name, siglum, sigla, overTime }) => ({
          name,
          siglum,
          mark: sigla.join(' ') || 'none',
          values: overTime,
        }))}
      />
    </>
  );
};

/** The files that were taken, by format. */
export const Files: FC<FiguresProps> = ({ figures: { files } }) => {
  if (files.length === 0) return null;
  const most = Math.max(...files.map(({ times }) => times));
  return (
    <section aria-labelledby="files">
      <h2 id="files">Files by format</h2>
      <table class="rows">
        <Head what="Format" numbers={['Taken']} />
        <tbody>
          {files.map(({ key, times }) => (
            <tr>
              <th scope="row">
                <span class="row-name">{key.toUpperCase()}</span>
                <RowBar value={times} most={most} />
              </th>
              <td class="number">{times}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
