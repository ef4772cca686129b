import { expressionBuilder } from 'kysely';
import type { Schema } from '../schema.ts';

const works = expressionBuilder<Schema, 'works'>();

/** Holds for the works that everyone may read: what lists, counts and search of the public are made of. */
export const isPublic = works.and([
  works('works.stage', '=', 'published'),
  works('works.audience', '=', 'everyone'),
]);
