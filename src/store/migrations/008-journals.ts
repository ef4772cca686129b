import type { Migration } from './migration.ts';

/** Notes are works of a kind of their own, and every work stands in a calendar by the date its header bears. */
export const journals: Migration = {
  name: 'journals',
  statements: ({ text, engine }) => {
    const said = (field: string): string =>
      engine === 'sqlite'
        ? `json_extract(header, '$.posted.${field}')`
        : `header::json->'posted'->>'${field}'`;
    return [
      `ALTER TABLE works ADD COLUMN kind ${text} NOT NULL DEFAULT 'story'`,
      `ALTER TABLE works ADD COLUMN dated ${text} NOT NULL DEFAULT ''`,
      `UPDATE works SET dated = coalesce((SELECT coalesce(${said('local')}, ${said('instant')})
        FROM states WHERE states.work_id = works.id AND states.number = works.state), '')`,
    ];
  },
};
