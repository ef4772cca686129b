// What the tests ask of a page, run in the page itself. Injected by `look.ts`; every answer is a list of complaints.
(() => {
  const say = (element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .trim()
      .replace(/\s+/g, ' ');
    return `<${element.localName}> "${words.slice(0, 40)}" in ${element.parentElement?.localName}.${element.parentElement?.getAttribute('class') ?? ''}`;
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
    element.getClientRects().length > 0;
  const controls = () =>
    [
      ...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary'),
    ].filter((control) => isSeen(control) && control.closest('[aria-hidden="true"]') === null);

  /** The elements that stick out of the page at its right, where it is wider than its window. */
  function tooWide() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (e) => e.getBoundingClientRect().right > room + 1,
    );
    return [`${document.documentElement.scrollWidth} px wide`, ...wide.slice(0, 5).map(say)];
  }

  /** Whether a link stands in a sentence: at least two words beside it belong to no control. */
  function isInSentence(link) {
    const block = link.closest('p, li, dd, td, dt, blockquote, label, div');
    if (block === null || !getComputedStyle(link).display.startsWith('inline')) return false;
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let words = '';
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      if (node.parentElement?.closest('a, button, .unseen, .siglum') === null) words += ` ${node.data}`;
    }
    return (words.match(/[\p{L}\p{N}]+/gu) ?? []).length >= 2;
  }

  /** Whether a finger hits an element over so many pixels, up and down or side to side, around its middle. */
  function reach(element, dx, dy) {
    const target = element.matches('input') ? (element.closest('label') ?? element) : element;
    target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const rects = [...target.getClientRects()];
    const rect = rects.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
    if (rect === undefined) return 0;
    const hits = (x, y) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (target === hit || target.contains(hit));
    };
    const middle = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    let length = 1;
    for (const sign of [1, -1])
      for (
        let step = 1;
        step <= 40 && hits(middle[0] + sign * step * dx, middle[1] + sign * step * dy);
        step++
      )
        length++;
    return length;
  }

  /**
   * The controls within an element that a finger may miss: under 44 px high, or under 24 px wide. Excepted are links in
   * sentences (WCAG 2.5.8) and in strangers' words.
   */
  function smallTargets(within) {
    const small = [];
    for (const control of controls().filter((c) => c.closest(within) !== null)) {
      if (control.closest('.text, .comment-words, .summary, .notes, .as-it-was') !== null) continue;
      if (
        control.matches('.skip, .unseen-until-focus') ||
        (control.localName === 'a' && isInSentence(control))
      )
        continue;
      const [high, wide] = [reach(control, 0, 1), reach(control, 1, 0)];
      if (high < 43 || wide < 24) small.push(`${wide}×${high} ${say(control)}`);
    }
    return small;
  }

  const look = (element) => {
    const parts = [];
    for (let at = element, i = 0; at !== null && i < 4; at = at.parentElement, i++) {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, clipPath } = getComputedStyle(at);
      parts.push(outlineStyle === 'none' ? '' : outlineWidth + outlineColor, boxShadow, clipPath);
    }
    for (const inner of [...element.children, ...(element.parentElement?.children ?? [])]) {
      const { stroke, strokeWidth, outlineStyle, outlineWidth } = getComputedStyle(inner);
      parts.push(stroke, strokeWidth, outlineStyle === 'none' ? '' : outlineWidth);
    }
    return parts.join('|');
  };

  /** What a key press moved to, and whether one sees that it is there. `left` is how things looked unfocused. */
  const unfocused = new Map();
  function beforeKeys() {
    for (const control of controls()) unfocused.set(control, look(control));
    for (const other of document.querySelectorAll('[tabindex="0"]')) unfocused.set(other, look(other));
    reached.clear();
  }
  const reached = new Set();
  let last;
  function focused() {
    const at = document.activeElement;
    // Day, month, year and hour are stops of their own within one field, and so is all that a frame shows.
    if (at === last && (/date|time/.test(at.type) || at.localName === 'iframe'))
      return { again: false, complaint: null };
    if (at === null || at === document.body || reached.has(at)) return { again: true, complaint: null };
    reached.add(at);
    last = at;
    const isMarked = !unfocused.has(at) || unfocused.get(at) !== look(at);
    return { again: false, complaint: isMarked ? null : `no sign of focus: ${say(at)}` };
  }

  /**
   * The controls no press of the tab key came to. Of radio buttons of one name only the chosen one is a stop, and of the
   * passages of a map the one its arrow keys go on from (browser/map.test.ts walks them).
   */
  function missedByKeys() {
    const names = new Set([...reached].filter((e) => e.type === 'radio').map((e) => e.name));
    const isWalkedByArrows = (control) =>
      control.tabIndex < 0 &&
      [...reached].some((e) => e.closest('svg') !== null && e.closest('svg') === control.closest('svg'));
    return controls()
      .filter((control) => !control.disabled && !reached.has(control) && !isWalkedByArrows(control))
      .filter((control) => !(control.type === 'radio' && names.has(control.name)))
      .map(say);
  }

  globalThis.inPage = { tooWide, smallTargets, beforeKeys, focused, missedByKeys };
})();
