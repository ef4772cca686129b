import { escapeHtml } from '../../html.ts';
import { type Places, siglumMark } from './passage.ts';
import type { Leaf, Plan } from './plan.ts';

/** Branches within branches are set in no further than this. */
const deepest = 8;

/**
 * The contents as the items of a list, in the order of the book: the head of a branch stands with its letter under the
 * place where the branch begins, the rest of the branch under its head.
 */
export function contentsItems(plan: Plan, places: Places): string {
  let level = 0;
  let list = '';
  for (const leaf of plan.leaves) {
    const next = list === '' ? 0 : Math.min(levelOf(leaf), level + 1, deepest);
    if (next > level) list += '\n<ol>\n';
    else if (list !== '') list += `${'</li>\n</ol>\n'.repeat(level - next)}</li>\n`;
    list += `<li>${link(places, leaf)}`;
    level = next;
  }
  return list === '' ? '' : `${list}</li>\n${'</ol>\n</li>\n'.repeat(level)}`;
}

function levelOf({ within, begins }: Leaf): number {
  return begins === undefined ? 2 * within.length : Math.max(1, 2 * within.length - 1);
}

function link(places: Places, { passage, name, begins }: Leaf): string {
  const words =
    begins === undefined
      ? escapeHtml(name)
      : `${siglumMark(begins.branch.siglum, begins.index)} <span>${escapeHtml(name)}</span>`;
  return `<a href="${places.passage(passage.key)}">${words}</a>`;
}
