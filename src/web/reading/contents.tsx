import type { FC } from 'hono/jsx';
import { branchName, count } from '../../phrases.ts';
import { Siglum, siglumClass } from '../parts.tsx';
import type { Division, Line, Told } from './story.ts';

interface ContentsProps {
  readonly told: Told;
  readonly lines: readonly Line[];
  /** Gives the address of a passage. */
  readonly to: (key: string) => string;
  /** The work's id, by which the device knows which endings were read. */
  readonly workId: string;
}

/**
 * The contents of a story, a list in which each division holds lists of its own. Where choices lead to more than one
 * ending, the names of the endings would tell too much: they are shown to those who ask.
 */
export const Contents: FC<ContentsProps> = (props) => {
  const endings = props.lines.filter((line) => line.passage.ending);
  const apart = endings.length > 1 ? endings : [];
  return (
    <>
      <ContentsList {...props} lines={props.lines.filter((line) => !apart.includes(line))} />
      {apart.length > 0 && (
        <details class="contents-endings">
          <summary>The endings, by name</summary>
          <ContentsList {...props} lines={apart} />
        </details>
      )}
    </>
  );
};

const ContentsList: FC<ContentsProps> = (props) => (
  <ol class="contents">
    {props.lines.map((line) => (
      <ContentsLine {...props} line={line} />
    ))}
  </ol>
);

const ContentsLine: FC<ContentsProps & { readonly line: Line }> = (props) => {
  const { line, told, to, workId } = props;
  const onward = told.graph.onward(line.passage.key);
  return (
    <li>
      <p class="contents-line">
        <a href={to(line.passage.key)}>{told.nameOf(line.passage.key)}</a>
        <span class="contents-words" data-read={`${workId}/${line.passage.key}`}>
          {count(line.passage.words, 'word')}
        </span>
      </p>
      {onward.kind === 'choices' && onward.choices.length > 1 && (
        <p class="chooses">Here you choose: {onward.choices.map((c) => c.label).join(' · ')}</p>
      )}
      {line.divides.length > 0 && (
        <>
          <p class="divides">Here the story divides</p>
          <ol class="divisions">
            {line.divides.map((division) => (
              <DivisionLines {...props} division={division} />
            ))}
          </ol>
        </>
      )}
    </li>
  );
};

const DivisionLines: FC<ContentsProps & { readonly division: Division }> = (props) => {
  const { division, told, to, workId } = props;
  const { branch, words, lines } = division;
  const { name, label } = branchName(branch, told.graph.passage(branch.head));
  const more = lines.filter((line) => line.passage.key !== branch.head || line.divides.length > 0);
  return (
    <li class={siglumClass(branch.siglum)}>
      <p class="contents-line">
        <Siglum letter={branch.siglum} />
        <a href={to(branch.head)}>{name}</a>
        {label !== null && <span class="contents-label">{label}</span>}
        <span class="contents-words" data-read={`${workId}/${endOf(division)}`}>
          {count(words, 'word')}
        </span>
      </p>
      {more.length > 0 && <ContentsList {...props} lines={more} />}
    </li>
  );
};

/** The passage whose end says that a branch was read: its last one. */
function endOf(division: Division): string {
  return division.lines.at(-1)?.passage.key ?? division.branch.head;
}
