// Keeps, on this device only, the place in each story and which endings were read. Every page is whole without it.
(() => {
  const placesKept = 100;

  /** Reads what is kept under a name; an empty object where nothing is, or nothing can be. */
  const recall = (name) => {
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? '{}');
      return kept !== null && typeof kept === 'object' ? kept : {};
    } catch {
      return {};
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // No room, or not allowed: then nothing is kept.
    }
  };

  const text = document.querySelector('.text[data-work]');
  if (text !== null) keepPlace(text);
  showPlaces();
  showRead();

  /** Notes the first block still in view whenever the page is left or hidden, and that an ending was reached. */
  function keepPlace(story) {
    const { work, title, passage, name } = story.dataset;
    const blocks = [...story.children];
    goTo(blocks);
    let moved = false;
    addEventListener(
      'scroll',
      () => {
        moved = true;
      },
      { passive: true },
    );
    const keep = () => {
      if (!moved) return;
      const at = blocks.findIndex((block) => block.getBoundingClientRect().bottom > 80);
      const places = recall('variorum:places');
      delete places[work];
      places[work] = {
        path: location.pathname + location.search,
        title,
        name,
        block: (at < 0 ? blocks.length - 1 : at) + 1,
      };
      remember('variorum:places', Object.fromEntries(Object.entries(places).slice(-placesKept)));
    };
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) keep();
    });
    if (story.dataset.ending === undefined) return;
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      const read = recall('variorum:read');
      read[`${work}/${passage}`] = 1;
      remember('variorum:read', read);
    }).observe(story.lastElementChild ?? story);
  }

  /** Follows `#b12` to the twelfth block. */
  function goTo(blocks) {
    const block = blocks[Number(/^#b(\d+)$/.exec(location.hash)?.[1]) - 1];
    block?.scrollIntoView();
  }

  /** Offers the place again on the work's page and on the front page. */
  function showPlaces() {
    const places = recall('variorum:places');
    const link = document.querySelector('[data-continue]');
    const place = link === null ? undefined : sound(places[link.dataset.continue]);
    if (link !== null && place !== undefined) {
      link.href = hrefOf(place);
      link.textContent = `Continue · ${placeName(place)}`;
      link.hidden = false;
      document.querySelector('[data-start]')?.classList.remove('button-main');
    }
    const list = document.querySelector('[data-continue-list]');
    const last = Object.values(places)
      .map(sound)
      .filter((p) => p !== undefined)
      .slice(-3)
      .reverse();
    if (list === null || last.length === 0) return;
    for (const each of last) {
      const item = document.createElement('li');
      const to = document.createElement('a');
      const at = document.createElement('span');
      to.href = hrefOf(each);
      to.textContent = each.title;
      at.textContent = placeName(each);
      item.append(to, at);
      list.querySelector('ul').append(item);
    }
    list.hidden = false;
  }

  /** A kept place, if it is one and leads into this archive. */
  function sound(place) {
    const { path, title, name, block } = place ?? {};
    const whole =
      typeof path === 'string' &&
      typeof title === 'string' &&
      typeof name === 'string' &&
      Number.isInteger(block);
    return whole && path.startsWith('/works/') ? place : undefined;
  }

  function hrefOf(place) {
    return `${place.path}#b${place.block}`;
  }

  function placeName(place) {
    return place.name === place.title ? `¶ ${place.block}` : `${place.name}, ¶ ${place.block}`;
  }

  /** Marks what was read to its end: “512 words · read ✓”. */
  function showRead() {
    const read = recall('variorum:read');
    for (const element of document.querySelectorAll('[data-read]')) {
      if (read[element.dataset.read] !== 1) continue;
      element.append(' · read');
      element.classList.add('is-read');
    }
  }
})();
