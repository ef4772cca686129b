import type { FC } from 'hono/jsx';
import type { PersonView } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import { listPeople } from '../../store/people.ts';
import { type Page, render } from '../archive.ts';
import { Layout } from '../layout.tsx';
import { More } from '../parts.tsx';

/** `GET /people?after=…`: everyone who wrote or said something that the public may read. */
export const peoplePage: Page = (archive) => async (c) => {
  const people = await listPeople(archive.store, { after: c.req.query('after') ?? null, limit: 100 });
  return render(
    c,
    <Layout archive={archive} title="People" path="/people" here="people">
      <div class="page">
        <h1>People</h1>
        {people.items.length === 0 ? (
          <p>Nobody yet. Whoever writes a story or says something about one will stand here.</p>
        ) : (
          <ul class="people">
            {people.items.map((person) => (
              <li>
                <a href={`/people/${person.id}`}>{person.name}</a>
                <PersonFacts person={person} />
              </li>
            ))}
          </ul>
        )}
        <More path="/people" next={people.next}>
          More people
        </More>
      </div>
    </Layout>,
    { cache: 'public' },
  );
};

/** How much of a name is public here. */
export const PersonFacts: FC<{ readonly person: PersonView }> = (props) => {
  const { site, works, notes, comments } = props.person;
  return (
    <p class="facts">
      {site !== null && <span>{site}</span>}
      {works > 0 && <span>{count(works, 'work')}</span>}
      {notes > 0 && <span>{count(notes, 'note')}</span>}
      {comments > 0 && <span>{count(comments, 'comment')}</span>}
    </p>
  );
};
