// The map of a story, walked by keys and arranged by dragging. Without it the map is a picture of links, and its outline says the same.
(() => {
  // As `box` of map-plan.ts.
  const size = { width: 148, height: 46, gap: 20 };
  const far = 1200;
  const step = 24;
  const snapsWithin = 7;

  for (const tools of document.querySelectorAll('[data-map]')) {
    const svg = tools.querySelector('svg');
    if (svg !== null) begin(tools, svg);
  }

  function begin(tools, svg) {
    const frame = svg.closest('.map');
    const status = tools.querySelector('.map-status');
    const address = tools.dataset.places;
    const nodes = new Map();
    for (const link of svg.querySelectorAll('a[data-key]')) {
      const [x, y] = link.dataset.at.split(' ').map(Number);
      nodes.set(link.dataset.key, {
        key: link.dataset.key,
        link,
        x,
        y,
        x0: x,
        y0: y,
        ways: [],
        to: [],
        from: [],
      });
    }
    for (const path of svg.querySelectorAll('path[data-from]')) {
      const [from, to] = [nodes.get(path.dataset.from), nodes.get(path.dataset.to)];
      if (from === undefined || to === undefined) continue;
      const way = { path, from, to };
      from.ways.push(way);
      from.to.push(to);
      if (to === from) continue;
      to.ways.push(way);
      to.from.push(from);
    }
    let zoom = 1;
    let isSaved = false;
    const moves = [];
    let chosen = nodes.get(svg.querySelector('[aria-current]')?.dataset.key) ?? nodes.values().next().value;

    for (const part of tools.querySelectorAll('.map-scripted')) part.hidden = false;
    for (const { link } of nodes.values()) link.tabIndex = -1;
    choose(chosen);
    if (chosen?.link.ariaCurrent) frame.scrollLeft = chosen.x - svg.viewBox.baseVal.x - frame.clientWidth / 2;
    svg.addEventListener('focusin', (event) => {
      const node = nodeOf(event);
      if (node !== undefined) choose(node);
    });
    svg.addEventListener('keydown', onKey);
    if (address !== undefined) {
      makeRoom();
      svg.classList.add('map-arranged');
      svg.addEventListener('pointerdown', onDown);
      svg.addEventListener('dragstart', (event) => event.preventDefault());
    }
    frame.addEventListener('pointerdown', onPan);
    tools.addEventListener('click', (event) => {
      const what = event.target.closest('button[type=button]')?.dataset.do;
      if (what === 'smaller') setZoom(zoom / 1.25);
      if (what === 'larger') setZoom(zoom * 1.25);
      if (what === 'undo') undo();
    });
    frame.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        setZoom(event.deltaY > 0 ? zoom / 1.1 : zoom * 1.1);
      },
      { passive: false },
    );

    /** As wide as its frame, so that nothing shifts while it grows. */
    function makeRoom() {
      const view = svg.viewBox.baseVal;
      const room = Math.max(0, frame.clientWidth - 32 - view.width);
      view.x -= Math.floor(room / 2);
      view.width += room;
      view.height += 2 * size.height;
      show();
    }

    function nodeOf(event) {
      return nodes.get(event.target.closest?.('a[data-key]')?.dataset.key);
    }

    /** One box of the map is reached by the tab key: the one that was chosen last. */
    function choose(node) {
      chosen.link.tabIndex = -1;
      chosen.link.classList.remove('map-chosen');
      chosen = node;
      node.link.tabIndex = 0;
      node.link.classList.add('map-chosen');
      const menu = tools.querySelector('[data-acts] select');
      if (menu !== null) menu.value = node.key;
    }

    function say(words) {
      if (status !== null) status.textContent = words;
    }

    function nameOf(node) {
      return node.link.getAttribute('aria-label') ?? '';
    }

    function onKey(event) {
      const node = nodeOf(event);
      if (node === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      const direction = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
        event.key
      ];
      if (direction !== undefined) {
        event.preventDefault();
        if (event.shiftKey) moveBy(node, direction);
        else walk(node, event.key);
        return;
      }
      const act = { n: 'passage', c: 'choice', p: 'play' }[event.key.toLowerCase()];
      const button = act === undefined ? null : tools.querySelector(`[data-acts] [data-do="${act}"]`);
      if (button !== null) {
        event.preventDefault();
        button.click();
      } else if (event.key.toLowerCase() === 'z') {
        event.preventDefault();
        undo();
      } else if (event.key === 'Escape') frame.focus();
    }

    /** Down a way, up a way, or to the neighbour: who comes from the same, else who stands in the same row. */
    function walk(node, key) {
      const next = { ArrowDown: () => node.to[0], ArrowUp: () => node.from[0] }[key]?.() ?? beside(node, key);
      if (next === undefined || next === node) {
        const nowhere = { ArrowDown: 'It leads nowhere.', ArrowUp: 'Nothing leads here.' };
        say(nowhere[key] ?? 'Nothing stands beside it.');
        return;
      }
      choose(next);
      next.link.focus();
      say(
        `${nameOf(next)}. ${next.to.length === 0 ? 'Leads nowhere.' : `Leads to ${next.to.map(nameOf).join(', ')}.`}`,
      );
    }

    function beside(node, key) {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
      const sign = key === 'ArrowLeft' ? -1 : 1;
      const family = node.from[0]?.to ?? [];
      const row = [...nodes.values()].filter((other) => Math.abs(other.y - node.y) < size.height);
      const near = (others) =>
        others
          .filter((other) => other !== node && (other.x - node.x) * sign > 0)
          .sort((one, other) => Math.abs(one.x - node.x) - Math.abs(other.x - node.x))[0];
      return near(family) ?? near(row);
    }

    function moveBy(node, [dx, dy]) {
      if (address === undefined) return;
      const before = { x: node.x, y: node.y };
      put(node, node.x + dx * step, node.y + dy * step);
      done(node, before);
      node.link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }

    function onDown(event) {
      const node = nodeOf(event);
      if (node === undefined || event.button !== 0) return;
      const start = { x: event.clientX, y: event.clientY, at: { x: node.x, y: node.y } };
      let isDragged = false;
      const move = (now) => {
        const [dx, dy] = [(now.clientX - start.x) / zoom, (now.clientY - start.y) / zoom];
        if (!isDragged && Math.hypot(dx, dy) < 5) return;
        if (!isDragged) node.link.setPointerCapture(now.pointerId);
        isDragged = true;
        node.link.classList.add('map-dragged');
        put(node, ...snapped(node, start.at.x + dx, start.at.y + dy));
      };
      const stop = (cancelled) => {
        node.link.removeEventListener('pointermove', move);
        node.link.removeEventListener('pointerup', up);
        node.link.removeEventListener('pointercancel', cancel);
        removeEventListener('keydown', giveUp, true);
        node.link.classList.remove('map-dragged');
        if (!isDragged) return;
        // The click that ends a drag opens nothing.
        const block = (click) => click.preventDefault();
        node.link.addEventListener('click', block, { once: true, capture: true });
        setTimeout(() => node.link.removeEventListener('click', block, true), 50);
        if (cancelled) put(node, start.at.x, start.at.y);
        else {
          choose(node);
          done(node, start.at);
        }
      };
      const up = () => stop(false);
      const cancel = () => stop(true);
      const giveUp = (pressed) => {
        if (pressed.key === 'Escape') stop(true);
      };
      node.link.addEventListener('pointermove', move);
      node.link.addEventListener('pointerup', up);
      node.link.addEventListener('pointercancel', cancel);
      addEventListener('keydown', giveUp, true);
    }

    /** Drags the ground: the frame scrolls under a mouse as it does under a finger. */
    function onPan(event) {
      if (event.pointerType !== 'mouse' || event.button !== 0 || nodeOf(event) !== undefined) return;
      const start = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
      const move = (now) => {
        frame.scrollLeft = start.x - now.clientX;
        frame.scrollTop = start.y - now.clientY;
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', () => removeEventListener('pointermove', move), { once: true });
    }

    /** In line with another box where it is almost so. */
    function snapped(node, x, y) {
      let [snapX, snapY] = [x, y];
      for (const other of nodes.values()) {
        if (other === node) continue;
        if (Math.abs(other.x - x) < snapsWithin) snapX = other.x;
        if (Math.abs(other.y - y) < snapsWithin) snapY = other.y;
      }
      return [snapX, snapY];
    }

    function put(node, x, y) {
      const view = svg.viewBox.baseVal;
      node.x = Math.round(Math.max(view.x + size.width / 2 + 8, x));
      node.y = Math.round(Math.max(view.y + size.height / 2 + 8, y));
      node.link.setAttribute('transform', `translate(${node.x - node.x0} ${node.y - node.y0})`);
      for (const { path, from, to } of node.ways) {
        const { kind, d } = wayOf(from, to);
        path.setAttribute('d', d);
        path.classList.remove('map-way-on', 'map-way-far', 'map-way-back');
        path.classList.add(`map-way-${kind}`);
      }
      grow(node);
    }

    /** The picture grows with what is put beyond it. To set its size, even to what it is, lays all of it out anew. */
    function grow({ x, y }) {
      const view = svg.viewBox.baseVal;
      const width = x + size.width / 2 + 4 * size.gap - view.x;
      const height = y + size.height / 2 + 2 * size.gap - view.y;
      if (width <= view.width && height <= view.height) return;
      view.width = Math.max(view.width, width);
      view.height = Math.max(view.height, height);
      show();
    }

    function show() {
      const view = svg.viewBox.baseVal;
      svg.setAttribute('width', Math.round(view.width * zoom));
      svg.setAttribute('height', Math.round(view.height * zoom));
    }

    function setZoom(wanted) {
      zoom = Math.min(2, Math.max(0.25, wanted));
      show();
      say(`The map is at ${Math.round(zoom * 100)} %.`);
    }

    function done(node, before) {
      moves.push({ node, before });
      tools.querySelector('[data-do="undo"]')?.removeAttribute('disabled');
      say(`${nameOf(node)} stands elsewhere now.`);
      save([node]);
    }

    function undo() {
      const last = moves.pop();
      if (last === undefined) return say('There is nothing to take back.');
      put(last.node, last.before.x, last.before.y);
      if (moves.length === 0) tools.querySelector('[data-do="undo"]')?.setAttribute('disabled', '');
      say(`${nameOf(last.node)} is back where it was.`);
      save([last.node]);
    }

    /** The first move keeps all places, so that nothing else moves when the story grows. */
    async function save(moved) {
      const form = new FormData();
      form.append('quiet', 'yes');
      for (const { key, x, y } of isSaved ? moved : nodes.values()) form.append('place', `${key} ${x} ${y}`);
      isSaved = true;
      try {
        const answer = await fetch(address, { method: 'POST', body: form });
        if (!answer.ok) throw new Error();
      } catch {
        isSaved = false;
        say('This could not be kept: the archive did not answer. It is tried again with the next move.');
      }
    }
  }

  /** As the server draws it: down where it can, else round by the right side. */
  function wayOf(from, to) {
    if (to.y - from.y >= size.height) {
      const [y, end] = [from.y + size.height / 2, to.y - size.height / 2];
      const middle = Math.round((y + end) / 2);
      const curve = from.x === to.x ? `V${end}` : `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${end}`;
      return { kind: 'on', d: `M${from.x} ${y}${curve}` };
    }
    const [start, end] = [from.x + size.width / 2, to.x + size.width / 2];
    const out = Math.max(from.x, to.x) + size.width / 2 + size.gap;
    const [y, last] = from === to ? [from.y - 6, to.y + 6] : [from.y, to.y];
    return {
      kind: y - last > far ? 'far' : 'back',
      d: `M${start} ${y}C${out} ${y} ${out} ${last} ${end} ${last}`,
    };
  }
})();
