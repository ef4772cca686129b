import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { type Page as Run, type TagKind, type TagView, tagKinds, type WorkCard } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import { findTag, listTags } from '../../store/tags.ts';
import { listWorks } from '../../store/works.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Layout } from '../layout.tsx';
import { More, tagPath } from '../parts.tsx';
import { WorkList } from './works.tsx';

const kindNames: Readonly<Record<TagKind, readonly [string, string]>> = {
  fandom: ['Fandom', 'Fandoms'],
  relationship: ['Relationship', 'Relationships'],
  character: ['Character', 'Characters'],
  freeform: ['Tag', 'Tags'],
};

/** `GET /tags/:kind?after=`: every tag of a kind with the number of its works. */
export const tagKindPage: Page = (archive) => async (c) => {
  const kind = readKind(c.req.param('kind'));
  const after = c.req.query('after') ?? null;
  const page = await listTags(archive.store, kind, { after, limit: 200 });
  return render(c, <TagKindPage archive={archive} kind={kind} page={page} first={after === null} />, {
    cache: 'public',
  });
};

/** `GET /tags/:kind/:name?after=`: the works with one tag. */
export const tagPage: Page = (archive) => async (c) => {
  const kind = readKind(c.req.param('kind'));
  const name = c.req.param('name') ?? '';
  const after = c.req.query('after') ?? null;
  const tag = await findTag(archive.store, kind, name);
  if (tag === undefined)
    throw new NotFound(`web: no public work has the ${kind} ${JSON.stringify(name.slice(0, 80))}`);
  const page = await listWorks(archive.store, {
    sort: 'newest',
    tag: { kind, name: tag.name },
    after,
    limit: 20,
  });
  return render(c, <TagPage archive={archive} tag={tag} page={page} first={after === null} />, {
    cache: 'public',
  });
};

function readKind(text: string | undefined): TagKind {
  const kind = tagKinds.find((k) => k === text);
  if (kind === undefined)
    throw new NotFound(`web: no tags are of the kind ${JSON.stringify(text?.slice(0, 80))}`);
  return kind;
}

interface TagKindProps {
  readonly archive: Archive;
  readonly kind: TagKind;
  readonly page: Run<TagView>;
  readonly first: boolean;
}

const TagKindPage: FC<TagKindProps> = ({ archive, kind, page, first }) => (
  <Layout
    archive={archive}
    title={kindNames[kind][1]}
    path={first ? `/tags/${kind}` : undefined}
    noindex={!first}
    here={kind === 'fandom' ? 'fandoms' : undefined}
  >
    <div class="page">
      <h1>{kindNames[kind][1]}</h1>
      <p class="sorts">
        {tagKinds.map((other) =>
          other === kind ? (
            <strong aria-current="page">{kindNames[other][1]}</strong>
          ) : (
            <a href={`/tags/${other}`}>{kindNames[other][1]}</a>
          ),
        )}
      </p>
      {page.items.length === 0 ? (
        <p class="empty">No public work has any.</p>
      ) : (
        <ul class="register register-columns">
          {page.items.map((tag) => (
            <li>
              <a href={tagPath(kind, tag.name)}>{tag.name}</a>
              <span>{tag.works}</span>
            </li>
          ))}
        </ul>
      )}
      <More path={`/tags/${kind}`} next={page.next}>
        {`More ${kindNames[kind][1].toLowerCase()}`}
      </More>
    </div>
  </Layout>
);

interface TagProps {
  readonly archive: Archive;
  readonly tag: TagView;
  readonly page: Run<WorkCard>;
  readonly first: boolean;
}

const TagPage: FC<TagProps> = ({ archive, tag, page, first }) => {
  const path = tagPath(tag.kind, tag.name);
  return (
    <Layout
      archive={archive}
      title={tag.name}
      path={first ? path : undefined}
      noindex={!first}
      here={tag.kind === 'fandom' ? 'fandoms' : undefined}
    >
      <div class="page">
        <p class="crumb">
          <a href={`/tags/${tag.kind}`}>{kindNames[tag.kind][1]}</a>
        </p>
        <div class="list-head">
          <h1>{tag.name}</h1>
          <p class="sorts">{count(tag.works, 'work')}</p>
        </div>
        <WorkList works={page.items} />
        <More path={path} next={page.next}>
          More works
        </More>
      </div>
    </Layout>
  );
};
