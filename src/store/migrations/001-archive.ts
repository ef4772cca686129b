import type { Migration } from './migration.ts';

/** Works, their states and texts, people, tags, comments, sources, verdicts, removals and what can be found. */
export const archive: Migration = {
  name: 'archive',
  statements: ({ text, bytes, strict, engine }) => [
    `CREATE TABLE works (
      id ${text} PRIMARY KEY, stage ${text} NOT NULL, audience ${text} NOT NULL, thread ${text} NOT NULL,
      secret ${text} NOT NULL, version ${text} NOT NULL, state INTEGER NOT NULL, created_at ${text} NOT NULL,
      published_at ${text}, sort_title ${text} NOT NULL, sort_author ${text} NOT NULL, words INTEGER NOT NULL,
      passages INTEGER NOT NULL, endings INTEGER NOT NULL, comments INTEGER NOT NULL, sigla ${text} NOT NULL,
      story_hash ${text} NOT NULL, undecided INTEGER NOT NULL, decisions ${text} NOT NULL)${strict}`,
    'CREATE INDEX works_newest ON works (stage, audience, published_at, id)',
    'CREATE INDEX works_by_title ON works (stage, audience, sort_title, id)',
    'CREATE INDEX works_by_author ON works (stage, audience, sort_author, id)',
    'CREATE INDEX works_by_story ON works (story_hash)',
    `CREATE TABLE states (
      work_id ${text} NOT NULL REFERENCES works (id), number INTEGER NOT NULL, made_at ${text} NOT NULL,
      made_by ${text}, why ${text} NOT NULL, header ${text} NOT NULL, entries ${text} NOT NULL,
      choices ${text} NOT NULL, variant_sets ${text} NOT NULL, seal ${text} NOT NULL, PRIMARY KEY (work_id, number))${strict}`,
    `CREATE TABLE texts (
      hash ${text} PRIMARY KEY, work_id ${text} NOT NULL REFERENCES works (id), passage ${text} NOT NULL,
      html ${text}, cleaner INTEGER NOT NULL, erased_at ${text})${strict}`,
    'CREATE INDEX texts_of_work ON texts (work_id, passage)',
    `CREATE TABLE people (
      id ${text} PRIMARY KEY, kind ${text} NOT NULL, name ${text} NOT NULL, site ${text} NOT NULL,
      sort_name ${text} NOT NULL)${strict}`,
    'CREATE UNIQUE INDEX people_by_name ON people (kind, site, name)',
    'CREATE INDEX people_sorted ON people (sort_name, id)',
    `CREATE TABLE credits (
      work_id ${text} NOT NULL REFERENCES works (id), position INTEGER NOT NULL,
      person_id ${text} NOT NULL REFERENCES people (id), role ${text} NOT NULL,
      PRIMARY KEY (work_id, position))${strict}`,
    'CREATE INDEX credits_of_person ON credits (person_id, work_id)',
    `CREATE TABLE tags (
      id ${text} PRIMARY KEY, kind ${text} NOT NULL, name ${text} NOT NULL, sort_name ${text} NOT NULL,
      UNIQUE (kind, name))${strict}`,
    'CREATE INDEX tags_sorted ON tags (kind, sort_name, id)',
    `CREATE TABLE work_tags (
      work_id ${text} NOT NULL REFERENCES works (id), tag_id ${text} NOT NULL REFERENCES tags (id),
      position INTEGER NOT NULL, PRIMARY KEY (work_id, tag_id))${strict}`,
    'CREATE INDEX works_of_tag ON work_tags (tag_id, work_id)',
    `CREATE TABLE comments (
      id ${text} PRIMARY KEY, work_id ${text} NOT NULL REFERENCES works (id),
      parent_id ${text} REFERENCES comments (id), thread INTEGER NOT NULL, path ${text} NOT NULL,
      depth INTEGER NOT NULL, position INTEGER NOT NULL, origin ${text}, source ${text}, state ${text} NOT NULL,
      author_kind ${text}, person_id ${text} REFERENCES people (id), author_name ${text}, author_ref ${text},
      subject ${text}, html ${text} NOT NULL, posted ${text}, edited ${text}, posted_key ${text} NOT NULL,
      about ${text} NOT NULL, sigla ${text} NOT NULL, icon ${text}, imported_from ${text},
      seal ${text} NOT NULL)${strict}`,
    'CREATE INDEX comments_by_thread ON comments (work_id, thread)',
    'CREATE INDEX comments_first ON comments (work_id, thread) WHERE depth = 0',
    'CREATE INDEX comments_by_parent ON comments (parent_id)',
    'CREATE INDEX comments_by_person ON comments (person_id, posted_key, id)',
    `CREATE TABLE notes (
      id ${text} PRIMARY KEY, work_id ${text} NOT NULL REFERENCES works (id), position INTEGER NOT NULL,
      title ${text}, posted ${text}, html ${text} NOT NULL, source ${text}, seal ${text} NOT NULL)${strict}`,
    'CREATE INDEX notes_of_work ON notes (work_id, position)',
    `CREATE TABLE blobs (
      sha256 ${text} PRIMARY KEY, size INTEGER NOT NULL, encoding ${text} NOT NULL, bytes ${bytes},
      erased_at ${text})${strict}`,
    `CREATE TABLE sources (
      work_id ${text} NOT NULL REFERENCES works (id), sha256 ${text} NOT NULL, position INTEGER NOT NULL,
      origin ${text}, address ${text}, importer ${text} NOT NULL, importer_version INTEGER NOT NULL,
      record ${text} NOT NULL, content_digest ${text} NOT NULL, remarks_digest ${text} NOT NULL,
      PRIMARY KEY (work_id, sha256))${strict}`,
    'CREATE INDEX sources_by_hash ON sources (sha256)',
    'CREATE INDEX sources_by_origin ON sources (origin)',
    `CREATE TABLE resources (
      work_id ${text} NOT NULL REFERENCES works (id), path ${text} NOT NULL, position INTEGER NOT NULL,
      sha256 ${text} NOT NULL REFERENCES blobs (sha256), media_type ${text} NOT NULL,
      PRIMARY KEY (work_id, path))${strict}`,
    'CREATE INDEX resources_by_hash ON resources (sha256)',
    `CREATE TABLE remarks (
      work_id ${text} NOT NULL REFERENCES works (id), position INTEGER NOT NULL, source ${text} NOT NULL,
      remarks ${text} NOT NULL, PRIMARY KEY (work_id, position))${strict}`,
    `CREATE TABLE decisions (
      sha256 ${text} NOT NULL, origin ${text}, about ${text} NOT NULL, value ${text} NOT NULL,
      "by" ${text} NOT NULL, at ${text} NOT NULL, PRIMARY KEY (sha256, about))${strict}`,
    'CREATE INDEX decisions_by_origin ON decisions (origin)',
    `CREATE TABLE verdicts (
      work_id ${text} NOT NULL REFERENCES works (id), place ${text} NOT NULL, reader ${text} NOT NULL,
      address ${text}, sigla ${text} NOT NULL, at ${text} NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (work_id, place, reader))${strict}`,
    'CREATE INDEX verdicts_by_address ON verdicts (address, at)',
    `CREATE TABLE removals (
      id ${text} PRIMARY KEY, kind ${text} NOT NULL, work_id ${text}, key ${text}, at ${text} NOT NULL,
      "by" ${text} NOT NULL, why ${text} NOT NULL, legal INTEGER NOT NULL)${strict}`,
    'CREATE INDEX removals_of_work ON removals (work_id)',
    `CREATE TABLE forbidden (
      key ${text} PRIMARY KEY, why ${text} NOT NULL, "by" ${text} NOT NULL, at ${text} NOT NULL)${strict}`,
    ...(engine === 'sqlite' ? sqliteSearch : postgresSearch(text)),
  ],
};

// `secure-delete` takes the words of a removed text out of the index at once, not at its next merge.
const sqliteSearch = [
  'CREATE TABLE search_docs (id INTEGER PRIMARY KEY, work_id TEXT NOT NULL REFERENCES works (id), passage TEXT) STRICT',
  'CREATE INDEX search_docs_of_work ON search_docs (work_id)',
  `CREATE VIRTUAL TABLE search_text USING fts5 (title, people, tags, body, tokenize = 'unicode61 remove_diacritics 2')`,
  `INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1)`,
  `INSERT INTO search_text (search_text, rank) VALUES ('rank', 'bm25(10.0, 5.0, 5.0, 1.0)')`,
];

const postgresSearch = (text: string): string[] => [
  `CREATE TABLE search_docs (id INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    work_id ${text} NOT NULL REFERENCES works (id), passage ${text}, body TEXT NOT NULL, words TSVECTOR NOT NULL)`,
  'CREATE INDEX search_docs_of_work ON search_docs (work_id)',
  'CREATE INDEX search_words ON search_docs USING gin (words)',
];
