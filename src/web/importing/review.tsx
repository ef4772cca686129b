import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { placeOfRemark } from '../../import/review/places.ts';
import type { Remark } from '../../model/remark.ts';
import { count, titleOf } from '../../phrases.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { inertPolicy } from '../serving/headers.ts';
import { previewPath, studioPath } from '../studio/desk.ts';
import { StudioFrame } from '../studio/frame.tsx';
import { type Fact, factId, factsOf, suretyNames, tally } from './facts.ts';
import { Notes, PlaceLink, SuretyMark } from './marks.tsx';
import { FactForm } from './mending.tsx';
import { PageLines } from './page-lines.tsx';
import { PublishCard } from './publish.tsx';
import { openReview, type Reviewing } from './reviewing.ts';
import { TextFacts } from './text-facts.tsx';
import { ThreadFacts } from './thread-facts.tsx';

/** `GET /studio/:handle/review?copy=…`: a page that was imported beside what was made of it. */
export const reviewPage: Page = (archive) => async (c) =>
  showReview(c, archive, await openReview(c, archive, c.req.query('copy')));

/** `GET /studio/:handle/review.json`: the work as the importer read it, as `variorum inspect --json` prints it. */
export const reviewReport: Page = (archive) => async (c) => {
  const { edition } = await openReview(c, archive, c.req.query('copy'));
  return c.body(`${JSON.stringify(edition)}\n`, 200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-security-policy': inertPolicy,
  });
};

/** Answers with the review; 422 with a form that came back. */
export function showReview(c: Context, archive: Archive, of: Reviewing): Promise<Response> {
  const from = Number(c.req.query('comments') ?? of.sent?.form.get('from')) || 0;
  const page = <ReviewPage archive={archive} of={of} from={from} did={c.req.query('did')} />;
  return render(c, page, { cache: 'private', status: of.sent === undefined ? 200 : 422 });
}

interface ReviewProps {
  readonly archive: Archive;
  readonly of: Reviewing;
  readonly from: number;
  readonly did: string | undefined;
}

const ReviewPage: FC<ReviewProps> = ({ archive, of, from, did }) => {
  const { work, edition, look, source, sources, sent } = of;
  const places = new Set(
    edition.remarks.flatMap((r) => (r.where === null ? [] : [placeOfRemark(r, look.lines, edition) ?? -1])),
  );
  return (
    <StudioFrame archive={archive} title={`Review: ${titleOf(work)}`} did={did} fault={sent?.fault}>
      <div class="page-wide review">
        <p class="up">
          <a href={studioPath(work.id)}>{titleOf(work)}</a>
        </p>
        <h1>Review what was read</h1>
        <p class="review-says">
          {source.record.name}
          {source.record.savedAt !== null && <> · saved {source.record.savedAt.slice(0, 4)}</>} · sha-256{' '}
          {source.record.sha256.slice(0, 4)}…{source.record.sha256.slice(-2)} · kept whole as the source
          {tally(edition.remarks).map(([certainty, n]) => (
            <>
              {' · '}
              <strong class={`surety-${certainty}`}>
                {n} {suretyNames[certainty]}
              </strong>
            </>
          ))}
        </p>
        {sources.length > 1 && <Copies of={of} />}
        {of.isRevised && (
          <p class="card draft-note">
            Someone has written on this story since it was read. What you decide here is kept with the page
            and changes what is known of the comments; her words and her header stay as she wrote them. To
            change those, <a href={studioPath(work.id)}>go to the desk</a>.
          </p>
        )}
        <div class="review-sides">
          <section class="card review-work" aria-labelledby="the-work">
            <h2 id="the-work">The work</h2>
            <ToDecide of={of} />
            <HeaderFacts of={of} />
            <TextFacts of={of} />
            <ThreadFacts of={of} from={from} />
            <Rest of={of} />
            <PublishCard of={of} />
            <p class="ways-row">
              {work.stage !== 'published' && (
                <a class="button" href={previewPath(work)}>
                  Keep it as a draft, and see it
                </a>
              )}
              <a class="button" href={studioPath(work.id, `/review.json?copy=${source.record.sha256}`)}>
                Report as JSON
              </a>
            </p>
          </section>
          <section class="card review-page" aria-labelledby="the-page">
            <details>
              <summary>
                <h2 id="the-page">The page</h2>
              </summary>
              {look.lines.length === 0 ? (
                <p class="soft">This file is no page to read: it says itself what everything is.</p>
              ) : (
                <div class="page-lines">
                  <PageLines lines={look.lines} story={edition} places={places} />
                </div>
              )}
            </details>
          </section>
        </div>
      </div>
    </StudioFrame>
  );
};

const Copies: FC<{ readonly of: Reviewing }> = ({ of: { sources, source, work } }) => (
  <nav aria-label="Copies of the page">
    <ul class="copies">
      {sources.map(({ record, bytes }, i) => (
        <li>
          {bytes === null ? (
            <>Copy {i + 1}, erased</>
          ) : (
            <a
              href={studioPath(work.id, `/review?copy=${record.sha256}`)}
              aria-current={record.sha256 === source.record.sha256 ? 'page' : undefined}
            >
              Copy {i + 1}: {record.name}
            </a>
          )}
        </li>
      ))}
    </ul>
  </nav>
);

/** The facts that wait for a person, each with the way to it. */
const ToDecide: FC<{ readonly of: Reviewing }> = ({ of: { edition } }) => {
  const open = edition.remarks.filter((r) => r.certainty === 'undecided');
  if (open.length === 0) return null;
  return (
    <div class="troubles">
      <p>
        <strong>For you to decide</strong>
      </p>
      <ul>
        {open.map((r) => (
          <li>
            <a href={`#${r.about.startsWith('variantSets') ? 'the-text' : factId(r.about)}`}>{r.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
};

const HeaderFacts: FC<{ readonly of: Reviewing }> = ({ of }) => {
  const facts = factsOf(of.edition, of.work.header, of.decisions);
  const isShown = (fact: Fact): boolean =>
    fact.says !== null || fact.remarks.length > 0 || fact.surety === 'missing' || fact.decision !== undefined;
  const others = facts.filter((fact) => !isShown(fact));
  return (
    <>
      <div class="fact-list">
        {facts.filter(isShown).map((fact) => (
          <div class="fact" id={factId(fact.about)}>
            <p class="fact-line">
              <span class="fact-label">{fact.label}</span>
              <span class="fact-says">
                <Says of={of} fact={fact} />
              </span>
              <SuretyMark surety={fact.surety} />
            </p>
            {isUnsure(fact) && <Notes of={of} remarks={fact.remarks} />}
            <FactForm of={of} fact={fact}>
              {!isUnsure(fact) && !isPlain(fact) && <Notes of={of} remarks={besideValue(fact.remarks)} />}
            </FactForm>
          </div>
        ))}
      </div>
      {others.length > 0 && (
        <details class="mend mend-more">
          <summary>Say more than the page does</summary>
          <div class="fact-list">
            {others.map((fact) => (
              <div class="fact" id={factId(fact.about)}>
                <p class="fact-line">
                  <span class="fact-label">{fact.label}</span>
                </p>
                <FactForm of={of} fact={fact} />
              </div>
            ))}
          </div>
        </details>
      )}
    </>
  );
};

/** Whether there is nothing to say of a fact but that it stood there: then it leads to its place itself. */
function isPlain({ says, remarks }: Fact): boolean {
  return says !== null && remarks.length === 1 && remarks[0]?.certainty === 'read';
}

/** Whether a person should look at why it is so; what else there is to say of a fact stands where it is changed. */
function isUnsure({ surety, says }: Fact): boolean {
  return says === null || (surety !== 'read' && surety !== 'decided');
}

/** Remarks on a value that leads to the place of the first of them itself. */
function besideValue([first, ...others]: readonly Remark[]): readonly Remark[] {
  return first === undefined ? [] : [{ ...first, where: null }, ...others];
}

const Says: FC<{ readonly of: Reviewing; readonly fact: Fact }> = ({ of, fact }) => {
  const [remark] = fact.remarks;
  if (fact.says === null) return <em class="soft">not said on the page</em>;
  if (isUnsure(fact) || remark === undefined) return <>{fact.says}</>;
  return (
    <PlaceLink of={of} remark={remark}>
      {fact.says}
    </PlaceLink>
  );
};

/** What else the importer did, what was lost, and what of the file is nowhere. */
const Rest: FC<{ readonly of: Reviewing }> = ({ of }) => {
  const { edition, look } = of;
  const elsewhere = /^(?:work\.(?!asWritten|related)|variantSets|passages$|choices$|comments|threads)/;
  const remarks = edition.remarks.filter((r) => !elsewhere.test(r.about));
  return (
    <section aria-labelledby="the-rest">
      <h3 id="the-rest">What else there was</h3>
      <Notes of={of} remarks={remarks} />
      {look.remainder.length === 0 ? (
        <p class="soft">Nothing remains: every word of the file is accounted for.</p>
      ) : (
        <>
          <p>
            {count(look.remainder.length, 'line')} of the file {look.remainder.length === 1 ? 'is' : 'are'}{' '}
            nowhere in the work:
          </p>
          <ul class="losses">
            {look.remainder.slice(0, 50).map(({ line, text }) => (
              <li>
                {line !== null && <span class="soft">line {line}: </span>}
                {text.slice(0, 300)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
