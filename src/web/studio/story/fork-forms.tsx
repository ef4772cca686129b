import type { FC } from 'hono/jsx';
import { flagsOf } from '../../../model/edit.ts';
import { type Onward, StoryGraph } from '../../../model/graph/graph.ts';
import { studioPath, writingPath } from '../desk.ts';
import { openingsOf } from '../writing/text.ts';
import {
  Action,
  Conditions,
  cameBack,
  conditionsIn,
  flagsIn,
  Line,
  MenuAction,
  PassageMenu,
} from './forms.tsx';
import { type ForkFormsProps, Onwards } from './onwards.tsx';

/** Everything that can be done with a passage besides writing it, each as a plain form. */
export const ForkForms: FC<ForkFormsProps> = (props) => {
  const onward = new StoryGraph(props.desk.story).onward(props.passage.key);
  const openings = openingsOf(props.passage.html);
  return (
    <>
      <section aria-labelledby="what-follows">
        <h2 id="what-follows">What follows</h2>
        <Onwards {...props} onward={onward} />
      </section>
      <section aria-labelledby="fork-it">
        <h2 id="fork-it">Let it go another way</h2>
        <Divide {...props} openings={openings} />
        <Ways {...props} onward={onward} />
        {onward.kind !== 'divides' && <AddChoice {...props} />}
        {onward.kind === 'end' && props.desk.story.passages.length > 1 && <Meet {...props} />}
        <Flags {...props} />
      </section>
      <section aria-labelledby="arrange">
        <h2 id="arrange">Arrange</h2>
        <Arrange {...props} openings={openings} />
      </section>
    </>
  );
};

const Openings: FC<{ readonly openings: readonly string[]; readonly chosen: string | undefined }> = (
  props,
) => (
  <fieldset class="openings">
    <legend>After the paragraph that begins</legend>
    {props.openings.slice(0, -1).map((opening, i) => (
      <label class="option">
        <input type="radio" name="after" value={String(i)} checked={props.chosen === String(i)} />
        <span>{opening}</span>
      </label>
    ))}
  </fieldset>
);

interface WithOpenings extends ForkFormsProps {
  readonly openings: readonly string[];
}

const Divide: FC<WithOpenings> = ({ desk, passage, sent, openings }) => {
  if (openings.length < 2) return null;
  const back = cameBack(sent, 'divisions')?.form;
  return (
    <Action desk={desk} name="divisions" title="Divide the story here" button="Divide it" sent={sent}>
      <input type="hidden" name="passage" value={passage.key} />
      <p class="soft">What stands after the place you choose becomes way A; way B waits to be written.</p>
      <Openings openings={openings} chosen={back?.get('after')} />
      <Line name="first" label="What is there is called" value={back?.get('first')} placeholder="Ending" />
      <Line
        name="other"
        label="The other is called"
        value={back?.get('other')}
        placeholder="Another ending"
      />
    </Action>
  );
};

const waysOf = [
  {
    kind: 'ending',
    title: 'Add another ending',
    hint: 'Beside this passage, after the one that leads to it.',
  },
  {
    kind: 'scene',
    title: 'Write this scene another way',
    hint: 'The same scene told otherwise; both go on where it goes on.',
  },
  { kind: 'onward', title: 'Add another way on from here', hint: 'Beside what follows this passage.' },
] as const;

const Ways: FC<ForkFormsProps & { readonly onward: Onward }> = ({ desk, passage, sent, onward }) => (
  <>
    {waysOf
      .filter(({ kind }) => kind !== 'onward' || onward.kind === 'next' || onward.kind === 'divides')
      .filter(({ kind }) => kind === 'onward' || desk.story.passages[0]?.key !== passage.key)
      .map(({ kind, title, hint }) => {
        const back = cameBack(sent, 'branches', ['kind', kind])?.form;
        return (
          <Action desk={desk} name="branches" which={['kind', kind]} title={title} button={title} sent={sent}>
            <input type="hidden" name="passage" value={passage.key} />
            <p class="soft">{hint}</p>
            <Line name="title" label="Its title" value={back?.get('title')} />
            <Line name="label" label="Its label" value={back?.get('label')} placeholder="Alternate ending" />
          </Action>
        );
      })}
  </>
);

const AddChoice: FC<ForkFormsProps> = ({ desk, passage, sent, asked }) => {
  const back = cameBack(sent, 'choices')?.form;
  return (
    <MenuAction
      {...{ desk, sent, asked }}
      page={writingPath(desk.work.id, passage.key)}
      id="add-choice"
      name="choices"
      title="Add a choice"
      button="Add this choice"
    >
      <input type="hidden" name="passage" value={passage.key} />
      <Line name="label" label="What readers see" value={back?.get('label')} required />
      <PassageMenu desk={desk} name="to" label="It leads to" value={back?.get('to')} none="a new passage" />
      <Line name="title" label="Title of the new passage" value={back?.get('title')} />
      <Conditions desk={desk} showIf={back && conditionsIn(back)} />
    </MenuAction>
  );
};

const Meet: FC<ForkFormsProps> = ({ desk, passage, sent, asked }) => {
  const back = cameBack(sent, 'meetings')?.form;
  return (
    <MenuAction
      {...{ desk, sent, asked }}
      page={writingPath(desk.work.id, passage.key)}
      id="meet"
      name="meetings"
      title="Meet the story again"
      button="Let it meet there"
    >
      <input type="hidden" name="passage" value={passage.key} />
      <PassageMenu desk={desk} name="to" label="It goes on at" value={back?.get('to')} but={passage.key} />
      <Line name="label" label="What readers see" value={back?.get('label')} placeholder="Go on" />
    </MenuAction>
  );
};

const Flags: FC<ForkFormsProps> = ({ desk, passage, sent }) => {
  const back = cameBack(sent, 'flags')?.form;
  const { sets, unsets } = back === undefined ? passage : flagsIn(back);
  const known = flagsOf(desk.story);
  const fresh = [...sets, ...unsets].find((flag) => !known.includes(flag)) ?? '';
  return (
    <Action desk={desk} name="flags" title="Flags it sets" button="Keep these flags" sent={sent}>
      <input type="hidden" name="passage" value={passage.key} />
      <p class="soft">A flag remembers that this passage was read; choices can be shown only if it is set.</p>
      {[...known, fresh].map((flag, i) => (
        <div class="condition">
          <select name="does" aria-label={i === known.length ? 'The new flag' : `The flag ${flag}`}>
            <option value="">{i === known.length ? 'a new flag' : 'nothing with'}</option>
            <option value="sets" selected={sets.includes(flag)}>
              sets
            </option>
            <option value="unsets" selected={unsets.includes(flag)}>
              unsets
            </option>
          </select>
          <input
            name="flag"
            value={flag}
            readonly={i < known.length}
            aria-label={i === known.length ? 'Name of a new flag' : `Flag ${i + 1}`}
          />
        </div>
      ))}
    </Action>
  );
};

const Arrange: FC<WithOpenings> = ({ desk, passage, sent, asked, openings }) => {
  const hidden = <input type="hidden" name="passage" value={passage.key} />;
  const typed = (name: string, field: string) => cameBack(sent, name)?.form.get(field);
  return (
    <>
      <Action desk={desk} name="passages" title="Add a passage after it" button="Add it" sent={sent}>
        {hidden}
        <Line name="title" label="Its title" value={typed('passages', 'title')} />
      </Action>
      {openings.length > 1 && (
        <Action desk={desk} name="splits" title="Split it in two" button="Split it" sent={sent}>
          {hidden}
          <Openings openings={openings} chosen={typed('splits', 'after')} />
          <Line name="title" label="Title of the second" value={typed('splits', 'title')} />
        </Action>
      )}
      {new StoryGraph(desk.story).followers(passage.key).length === 1 && (
        <Action desk={desk} name="joins" title="Join it with what follows" button="Join them" sent={sent}>
          {hidden}
          <p class="soft">Both texts become one passage; of two titles, this one stays.</p>
        </Action>
      )}
      <MenuAction
        {...{ desk, sent, asked }}
        page={writingPath(desk.work.id, passage.key)}
        id="move"
        name="moves"
        title="Move it"
        button="Move it there"
      >
        {hidden}
        <PassageMenu
          desk={desk}
          name="before"
          label="Before"
          value={typed('moves', 'before')}
          none="the end of the story"
          but={passage.key}
        />
      </MenuAction>
      {desk.story.passages.length > 1 && (
        <p>
          <a class="action-link" href={studioPath(desk.work.id, `/removals/${passage.key}`)}>
            Take this passage out …
          </a>
        </p>
      )}
    </>
  );
};
