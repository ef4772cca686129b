import { escapeHtml } from '../../html.ts';
import { type Places, siglumMark } from '../book/passage.ts';
import type { Leaf, Plan } from '../book/plan.ts';

/** Branches within branches are set in no further than this. */
const deepest = 8;

/**
 * The navigation document's body (EPUB 3.3, 7): the contents in the order of the book, branches with their letters under the
 * passage where the story divides; and landmarks.
 */
export function navigation(
  plan: Plan,
  places: Places,
  after: readonly { readonly id: string; readonly title: string }[],
): string {
  let level = 0;
  let list = `<li><a href="front.xhtml">About this story</a>`;
  for (const leaf of plan.leaves) {
    const next = Math.min(levelOf(leaf), level + 1, deepest);
    if (next > level) list += '\n<ol>\n';
    else list += `${'</li>\n</ol>\n'.repeat(level - next)}</li>\n`;
    list += `<li>${link(places, leaf)}`;
    level = next;
  }
  list += `</li>\n${'</ol>\n</li>\n'.repeat(level)}`;
  for (const page of after) list += `<li><a href="${page.id}.xhtml">${escapeHtml(page.title)}</a></li>\n`;
  const first = plan.leaves[0];
  const start = first === undefined ? 'front.xhtml' : places.passage(first.passage.key);
  return `<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="contents">
<h1 id="contents" lang="en">Contents</h1>
<ol>
${list}</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks">
<ol>
<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>
<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>
<li><a epub:type="bodymatter" href="${start}">Start of the story</a></li>
</ol>
</nav>`;
}

/** The head of a branch stands under the place where it begins, and the rest of the branch under its head. */
function levelOf({ within, begins }: Leaf): number {
  return begins === undefined ? 2 * within.length : Math.max(1, 2 * within.length - 1);
}

function link(places: Places, { passage, name, begins }: Leaf): string {
  const mark = begins === undefined ? '' : `${siglumMark(begins.branch.siglum, begins.index)} `;
  return `<a href="${places.passage(passage.key)}">${mark}${escapeHtml(name)}</a>`;
}
