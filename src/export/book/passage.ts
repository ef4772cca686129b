import { escapeHtml } from '../../html.ts';
import type { Choice, Condition } from '../../model/state.ts';
import { count } from '../../phrases.ts';
import type { Begun, Leaf, Plan } from './plan.ts';
import { type ImageAddress, placeText } from './text.ts';

/** Where the parts of a book are: addresses to link to, from anywhere in it. */
export interface Places {
  passage(key: string): string;
  /** The end of a passage, where its choices or branches are offered. */
  fork(key: string): string;
  comment(index: number): string;
  /** The level at which the parts of the book are headed. */
  readonly level: 1 | 2;
  readonly image: ImageAddress;
}

/** The letter of a branch in its square. `index` is its place among its fellows: A has the first colour, E again. */
export function siglumMark(siglum: string, index: number): string {
  return `<span class="siglum siglum-${(Math.max(index, 0) % 4) + 1}">${escapeHtml(siglum)}</span>`;
}

/** A link to a branch: its letter, and what it is called. */
function branchLink(plan: Plan, places: Places, { branch, index }: Begun): string {
  const name = plan.leafOf.get(branch.head)?.name ?? branch.label;
  return `<a href="${places.passage(branch.head)}">${siglumMark(branch.siglum, index)} <span>${escapeHtml(name)}</span></a>`;
}

/**
 * A passage as a section: its heading, with the letter of the branch it begins and the way back; its words; the
 * way on.
 */
export function passageSection(plan: Plan, places: Places, leaf: Leaf, attributes = ''): string {
  const { key, html } = leaf.passage;
  return `<section class="passage" id="p-${key}"${attributes}>
${heading(places, leaf)}<div class="story">
${placeText(html, `p-${key}`, places.image)}
</div>
${onward(plan, places, leaf)}</section>`;
}

/** The attribute of words that are the book's own: English, whatever the story is. */
export const own = ' lang="en"';

function heading(places: Places, { passage, begins, name }: Leaf): string {
  const h = `h${places.level}`;
  const named = passage.title?.trim() || begins?.branch.label.trim();
  if (!named && !passage.ending) return `<${h} class="unseen"${own}>${escapeHtml(name)}</${h}>\n`;
  const lines = [`<${h}${named ? '' : own}>${escapeHtml(name)}</${h}>`];
  if (begins !== undefined) {
    const { branch, index } = begins;
    const label = branch.label.trim() === name ? '' : ` ${escapeHtml(branch.label.trim())}`;
    lines.unshift(`<p class="branch">${siglumMark(branch.siglum, index)}${label}</p>`);
    lines.push(
      `<p class="back"${own}><a href="${places.fork(begins.set.place)}">Back to where the story divides</a></p>`,
    );
  }
  return `<header>${lines.join('\n')}</header>\n`;
}

function onward(plan: Plan, places: Places, leaf: Leaf): string {
  const { passage, onward } = leaf;
  const end = leaf.isEnd ? ending(plan, places, leaf) : '';
  if (onward.kind === 'divides') {
    const cards = onward.set.branches.map((branch, index) => {
      const begun = { set: onward.set, branch, index };
      const label = branch.label.trim();
      const name = plan.leafOf.get(branch.head)?.name ?? '';
      const words = plan.leaves
        .filter((l) => l.within.some((b) => b.branch === branch))
        .reduce((sum, l) => sum + l.passage.words, 0);
      const facts = `${label === '' || label === name ? '' : `<span class="label">${escapeHtml(label)}</span> `}<span class="words"${own}>${count(words, 'word')}</span>`;
      return `<li class="card card-${(index % 4) + 1}">${branchLink(plan, places, begun)} ${facts}</li>`;
    });
    return `<section class="fork" id="fork-${passage.key}">\n<h${places.level + 1}${own}>Here the story divides</h${places.level + 1}>\n<ul class="cards">\n${cards.join('\n')}\n</ul>\n</section>\n${end}`;
  }
  if (onward.kind === 'choices') {
    const ways = onward.choices.map((c) => `<li>${choiceLink(plan, places, c)}</li>`);
    return `<nav class="choices" id="fork-${passage.key}" aria-label="What next?">\n<ul>\n${ways.join('\n')}\n</ul>\n</nav>\n${end}`;
  }
  return end;
}

function choiceLink(plan: Plan, places: Places, choice: Choice): string {
  const label = choice.label.trim() || (plan.leafOf.get(choice.to)?.name ?? choice.to);
  const condition = choice.showIf.map((c) => sayCondition(plan, c)).join(' and ');
  const note = condition === '' ? '' : ` <span class="condition"${own}>(if ${condition})</span>`;
  return `<a href="${places.passage(choice.to)}">${escapeHtml(label)}</a>${note}`;
}

function sayCondition(plan: Plan, c: Condition): string {
  if (c.kind === 'flag') return `“${escapeHtml(c.flag)}” is ${c.holds ? '' : 'not '}so`;
  const name = plan.leafOf.get(c.passage)?.name ?? c.passage;
  return `you have ${c.holds ? '' : 'not '}read “${escapeHtml(name)}”`;
}

/** More other endings than this are left to the contents. */
const mostEndings = 12;

/** What stands after an ending: the ways back to where it was chosen, and the other endings. */
function ending(plan: Plan, places: Places, leaf: Leaf): string {
  const back = [
    ...leaf.within.map((b) => b.set.place).filter((place) => place !== leaf.begins?.set.place),
    ...leaf.chosenAt,
  ].map(
    (key) =>
      `<li><a href="${places.fork(key)}"><span${own}>Back to the choice after</span> ${escapeHtml(plan.leafOf.get(key)?.name ?? key)}</a></li>`,
  );
  const fellows = leaf.within.flatMap(({ set, branch }) =>
    set.branches.flatMap((other, index) => (other === branch ? [] : [{ set, branch: other, index }])),
  );
  const told = new Set(fellows.map((f) => f.branch));
  const others = plan.leaves.filter(
    (l) => l !== leaf && l.isEnd && !l.within.some((b) => told.has(b.branch)),
  );
  const links = [
    ...fellows.map((f) => branchLink(plan, places, f)),
    ...others.map((l) => {
      const mark = l.within.map((b) => siglumMark(b.branch.siglum, b.index)).join('');
      return `<a href="${places.passage(l.passage.key)}">${mark}${mark === '' ? '' : ' '}<span>${escapeHtml(l.name)}</span></a>`;
    }),
  ];
  if (links.length + back.length === 0) return '';
  const shown = links.slice(0, mostEndings).map((l) => `<li>${l}</li>`);
  if (links.length > mostEndings)
    shown.push(`<li${own}>and ${links.length - mostEndings} more, in the contents</li>`);
  const list =
    shown.length === 0
      ? ''
      : `<h${places.level + 1}${own}>${shown.length === 1 ? 'The other ending' : 'Other endings'}</h${places.level + 1}>\n<ul>\n${shown.join('\n')}\n</ul>\n`;
  const ways =
    back.length === 0 ? '' : `<ul class="back">\n${back.slice(0, mostEndings).join('\n')}\n</ul>\n`;
  return `<nav class="endings" aria-label="After this ending">\n${list}${ways}</nav>\n`;
}
