import type { FC } from 'hono/jsx';
import { textOfHtml } from '../../html.ts';
import type { CommentView, PersonView, Page as Run, WorkCard } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import { getPerson, listCommentsBy, listPeople } from '../../store/people.ts';
import { listWorks } from '../../store/works.ts';
import { type Page, render } from '../archive.ts';
import { Layout } from '../layout.tsx';
import { Dated, More, WorkEntry } from '../parts.tsx';

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

/** `GET /people/:id?after=…`: what one name wrote here and said about the stories of others. */
export const personPage: Page = (archive) => async (c) => {
  const person = await getPerson(archive.store, c.req.param('id') ?? '');
  const after = c.req.query('after') ?? null;
  const works = await listWorks(archive.store, {
    sort: 'newest',
    person: person.id,
    after: null,
    limit: 100,
  });
  const comments = await listCommentsBy(archive.store, person.id, { after, limit: 25 });
  return render(
    c,
    <Layout archive={archive} title={person.name} path={`/people/${person.id}`} here="people">
      <div class="page">
        <h1>{person.name}</h1>
        <PersonFacts person={person} />
        {person.site !== null && (
          <p>
            A name from {person.site}, as it stood on pages that were saved from there. Whoever bears it may
            write to those who run this archive.
          </p>
        )}
        <Written works={works.items} />
        <Said comments={comments} path={`/people/${person.id}`} />
      </div>
    </Layout>,
    { cache: 'public' },
  );
};

const PersonFacts: FC<{ readonly person: PersonView }> = ({ person: { site, works, comments } }) => (
  <p class="facts">
    {site !== null && <span>{site}</span>}
    {works > 0 && <span>{count(works, 'work')}</span>}
    {comments > 0 && <span>{count(comments, 'comment')}</span>}
  </p>
);

const Written: FC<{ readonly works: readonly WorkCard[] }> = ({ works }) =>
  works.length === 0 ? null : (
    <section aria-labelledby="written">
      <h2 id="written">Stories</h2>
      <ol class="entries">
        {works.map((work) => (
          <WorkEntry work={work} level={3} />
        ))}
      </ol>
    </section>
  );

/** So many characters of a comment stand in a list; the rest is where it was said. */
const excerpt = 280;

const Said: FC<{ readonly comments: Run<CommentView>; readonly path: string }> = ({ comments, path }) =>
  comments.items.length === 0 ? null : (
    <section aria-labelledby="said">
      <h2 id="said">Said about stories</h2>
      <ul class="said">
        {comments.items.map((comment) => (
          <li>
            <p>
              <a href={`/comments/${comment.id}`}>{comment.subject ?? 'A comment'}</a>
              {comment.posted !== null && (
                <>
                  {', '}
                  <Dated date={comment.posted} quiet />
                </>
              )}
            </p>
            <p>{shorten(textOfHtml(comment.html))}</p>
          </li>
        ))}
      </ul>
      <More path={path} next={comments.next}>
        Earlier comments
      </More>
    </section>
  );

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= excerpt ? line : `${line.slice(0, excerpt).replace(/\s\S*$/, '')}…`;
}
