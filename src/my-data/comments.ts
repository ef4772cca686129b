import { textOfHtml } from '../html.ts';
import { sayDate, titleOf } from '../phrases.ts';
import { type OwnComment, ownComments } from '../store/own-data.ts';
import { type DataPart, dataFile, textFile } from './part.ts';

/** What she said about works, hers and those of others. */
export const commentsPart: DataPart = {
  path: 'comments.json, comments.txt',
  about:
    'Everything you said, under each of your names, with the address where it stands. Of what others said there only the place of your answer is kept.',
  tables: ['comments'],
  async *files(store, { account, url }) {
    const names = new Map(account.pseuds.map((p) => [p.id, p.name]));
    const said: OwnComment[] = [];
    for await (const comment of ownComments(store, [...names.keys()])) said.push(comment);
    const addressed = said.map(({ pseud, ...comment }) => ({
      address: `${url}/comments/${comment.id}`,
      by: names.get(pseud) ?? '',
      ...comment,
    }));
    yield dataFile('comments.json', addressed);
    const lines = addressed.map(({ address, by, workTitle, posted, subject, html }) =>
      [
        `${by} on ${workTitle === null ? 'a work' : `“${titleOf({ title: workTitle })}”`}${posted === null ? '' : `, ${sayDate(posted)}`}`,
        address,
        ...(subject === null ? [] : [subject]),
        '',
        textOfHtml(html),
        '',
      ].join('\n'),
    );
    yield textFile('comments.txt', lines.join('\n---\n\n'));
  },
};
