import type { FC } from 'hono/jsx';
import { NotFound } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { type Findings, findingsOf } from '../../../model/graph/findings.ts';
import { proofOrder } from '../../../model/graph/proof.ts';
import type { Choice, Passage } from '../../../model/state.ts';
import { branchName, count, sayCondition, titleOf } from '../../../phrases.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { inserted, placesOf, Siglum, siglumClass } from '../../parts.tsx';
import { branchesOf } from '../../reading/map-plan.ts';
import { studioPath, writingPath } from '../desk.ts';
import { StudioFrame } from '../frame.tsx';
import { openWritten, type Written } from '../written.ts';
import { ExtentOf } from './extent.tsx';
import { ownAddress, type Trouble, troublesOf } from './troubles.tsx';

/** How much stands on one page: a part ends with the passage that passes one of these. */
const mostWords = 30_000;
const mostPassages = 120;

/**
 * `GET /studio/:handle/proof`: everything once, in the order in which one leads to the other, with what there is to
 * mend. `?from=` begins at a passage; what is long comes in parts (`?part=2`).
 */
export const proofPage: Page = (archive) => async (c) => {
  const written = await openWritten(c, archive);
  const from = c.req.query('from');
  if (from !== undefined && written.told.graph.passage(from) === undefined)
    throw new NotFound(`web/studio: the story has no passage ${JSON.stringify(from.slice(0, 80))}`);
  const parts = partsOf(written, from);
  const part = Number(c.req.query('part') ?? '1');
  if (!Number.isInteger(part) || part < 1 || part > Math.max(1, parts.length))
    throw new NotFound(`web/studio: the proof has ${count(parts.length, 'page')}`);
  const findings = findingsOf(written.story);
  return render(c, <ProofPage {...{ archive, written, findings, from, parts, part }} />, {
    cache: 'private',
  });
};

type Part = readonly Passage<CleanHtml>[];

function partsOf({ told, story }: Written, from: string | undefined): readonly Part[] {
  const byKey = new Map(story.passages.map((p) => [p.key, p]));
  const parts: Passage<CleanHtml>[][] = [];
  let words = Number.POSITIVE_INFINITY;
  for (const key of proofOrder(told.graph, from)) {
    const passage = byKey.get(key);
    if (passage === undefined) continue;
    let part = parts.at(-1);
    if (part === undefined || words >= mostWords || part.length >= mostPassages) {
      part = [];
      parts.push(part);
      words = 0;
    }
    part.push(passage);
    words += passage.words;
  }
  return parts;
}

interface ProofProps {
  readonly archive: Archive;
  readonly written: Written;
  readonly findings: Findings;
  readonly from: string | undefined;
  readonly parts: readonly Part[];
  readonly part: number;
}

const ProofPage: FC<ProofProps> = ({ archive, written, findings, from, parts, part }) => {
  const { work, told, story, header } = written;
  const partOf = new Map(parts.flatMap((p, i) => p.map(({ key }) => [key, i + 1] as const)));
  const address = (n: number, key?: string): string => {
    const query = new URLSearchParams({
      ...(from === undefined ? {} : { from }),
      ...(n === 1 ? {} : { part: String(n) }),
    });
    const place = key === undefined ? '' : `#at-${key}`;
    return `${studioPath(work.id, '/proof')}${query.size === 0 ? '' : `?${query}`}${place}`;
  };
  const to = (key: string): string | undefined => {
    const n = partOf.get(key);
    return n === undefined ? undefined : n === part ? `#at-${key}` : address(n, key);
  };
  const troubles = Map.groupBy(troublesOf(story, findings, ownAddress(archive, work)), ({ key }) => key);
  const branches = branchesOf(told);
  const shown = parts[part - 1] ?? [];
  const words = story.passages.reduce((sum, p) => sum + p.words, 0);
  return (
    <StudioFrame archive={archive} title={`Proof of ${titleOf(work)}`}>
      <article class="page proof" lang={header.language ?? undefined}>
        <header lang="en">
          <p class="up">
            <a href={written.up}>{titleOf({ title: header.title })}</a>
          </p>
          <h1>Proof</h1>
          <p class="facts">
            <span>version {work.state}</span>
            <span>{count(story.passages.length, 'passage')}</span>
            <span>{count(words, 'word')}</span>
          </p>
          <p class="soft">
            {from === undefined
              ? 'Every passage once, in the order in which they lead to one another.'
              : `What can follow “${told.nameOf(from)}”, each passage once.`}
            {from !== undefined && (
              <>
                {' '}
                <a href={studioPath(work.id, '/proof')}>Show everything</a>
              </>
            )}
          </p>
          <ExtentOf findings={findings} told={told} to={(key) => to(key) ?? writingPath(work.id, key)} />
        </header>
        <PartLinks {...{ parts, part, address }} />
        {shown.map((passage) => (
          <ProofPassage
            {...{ written, passage, to }}
            siglum={branches.get(passage.key)?.siglum}
            troubles={troubles.get(passage.key) ?? []}
          />
        ))}
        <PartLinks {...{ parts, part, address }} />
      </article>
    </StudioFrame>
  );
};

const PartLinks: FC<{
  readonly parts: readonly Part[];
  readonly part: number;
  readonly address: (part: number) => string;
}> = ({ parts, part, address }) =>
  parts.length < 2 ? null : (
    <nav class="ways-row proof-parts" aria-label={`Page ${part} of ${parts.length}`} lang="en">
      {part > 1 && (
        <a class="button" rel="prev" href={address(part - 1)}>
          Page {part - 1}
        </a>
      )}
      <span>
        Page {part} of {parts.length}
      </span>
      {part < parts.length && (
        <a class="button" rel="next" href={address(part + 1)}>
          Page {part + 1}
        </a>
      )}
    </nav>
  );

interface PassageProps {
  readonly written: Written;
  readonly passage: Passage<CleanHtml>;
  /** Where a passage stands in the proof; undefined where it does not. */
  readonly to: (key: string) => string | undefined;
  readonly siglum: string | undefined;
  readonly troubles: readonly Trouble[];
}

const ProofPassage: FC<PassageProps> = ({ written, passage, to, siglum, troubles }) => {
  const { work, told, writes } = written;
  const { key, words, sets, unsets } = passage;
  const name = told.nameOf(key);
  const flags = [...sets.map((flag) => `sets “${flag}”`), ...unsets.map((flag) => `unsets “${flag}”`)];
  return (
    <section
      id={`at-${key}`}
      class={siglum === undefined ? 'proof-passage' : `proof-passage ${siglumClass(siglum)}`}
      aria-labelledby={`name-${key}`}
    >
      <h2 id={`name-${key}`}>
        {siglum !== undefined && <Siglum letter={siglum} big />} {name}
      </h2>
      <p class="facts" lang="en">
        <span>{words === 0 ? 'nothing written yet' : count(words, 'word')}</span>
        {passage.ending && <span>an ending</span>}
        {flags.length > 0 && <span>{flags.join(', ')}</span>}
        {writes && (
          <span>
            <a href={writingPath(work.id, key)} aria-label={`Write “${name}”`}>
              Write
            </a>
          </span>
        )}
        <span>
          <a href={studioPath(work.id, `/play/${key}`)} aria-label={`Play from here: “${name}”`}>
            Play from here
          </a>
        </span>
      </p>
      {troubles.length > 0 && (
        <ul class="troubles" lang="en">
          {troubles.map(({ words: said }) => (
            <li>This passage {said}</li>
          ))}
        </ul>
      )}
      <div class="text" dir="auto">
        {inserted(placesOf(passage.html, passage.key), written.opened.handle)}
      </div>
      <Onward {...{ written, passage, to }} />
    </section>
  );
};

/** Where the passage leads, and when. */
const Onward: FC<Pick<PassageProps, 'written' | 'passage' | 'to'>> = ({ written, passage, to }) => {
  const { told } = written;
  const onward = told.graph.onward(passage.key);
  if (onward.kind === 'end') return passage.ending ? <p class="proof-end">The end</p> : null;
  if (onward.kind === 'next')
    return (
      <p class="proof-ways" lang="en">
        Then <Way to={to} told={told} target={onward.to} />
      </p>
    );
  if (onward.kind === 'divides')
    return (
      <div class="proof-ways" lang="en">
        <p>Here the story divides:</p>
        <ul>
          {onward.set.branches.map((branch) => {
            const { label } = branchName(branch, told.graph.passage(branch.head));
            return (
              <li>
                <Siglum letter={branch.siglum} /> <Way to={to} told={told} target={branch.head} />
                {label !== null && <span class="soft"> {label}</span>}
              </li>
            );
          })}
        </ul>
      </div>
    );
  return (
    <ul class="proof-ways" lang="en">
      {onward.choices.map((choice) => (
        <li>
          “{choice.label}”: <Way to={to} told={told} target={choice.to} />
          <When choice={choice} nameOf={told.nameOf} />
        </li>
      ))}
    </ul>
  );
};

const When: FC<{ readonly choice: Choice; readonly nameOf: (key: string) => string }> = (props) =>
  props.choice.showIf.length === 0 ? null : (
    <span class="soft">
      , {props.choice.showIf.map((condition) => sayCondition(condition, props.nameOf)).join(' and ')}
    </span>
  );

const Way: FC<{
  readonly to: PassageProps['to'];
  readonly told: Written['told'];
  readonly target: string;
}> = ({ to, told, target }) => {
  const path = to(target);
  return path === undefined ? <span>{told.nameOf(target)}</span> : <a href={path}>{told.nameOf(target)}</a>;
};
