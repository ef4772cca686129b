import type { Migration } from './migration.ts';

/** Where writers put passages on the map of a work. */
export const mapPlaces: Migration = {
  name: 'map-places',
  statements: ({ text, strict }) => [
    `CREATE TABLE map_places (
      work_id ${text} NOT NULL REFERENCES works (id), passage ${text} NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,
      PRIMARY KEY (work_id, passage))${strict}`,
  ],
};
