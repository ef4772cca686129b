// Asks, while one types, what the story would lack were this saved. Without it the page says so after saving.
(() => {
  const pause = 700;
  const place = document.querySelector('[data-findings]');
  const form = document.querySelector('textarea.writing#text')?.form;
  if (place === null || form == null) return;
  const said = place.firstElementChild;
  let waiting;
  let asking;

  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, pause);
  });
  form.addEventListener('change', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 0);
  });

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const body = new FormData();
    const typed = new FormData(form);
    for (const name of ['title', 'text', 'ending']) if (typed.has(name)) body.append(name, typed.get(name));
    body.append('passage', place.dataset.passage);
    try {
      const answer = await fetch(place.dataset.findings, { method: 'POST', body, signal: asking.signal });
      if (answer.ok) show(await answer.text());
    } catch {
      // Offline, or asked anew: what stands here is said again when an answer comes.
    }
  }

  /** Only what changed is put in: whoever listens does not hear the same again. */
  function show(html) {
    if (html === said.innerHTML) return;
    const isOpen = said.querySelector('details')?.open === true;
    said.innerHTML = html;
    const more = said.querySelector('details');
    if (more !== null) more.open = isOpen;
    mark();
  }

  /** The map beside the passage bears the same marks. */
  function mark() {
    const marks = new Map(
      [...said.querySelectorAll('[data-marks] li')].map((li) => [li.dataset.key, li.textContent]),
    );
    for (const node of document.querySelectorAll('.map a[data-key]')) {
      const words = marks.get(node.dataset.key);
      node.classList.toggle('map-trouble', words !== undefined);
      node.setAttribute(
        'aria-label',
        words === undefined ? node.dataset.name : `${node.dataset.name}: ${words}`,
      );
    }
  }
})();
