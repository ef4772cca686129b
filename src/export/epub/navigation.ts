import { escapeHtml } from '../../html.ts';
import { contentsItems } from '../book/contents.ts';
import type { Places } from '../book/passage.ts';
import type { Plan } from '../book/plan.ts';

/** The navigation document's body (EPUB 3.3, 7): the contents, and landmarks. `after` are the pages after the story. */
export function navigation(
  plan: Plan,
  places: Places,
  after: readonly { readonly id: string; readonly title: string }[],
): string {
  const first = plan.leaves[0];
  const start = first === undefined ? 'front.xhtml' : places.passage(first.passage.key);
  return `<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="contents">
<h1 id="contents" lang="en">Contents</h1>
<ol>
<li lang="en"><a href="front.xhtml">About this story</a></li>
${contentsItems(plan, places)}${after.map((page) => `<li lang="en"><a href="${page.id}.xhtml">${escapeHtml(page.title)}</a></li>\n`).join('')}</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks">
<ol>
<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>
<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>
<li><a epub:type="bodymatter" href="${start}">Start of the story</a></li>
</ol>
</nav>`;
}
