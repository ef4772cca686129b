import type { FC } from 'hono/jsx';
import type { CleanHtml } from '../../html.ts';
import { isMature } from '../../model/work.ts';
import { branchName, count, titleOf } from '../../phrases.ts';
import { getPassageHtmls } from '../../store/works.ts';
import { type Archive, makePage, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { isPublic, type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Byline, inserted, placesOf, Siglum, siglumClass, Warnings } from '../parts.tsx';
import { contentsOf, type Division, type Line, type Told, tell } from './story.ts';
import { Words } from './text.tsx';

/** `GET /works/:handle/whole`: every passage on one page, each branch under the place where it begins. */
export const wholePage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const page = await opened.page('whole', async () => {
    const stored = await getPassageHtmls(
      archive.store,
      opened.work.entries.map((e) => e.textHash),
    );
    const texts = new Map(opened.work.entries.map((e) => [e.key, stored.get(e.textHash) ?? null]));
    return makePage(<WholePage archive={archive} opened={opened} texts={texts} />);
  });
  return render(c, page, { cache: opened.cache });
};

interface WholeProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  /** The words of each passage by its key; null where they were erased. */
  readonly texts: ReadonlyMap<string, CleanHtml | null>;
}

const WholePage: FC<WholeProps> = ({ archive, opened, texts }) => {
  const { work, handle } = opened;
  const told = tell(work);
  const lang = work.header.language ?? undefined;
  return (
    <Layout
      archive={archive}
      title={`${titleOf(work)}, whole`}
      path={workPath(work.id, '/whole')}
      here="works"
      kind="article"
      noindex={opened.cache === 'private'}
      mature={isMature(work.header)}
    >
      <div class="page reading whole">
        <p class="crumb">
          <a href={workPath(handle)}>Contents</a>
        </p>
        <article itemscope itemtype="https://schema.org/CreativeWork" lang={lang}>
          <header>
            <h1 itemprop="name">{titleOf(work)}</h1>
            <Byline people={work.creators} plain={!isPublic(work)} />
            <p class="warning-line">
              <Warnings header={work.header} />
            </p>
          </header>
          {work.header.notes !== null && (
            <aside class="notes" aria-label="Notes before the story">
              {inserted(placesOf(work.header.notes, '.notes'), handle)}
            </aside>
          )}
          <Lines
            told={told}
            lines={contentsOf(told.graph)}
            texts={texts}
            handle={handle}
            alone={work.entries.length === 1}
          />
          {work.header.endnotes !== null && (
            <aside class="notes" aria-label="Notes after the story">
              {inserted(placesOf(work.header.endnotes, '.endnotes'), handle)}
            </aside>
          )}
        </article>
        {work.comments > 0 && (
          <p class="talk-link">
            <a href={workPath(handle, '/comments')}>{count(work.comments, 'comment')}</a>
          </p>
        )}
      </div>
    </Layout>
  );
};

interface LinesProps {
  readonly told: Told;
  readonly lines: readonly Line[];
  readonly texts: WholeProps['texts'];
  readonly handle: string;
  /** Whether there is but one passage, whose name would only say so again. */
  readonly alone?: boolean;
}

const Lines: FC<LinesProps> = (props) => (
  <>
    {props.lines.map((line) => (
      <WholePassage {...props} line={line} />
    ))}
  </>
);

const WholePassage: FC<LinesProps & { readonly line: Line; readonly branch?: Division }> = (props) => {
  const { told, line, texts, handle, alone, branch } = props;
  const { key } = line.passage;
  const text = texts.get(key) ?? null;
  const onward = told.graph.onward(key);
  return (
    <>
      <section id={key} aria-labelledby={alone === true ? undefined : `${key}-name`}>
        {alone !== true && (
          <h2 id={`${key}-name`}>
            {branch !== undefined && <Siglum letter={branch.branch.siglum} big />} {told.nameOf(key)}
          </h2>
        )}
        {branch !== undefined && <BranchLabel told={told} division={branch} />}
        <div class="text" dir="auto">
          <Words clean={text === null ? null : placesOf(text, key)} handle={handle} />
        </div>
        {onward.kind === 'choices' && (
          <ul class="choices">
            {onward.choices.map((choice) => (
              <li>
                <a class="choice" href={`#${choice.to}`}>
                  {choice.label}
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
      {line.divides.length > 0 && (
        <p class="divides">
          Here the story divides:{' '}
          {line.divides.map(({ branch: { siglum, head } }) => (
            <a class="about-siglum" href={`#${head}`} aria-label={`Go to ${siglum}`}>
              <Siglum letter={siglum} />
            </a>
          ))}
        </p>
      )}
      {line.divides.map((division) => (
        <div class={`branch ${siglumClass(division.branch.siglum)}`}>
          {division.lines.map((inner) => (
            <WholePassage
              told={told}
              lines={[]}
              texts={texts}
              handle={handle}
              line={inner}
              {...(inner.passage.key === division.branch.head ? { branch: division } : {})}
            />
          ))}
        </div>
      ))}
    </>
  );
};

const BranchLabel: FC<{ readonly told: Told; readonly division: Division }> = ({ told, division }) => {
  const { label } = branchName(division.branch, told.graph.passage(division.branch.head));
  return label === null ? null : <p class="soft">{label}</p>;
};
