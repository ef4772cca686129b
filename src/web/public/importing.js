// Adds to the import pages: files and folders can be dropped, sending shows how far it is, and what becomes of the files
// appears by itself. Both pages are whole without it.
(() => {
  const form = document.querySelector('[data-drop]');
  if (form !== null) takeDrops(form);
  const progress = document.querySelector('#progress[data-running]');
  if (progress !== null) follow(progress);

  function takeDrops(form) {
    const input = form.querySelector('input[type="file"]');
    const sending = form.querySelector('[data-sending]');
    const said = form.querySelector('[data-said]');
    form.querySelector('[data-script]').hidden = false;
    for (const name of ['dragenter', 'dragover'])
      form.addEventListener(name, (event) => {
        event.preventDefault();
        form.classList.add('drop-over');
      });
    for (const name of ['dragleave', 'drop'])
      form.addEventListener(name, () => form.classList.remove('drop-over'));
    form.addEventListener('drop', async (event) => {
      event.preventDefault();
      // Both are asked for before anything is waited for: what was dropped is gone then.
      const dropped = [...event.dataTransfer.items].map((item) => [
        item.webkitGetAsEntry?.(),
        item.getAsFile(),
      ]);
      const found = dropped.map(([entry, file]) =>
        entry ? filesOf(entry) : file === null ? [] : [{ file, path: file.name }],
      );
      send((await Promise.all(found)).flat());
    });
    form.addEventListener('submit', (event) => {
      if (input.files.length === 0) return;
      event.preventDefault();
      send([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    });

    /** Sends files as the form would, and tells how far that is. */
    function send(files) {
      if (files.length === 0) return;
      const body = new FormData();
      for (const { file, path } of files) body.append('files', file, path);
      const request = new XMLHttpRequest();
      const bar = sending.querySelector('progress');
      sending.hidden = false;
      said.textContent = `Sending ${files.length === 1 ? 'one file' : `${files.length} files`} …`;
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        bar.max = total;
        bar.value = loaded;
      });
      request.addEventListener('load', () => {
        if (request.status === 200) location.assign(request.responseURL);
        else said.textContent = reasonIn(request.responseText) ?? 'That was not taken. Try again.';
      });
      request.addEventListener('error', () => {
        said.textContent = 'The connection broke. Nothing was taken; try again.';
      });
      request.open('POST', form.action);
      request.send(body);
    }
  }

  /** Why the form came back. */
  function reasonIn(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    return page.querySelector('main .fault, main h1 + p')?.textContent;
  }

  /** The files of a dropped thing, folders within folders. */
  async function filesOf(entry, above = '') {
    const path = above + entry.name;
    if (entry.isFile) return [{ file: await new Promise((done, failed) => entry.file(done, failed)), path }];
    const reader = entry.createReader();
    const found = [];
    // A reader gives a hundred at a time, and nothing at the end.
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (some.length === 0) break;
      found.push(...some);
    }
    return (await Promise.all(found.map((each) => filesOf(each, `${path}/`)))).flat();
  }

  /** Asks for the page again until all is read. */
  async function follow(progress) {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const answer = await fetch(location.pathname).catch(() => undefined);
      if (answer?.ok !== true) continue;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const now = page.querySelector('#progress');
      if (now === null) return;
      update(progress, now);
      if (!('running' in now.dataset)) return;
    }
  }

  /** Puts in what is new, and leaves what is there where it is: who reads it by ear is told once. */
  function update(progress, now) {
    const status = progress.querySelector('[role="status"]');
    const said = now.querySelector('[role="status"]').textContent;
    if (status.textContent !== said) status.textContent = said;
    const bar = progress.querySelector('progress');
    const nowBar = now.querySelector('progress');
    if (nowBar === null) bar?.remove();
    else if (bar !== null) [bar.max, bar.value] = [nowBar.max, nowBar.value];
    const list = progress.querySelector('.report');
    list.append(...[...now.querySelectorAll('.report > li')].slice(list.children.length));
  }
})();
