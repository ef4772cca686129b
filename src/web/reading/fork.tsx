import type { FC } from 'hono/jsx';
import type { Branch, VariantSet } from '../../model/state.ts';
import { branchName, count } from '../../phrases.ts';
import type { OpenedWork } from '../handle.ts';
import { workPath } from '../handle.ts';
import { Siglum, siglumClass } from '../parts.tsx';
import { branchWords, type Told } from './story.ts';
import { comparePath } from './work.tsx';

interface ForkProps {
  readonly opened: OpenedWork;
  readonly told: Told;
  readonly set: VariantSet;
  /** The address of a passage, journey and all. */
  readonly to: (key: string) => string;
}

/** Where the story divides: a card for each way on. */
export const Fork: FC<ForkProps> = (props) => (
  <section class="fork" aria-labelledby="fork">
    <h2 id="fork">Here the story divides</h2>
    <p class="soft">
      {props.set.branches.length === 2
        ? 'Two ways on. Read either first; you can come back for the other.'
        : `${waysOn(props.set)} ways on. Read any of them first; you can come back for the others.`}
    </p>
    <Cards {...props} branches={props.set.branches} />
  </section>
);

function waysOn(set: VariantSet): string {
  return ['Three', 'Four', 'Five', 'Six'][set.branches.length - 3] ?? String(set.branches.length);
}

const Cards: FC<ForkProps & { readonly branches: readonly Branch[] }> = ({
  opened,
  told,
  set,
  to,
  branches,
}) => (
  <ul class="cards">
    {branches.map((branch) => {
      const { name, label } = branchName(branch, told.graph.passage(branch.head));
      const last = told.graph.branchPassages(set, branch.siglum).at(-1)?.key ?? branch.head;
      return (
        <li class={`fork-card ${siglumClass(branch.siglum)}`}>
          <Siglum letter={branch.siglum} />
          <h3>
            <a href={to(branch.head)}>{name}</a>
          </h3>
          <p class="facts">
            {label !== null && <span>{label}</span>}
            <span data-read={`${opened.work.id}/${last}`}>
              {count(branchWords(told.graph, set, branch.siglum), 'word')}
            </span>
          </p>
        </li>
      );
    })}
  </ul>
);

/** After the end of one branch: the others, the comparison, and the question which one is preferred. */
export const AfterBranch: FC<
  ForkProps & {
    readonly siglum: string;
    readonly here: string;
    /** Whether the question is asked. */
    readonly asks: boolean;
  }
> = (props) => {
  const { opened, told, set, siglum, to } = props;
  const others = set.branches.filter((b) => b.siglum !== siglum);
  const ends = told.graph.branchPassages(set, siglum).some((p) => p.ending);
  const kind = ends ? 'ending' : 'version';
  return (
    <section class="fork" aria-labelledby={`others-${set.place}`}>
      <h2 id={`others-${set.place}`}>
        The other {kind}
        {others.length > 1 && 's'}
      </h2>
      <p class="soft">
        You have read <Siglum letter={siglum} />. <a href={to(set.place)}>Back to where the story divides</a>
      </p>
      <Cards {...props} branches={others} />
      {props.asks && (
        <VerdictForm opened={opened} told={told} set={set} kind={kind} here={props.here} siglum={siglum} />
      )}
    </section>
  );
};

interface VerdictProps {
  readonly opened: OpenedWork;
  readonly told: Told;
  readonly set: VariantSet;
  readonly kind: 'ending' | 'version';
  /** The path of the page the form stands on, to return to. */
  readonly here: string;
  readonly siglum: string;
}

/** “Which do you prefer?”: one button a branch and one for both, or boxes to tick where there are more than two. */
const VerdictForm: FC<VerdictProps> = ({ opened, told, set, kind, here, siglum }) => {
  const { handle } = opened;
  const few = set.branches.length === 2;
  const other = set.branches.find((b) => b.siglum !== siglum)?.siglum;
  const [a, b] = [siglum, other].sort();
  return (
    <form
      class="card verdict"
      method="post"
      action={workPath(handle, '/verdicts')}
      id={`verdict-${set.place}`}
    >
      <h3 id={`prefer-${set.place}`}>Which {kind} do you prefer?</h3>
      <input type="hidden" name="place" value={set.place} />
      <input type="hidden" name="back" value={here} />
      <fieldset class="verdict-choices" aria-labelledby={`prefer-${set.place}`}>
        {set.branches.map((branch) => {
          const { name } = branchName(branch, told.graph.passage(branch.head));
          return few ? (
            <button class="button" type="submit" name="sigla" value={branch.siglum}>
              <Siglum letter={branch.siglum} /> {name}
            </button>
          ) : (
            <label class="button">
              <input type="checkbox" name="sigla" value={branch.siglum} /> <Siglum letter={branch.siglum} />{' '}
              {name}
            </label>
          );
        })}
        {few && (
          <button class="button" type="submit" name="sigla" value="A B">
            Both
          </button>
        )}
      </fieldset>
      {!few && (
        <p>
          <button class="button button-main" type="submit">
            That is my answer
          </button>
        </p>
      )}
      <p class="facts">
        <span>
          <a href={comparePath(handle, set.place, a, b)}>Compare them, word by word</a>
        </span>
        <span>
          <a href={workPath(handle, `/verdicts/${set.place}`)}>What other readers prefer</a>
        </span>
      </p>
      <p class="soft verdict-note">Your answer is kept with a cookie; you can change it.</p>
    </form>
  );
};
