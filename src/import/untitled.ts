import { type Remark, remark } from '../model/remark.ts';

/** A story without a title: what it is called is for a person to say; the name of its file may be a hint. */
export function untitled(where: NonNullable<Remark['where']>, message = nothingSays): Remark {
  const stem =
    where.file
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? '';
  const alternatives = stem === '' ? [] : [{ value: stem, label: 'the name of the file' }];
  return remark('undecided', 'work.title', message, { where, alternatives });
}

const nothingSays = 'Nothing in the file says what the story is called.';
