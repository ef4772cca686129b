import type { FC } from 'hono/jsx';
import type { CleanHtml } from '../../../html.ts';
import type { Onward } from '../../../model/graph/graph.ts';
import type { Passage, VariantSet } from '../../../model/state.ts';
import { branchName } from '../../../phrases.ts';
import { Siglum } from '../../parts.tsx';
import { type Desk, studioPath, writingPath } from '../desk.ts';
import {
  Action,
  Conditions,
  cameBack,
  conditionsIn,
  Line,
  MenuAction,
  namedPassages,
  PassageMenu,
  type Sent,
} from './forms.tsx';

/** A passage and what was sent to one of its forms. */
export interface ForkFormsProps {
  readonly desk: Desk;
  readonly passage: Passage<CleanHtml>;
  readonly sent: Sent | undefined;
  /** The form the address asks for: see `MenuAction`. */
  readonly asked: string | undefined;
}

type LinkTo = (key: string) => ReturnType<FC>;

/** Where the passage leads, with what can be changed about it. */
export const Onwards: FC<ForkFormsProps & { readonly onward: Onward }> = (props) => {
  const { desk, passage, onward } = props;
  const names = new Map(namedPassages(desk).map(({ key, name }) => [key, name]));
  const link: LinkTo = (key) => <a href={writingPath(desk.work.id, key)}>{names.get(key) ?? key}</a>;
  if (onward.kind === 'divides') return <Branches {...props} set={onward.set} link={link} />;
  if (onward.kind === 'choices') return <Choices {...props} link={link} />;
  if (onward.kind === 'next') return <p class="ways-on">{link(onward.to)}</p>;
  return (
    <p class="soft">{passage.ending ? 'Nothing: this is an ending.' : 'Nothing yet, and it is no ending.'}</p>
  );
};

const Branches: FC<ForkFormsProps & { readonly set: VariantSet; readonly link: LinkTo }> = (props) => {
  const { desk, passage, sent, set, link } = props;
  const heads = new Map(desk.story.passages.map((p) => [p.key, p]));
  return (
    <ul class="ways-on">
      {set.branches.map((branch) => {
        const { siglum, label, head } = branch;
        const which = ['siglum', siglum] as const;
        const typed = cameBack(sent, 'labels', which)?.form.get('label');
        return (
          <li>
            <p>
              <Siglum letter={siglum} /> {link(head)}{' '}
              <span class="soft">{branchName(branch, heads.get(head)).label}</span>
            </p>
            <div class="ways-acts">
              <Action
                {...{ desk, which, sent }}
                name="labels"
                title={`Name ${siglum} otherwise`}
                button="Name it so"
              >
                <input type="hidden" name="passage" value={passage.key} />
                <input type="hidden" name="place" value={set.place} />
                <Line name="label" label="Label" value={typed ?? label} />
              </Action>
              <a href={studioPath(desk.work.id, `/removals/${passage.key}/${siglum}`)}>Take {siglum} out …</a>
            </div>
          </li>
        );
      })}
    </ul>
  );
};

const Choices: FC<ForkFormsProps & { readonly link: LinkTo }> = ({ link, ...props }) => (
  <ol class="ways-on">
    {props.desk.story.choices.map(
      (choice, index) =>
        choice.from === props.passage.key && (
          <li>
            <p>
              “{choice.label}”: {link(choice.to)}
              {choice.showIf.length > 0 && <span class="soft"> (not always shown)</span>}
            </p>
            <div class="ways-acts">
              <ChangeChoice {...props} index={index} />
            </div>
          </li>
        ),
    )}
  </ol>
);

const ChangeChoice: FC<ForkFormsProps & { readonly index: number }> = (props) => {
  const { desk, passage, sent, asked, index } = props;
  const choice = desk.story.choices[index];
  if (choice === undefined) return null;
  const which = ['index', String(index)] as const;
  const back = cameBack(sent, 'choice', which)?.form;
  return (
    <MenuAction
      {...{ desk, which, sent, asked }}
      page={writingPath(desk.work.id, passage.key)}
      id={`choice-${index}`}
      name="choice"
      title="Change this choice"
      button="Change it"
    >
      <input type="hidden" name="passage" value={passage.key} />
      <Line name="label" label="What readers see" value={back?.get('label') ?? choice.label} />
      <PassageMenu desk={desk} name="to" label="It leads to" value={back?.get('to') ?? choice.to} />
      <Conditions desk={desk} showIf={back === undefined ? choice.showIf : conditionsIn(back)} />
      <p class="ways-row">
        <button class="button button-small" type="submit" name="do" value="up">
          Earlier
        </button>
        <button class="button button-small" type="submit" name="do" value="down">
          Later
        </button>
        <button class="button button-small" type="submit" name="do" value="remove">
          Take it out
        </button>
      </p>
    </MenuAction>
  );
};
