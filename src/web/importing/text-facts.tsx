import type { FC } from 'hono/jsx';
import type { PartingPlace } from '../../import/importer.ts';
import { placeName } from '../../import/places.ts';
import { StoryGraph } from '../../model/graph/graph.ts';
import type { VariantSet } from '../../model/state.ts';
import { count, passageNames } from '../../phrases.ts';
import { Siglum, siglumClass } from '../parts.tsx';
import { suretyOf } from './facts.ts';
import { FactNotes, SuretyMark } from './marks.tsx';
import { Deciding } from './mending.tsx';
import type { Reviewing } from './reviewing.ts';

const place = 'variantSets[0].place';

/** What was made of the words: the body, where it divides, its branches; and the ways to mend that. */
export const TextFacts: FC<{ readonly of: Reviewing }> = ({ of }) => {
  const { edition, places } = of;
  const [set] = edition.variantSets;
  const graph = new StoryGraph(edition);
  const inBranches = new Set(
    set?.branches.flatMap(({ siglum }) => graph.branchPassages(set, siglum).map((p) => p.key)),
  );
  const body = edition.passages.filter((p) => !inBranches.has(p.key));
  return (
    <section aria-labelledby="the-text">
      <h3 id="the-text">Text</h3>
      <ul class="rails">
        <li>
          <div class="rail-line">
            <p>
              Body · {count(body.length, 'passage')} ·{' '}
              {count(
                body.reduce((n, p) => n + p.words, 0),
                'word',
              )}{' '}
              <SuretyMark surety={suretyOf(edition.remarks.filter((r) => r.about === 'passages'))} />
            </p>
            <PassageForm of={of} />
          </div>
          <FactNotes of={of} abouts={['passages', 'choices']} />
        </li>
        {set === undefined ? (
          places.length > 0 && (
            <li>
              <div class="rail-line">
                <p>The story does not divide.</p>
                <DivideForm of={of} />
              </div>
              <FactNotes of={of} abouts={[place]} />
            </li>
          )
        ) : (
          <Fork of={of} set={set} />
        )}
        {set?.branches.map((branch, i) => (
          <li class={`rail ${siglumClass(branch.siglum)}`}>
            <div class="rail-line">
              <p>
                <Siglum letter={branch.siglum} /> {branch.label} ·{' '}
                {count(
                  graph.branchPassages(set, branch.siglum).reduce((n, p) => n + p.words, 0),
                  'word',
                )}{' '}
                <SuretyMark
                  surety={suretyOf(edition.remarks.filter((r) => r.about.startsWith(branchAbout(i))))}
                />
              </p>
              <Deciding
                of={of}
                does="decide"
                about={`${branchAbout(i)}.label`}
                title={
                  <>
                    name it otherwise<span class="unseen">: {branch.siglum}</span>
                  </>
                }
                button="Name it so"
                decided={of.decisions.some((d) => d.about === `${branchAbout(i)}.label`)}
              >
                <label class="field">
                  What this ending is called <input name="value" value={branch.label} />
                </label>
              </Deciding>
            </div>
            <FactNotes of={of} abouts={[`${branchAbout(i)}.label`, `${branchAbout(i)}.head`]} />
          </li>
        ))}
      </ul>
    </section>
  );
};

function branchAbout(index: number): string {
  return `variantSets[0].branches[${index}]`;
}

/** Where the story divides: a scene earlier or later, anywhere else, or nowhere. */
const Fork: FC<{ readonly of: Reviewing; readonly set: VariantSet }> = ({ of, set }) => {
  const { edition, places, decisions } = of;
  const remark = edition.remarks.find((r) => r.about === place);
  const decision = decisions.find((d) => d.about === place);
  const here = decision?.value ?? remark?.alternatives[0]?.value;
  const passage = passageNames(edition).get(set.place);
  const after =
    here === undefined || here === 'none'
      ? passage === undefined
        ? ''
        : `after ${passage}`
      : `after ${placeName(here)}`;
  return (
    <li class={remark?.certainty === 'undecided' ? 'rail siglum-2' : 'rail siglum-4'}>
      <div class="rail-line">
        <p>
          Fork · {after} <SuretyMark surety={remark?.certainty ?? 'read'} />
        </p>
        {places.length > 0 && remark?.certainty !== 'read' && here !== undefined && (
          <MoveForm of={of} here={here} isOpen={remark?.certainty === 'undecided'} />
        )}
        {places.length > 0 && remark?.certainty === 'read' && <DivideForm of={of} />}
      </div>
      <FactNotes of={of} abouts={[place]} />
    </li>
  );
};

const MoveForm: FC<{ readonly of: Reviewing; readonly here: string; readonly isOpen: boolean }> = (props) => {
  const { of, here, isOpen } = props;
  const offered = offeredPlaces(of, here);
  const scenes = offered.filter((p) => p.isScene || p.value === here);
  const at = scenes.findIndex((p) => p.value === here);
  const [earlier, later] = [scenes[at - 1], scenes[at + 1]];
  return (
    <Deciding
      of={of}
      does="decide"
      about={place}
      title={isOpen ? 'say where it divides' : 'move it'}
      button="It divides here"
      isOpen={isOpen}
      decided={of.decisions.some((d) => d.about === place)}
    >
      <Renumbering of={of} />
      <label class="field">
        The first ending begins with{' '}
        <select name="value">
          {offered.map((p) => (
            <option value={p.value} selected={p.value === here}>
              {placeLabel(p)}
            </option>
          ))}
        </select>
      </label>
      <p class="ways-row">
        {earlier !== undefined && (
          <button class="button button-small" type="submit" name="move" value={earlier.value}>
            Move it a scene earlier
          </button>
        )}
        {later !== undefined && (
          <button class="button button-small" type="submit" name="move" value={later.value}>
            Move it a scene later
          </button>
        )}
        <button class="button button-small" type="submit" name="move" value="none">
          The story does not divide
        </button>
      </p>
    </Deciding>
  );
};

/** The places before the other ending: those the importer offers, and every paragraph among them. */
function offeredPlaces({ edition, places }: Reviewing, here: string): readonly PartingPlace[] {
  const remark = edition.remarks.find((r) => r.about === place);
  const values = new Set([here, ...(remark?.alternatives ?? []).map((a) => a.value)]);
  const last = places.findLastIndex((p) => values.has(p.value));
  const start = { value: '0', line: null, words: 'nothing is shared', isScene: true, begins: false };
  return [...(values.has('0') ? [start] : []), ...places.slice(0, last + 1)];
}

function placeLabel({ value, words, isScene }: PartingPlace): string {
  if (value === '0') return words;
  return `${isScene ? '' : '\u00a0\u00a0'}${words} (after ${placeName(value)})`;
}

/** Two places: where the first ending begins, and where the other one does. */
const DivideForm: FC<{ readonly of: Reviewing }> = ({ of }) => {
  const { places, decisions, sent } = of;
  const said = (about: string, field: string): string | undefined =>
    sent?.form.get(field) || decisions.find((d) => d.about === about)?.value;
  const head = 'variantSets[0].branches[1].head';
  const isDecided = decisions.some((d) => d.about === place || d.about === head);
  return (
    <Deciding
      of={of}
      does="divide"
      about={place}
      title="divide it"
      button="It divides so"
      decided={isDecided}
    >
      <Renumbering of={of} />
      <PlaceMenu
        label="The first ending begins with"
        name="first"
        {...{ places, value: said(place, 'first') }}
      />
      <PlaceMenu label="The other one begins with" name="other" {...{ places, value: said(head, 'other') }} />
    </Deciding>
  );
};

const PlaceMenu: FC<{
  readonly label: string;
  readonly name: string;
  readonly places: readonly PartingPlace[];
  readonly value: string | undefined;
}> = ({ label, name, places, value }) => (
  <label class="field">
    {label}{' '}
    <select name={name}>
      {places.map((p) => (
        <option value={p.value} selected={p.value === value}>
          {placeLabel(p)}
        </option>
      ))}
    </select>
  </label>
);

/** Said before passages of a story that readers know are parted otherwise. */
const Renumbering: FC<{ readonly of: Reviewing }> = ({ of: { work } }) =>
  work.publishedAt === null ? null : (
    <p class="hint">
      <strong>Readers know this story.</strong> Its passages are numbered anew, so a bookmark or link to one
      may lead to the passage that has its number then; where none has, it leads to where its words stand.
    </p>
  );

/** Scenes are offered as boxes, paragraphs in a menu: a story has hundreds. */
const mostBoxes = 200;

/** Which scenes begin a passage, and one paragraph more. */
const PassageForm: FC<{ readonly of: Reviewing }> = ({ of }) => {
  const { places, decisions } = of;
  if (places.length === 0) return null;
  const boxes = places.filter((p) => p.isScene || p.begins).slice(0, mostBoxes);
  return (
    <Deciding
      of={of}
      does="passages"
      about="passages"
      title="join or split its passages"
      button="Part it so"
      decided={decisions.some((d) => d.about === 'passages')}
    >
      <Renumbering of={of} />
      <fieldset class="field">
        <legend>A passage begins with</legend>
        <div class="boxes boxes-column">
          {boxes.map((p) => (
            <label>
              <input type="checkbox" name="starts" value={p.value} checked={p.begins} /> {p.words}
            </label>
          ))}
        </div>
      </fieldset>
      <label class="field">
        And with{' '}
        <select name="starts">
          <option value="">no other paragraph</option>
          {places
            .filter((p) => !boxes.includes(p))
            .map((p) => (
              <option value={p.value}>{placeLabel(p)}</option>
            ))}
        </select>
      </label>
    </Deciding>
  );
};
