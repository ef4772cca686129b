/**
 * Which comment each one answers, told from their times alone: numbers in page order, null for none. A thread prints
 * replies under their parent and comments of one parent in order of time. So a comment that is later than any that
 * follows it cannot be of the first rank: it answers something before it. Under that, the same holds again. This is
 * the least nesting the times allow; a comment in order of time may be a reply too, and stays of the first rank.
 * Times that are not known prove nothing; nor is anything told of more comments than a journal entry could have.
 */
export function nestByTime(moments: readonly (string | null)[]): readonly (number | null)[] {
  const parents = moments.map((): number | null => null);
  if (moments.length > mostComments) return parents;
  const open: { readonly from: number; readonly to: number; readonly parent: number | null }[] = [
    { from: 0, to: moments.length, parent: null },
  ];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const siblings = firstRank(moments, range.from, range.to);
    for (const [i, at] of siblings.entries()) {
      parents[at] = range.parent;
      const to = siblings[i + 1] ?? range.to;
      if (at + 1 < to) open.push({ from: at + 1, to, parent: at });
    }
  }
  return parents;
}

/** LiveJournal's limit for one entry; the search for replies grows with the square of it at worst. */
const mostComments = 10_000;

/** The first comment of a range, and those that none after them precedes in time. */
function firstRank(moments: readonly (string | null)[], from: number, to: number): readonly number[] {
  const found: number[] = [];
  let earliest: string | null = null;
  for (let i = to - 1; i >= from; i--) {
    const moment = moments[i] ?? null;
    const fits = moment === null || earliest === null || moment <= earliest;
    if (fits || i === from) found.push(i);
    if (moment !== null && (earliest === null || moment < earliest)) earliest = moment;
  }
  return found.reverse();
}
