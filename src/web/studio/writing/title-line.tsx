import type { FC } from 'hono/jsx';
import { Siglum } from '../../parts.tsx';
import { tellStory } from '../../reading/story.ts';
import type { Desk } from '../desk.ts';

interface TitleLineProps {
  readonly desk: Pick<Desk, 'story'>;
  readonly passageKey: string;
  readonly title: string;
}

/** The title to be typed, set as the heading it will be; where there is none it shows what the passage is called without. */
export const TitleLine: FC<TitleLineProps> = ({ desk, passageKey, title }) => {
  const { graph, nameOf } = tellStory(desk.story);
  return (
    <div class="title-line">
      {graph.branchesOf(passageKey).map(({ siglum }) => (
        <Siglum letter={siglum} big />
      ))}
      <label>
        <span class="unseen">Title</span>
        <input name="title" value={title} maxlength={300} placeholder={nameOf(passageKey)} dir="auto" />
      </label>
    </div>
  );
};
