import type { Migration } from './migration.ts';

/** A work's verdicts in the order they came, which each new one asks for. */
export const verdictOrder: Migration = {
  name: 'verdict-order',
  statements: () => ['CREATE INDEX verdicts_in_order ON verdicts (work_id, seq)'],
};
