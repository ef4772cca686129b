import { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { countWords } from '../model/text/words.ts';
import { anchorMarks } from './anchors.ts';
import { askForLink } from './ask.ts';
import { askForPicture } from './ask-picture.ts';
import { type ReadText, readHtml } from './document/read.ts';
import { schema } from './document/schema.ts';
import { tidy } from './document/tidy.ts';
import { writeMarkdown } from './document/write.ts';
import type { Kept } from './keeping/device.ts';
import { history, keptHistory } from './keeping/history.ts';
import { Keeper, type Typed } from './keeping/keeper.ts';
import { sendDraft } from './keeping/send.ts';
import { keys } from './keys.ts';
import { mergeDocuments } from './merge.ts';
import { cleanPasted } from './paste.ts';
import { rules } from './rules.ts';
import { makeToolbar } from './toolbar.ts';
import { hereMark, nodeViews } from './views.ts';

/** The form of a passage: its fields, and beside it the same text as HTML. */
interface Fields {
  readonly text: HTMLTextAreaElement;
  readonly title: HTMLInputElement;
  readonly ending: HTMLInputElement;
  readonly base: HTMLInputElement;
  readonly draft: HTMLInputElement;
  readonly html: HTMLTemplateElement;
}

function fieldsOf(form: HTMLFormElement): Fields | undefined {
  const input = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
  const html = form.querySelector('template');
  const [title, ending, base, draft] = ['title', 'ending', 'base', 'draft'].map(input);
  if (!text || !html || !title || !ending || !base || !draft) return undefined;
  return { text, html, title, ending, base, draft };
}

/** Whether a form is one in which a passage is written. */
export function isWriting(form: HTMLFormElement): boolean {
  return form.dataset.passage !== undefined && fieldsOf(form) !== undefined;
}

/** Puts the editor in place of the text area of a form. The form stays the one way in which a text is saved. */
export async function openWriting(form: HTMLFormElement): Promise<void> {
  const fields = fieldsOf(form);
  // What a browser brought back into the field (after "back") is newer than the page, and stays as it is.
  if (fields === undefined || fields.text.value !== fields.text.defaultValue) return;
  const read = readHtml(fields.html.innerHTML, document);
  const writing = new Writing(form, fields, read);
  await writing.open();
}

class Writing {
  readonly #form: HTMLFormElement;
  readonly #fields: Fields;
  readonly #read: ReadText;
  readonly #keeper: Keeper;
  readonly #said = document.createElement('span');
  readonly #count = document.createElement('span');
  readonly #counted = new WeakMap<Node, number>();
  #view: EditorView | undefined;

  constructor(form: HTMLFormElement, fields: Fields, read: ReadText) {
    this.#form = form;
    this.#fields = fields;
    this.#read = read;
    this.#said.className = 'kept-said';
    this.#said.setAttribute('role', 'status');
    this.#count.className = 'word-count';
    this.#keeper = new Keeper({
      name: form.dataset.passage ?? '',
      began: { doc: read.doc, title: fields.title.value, ending: fields.ending.checked },
      base: fields.base.value,
      draft: fields.draft.value,
      now: () => this.#typed(),
      history: () => (this.#view === undefined ? undefined : keptHistory(this.#view.state)),
      send: (typed, from) => sendDraft(form, { ...typed, text: this.#markdown(typed.doc), ...from }),
      merge: (began, theirs) => this.#merge(began, theirs),
      moved: ({ base, draft }) => {
        fields.base.value = base;
        fields.draft.value = draft;
      },
      clash: (whose) => this.#clash(whose),
      say: (words, how) => {
        this.#said.textContent = words;
        this.#said.dataset.how = how ?? '';
      },
    });
  }

  /** Opens the editor with what is newest: what this device kept, or what the page holds, or both brought together. */
  async open(): Promise<void> {
    const kept = this.#form.dataset.merged === undefined ? await this.#keeper.recall() : undefined;
    const doc = kept === undefined ? undefined : documentOf(kept.doc);
    const isSame = doc !== undefined && tidy(doc).eq(this.#read.doc);
    const isOurs = kept !== undefined && doc !== undefined && (kept.unsent || isSame);
    this.#show(isOurs ? doc : this.#read.doc, isOurs ? kept.history : undefined);
    if (kept !== undefined && isOurs && kept.unsent) this.#return(kept, isSame);
  }

  /** Goes on from what was typed here and never reached the archive. */
  #return(kept: Kept, isSame: boolean): void {
    const { title, ending } = this.#fields;
    const theirs: Typed = { doc: this.#read.doc, title: title.value, ending: ending.checked };
    const began: Typed = {
      doc: documentOf(kept.began) ?? theirs.doc,
      title: kept.beganTitle,
      ending: kept.beganEnding,
    };
    const page = { base: this.#fields.base.value, draft: this.#fields.draft.value };
    title.value = kept.title;
    ending.checked = kept.ending;
    if (isSame && kept.title === theirs.title && kept.ending === theirs.ending) {
      void this.#keeper.write();
      return;
    }
    if (began.doc.eq(theirs.doc) && began.title === theirs.title) {
      this.#keeper.resume(theirs, page);
      this.#keeper.typed();
      this.#say('brought back from this device');
      return;
    }
    this.#keeper.resume(began, { base: kept.base, draft: kept.draft });
    this.#keeper.meet({ kind: 'newer', whose: 'draft', ...page, theirs });
  }

  #show(doc: Node, kept: unknown): void {
    const { text } = this.#fields;
    const page = this.#form.closest<HTMLElement>('.desk, .studio-page') ?? this.#form;
    const dom = document.createElement('div');
    const ask = askForLink();
    const picture = askForPicture(this.#form.dataset.pictures ?? '');
    const view = new EditorView(dom, {
      state: EditorState.create({
        doc,
        plugins: [
          rules(this.#form.dataset.language ?? 'en'),
          ...keys({
            'Mod-k': ask.command,
            'Mod-s': () => this.#flush(),
            'Shift-Mod-f': () => this.#find(),
            Escape: () => this.#unfocus(page),
          }),
          history(kept),
          hereMark(),
          anchorMarks(page),
        ],
      }),
      nodeViews: nodeViews(this.#form.dataset.images ?? ''),
      transformPastedHTML: (html) =>
        cleanPasted(html, (given) => new DOMParser().parseFromString(given, 'text/html')),
      attributes: {
        class: 'text writing',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': 'Text',
        spellcheck: 'true',
        dir: 'auto',
        ...(text.lang === '' ? {} : { lang: text.lang }),
      },
      dispatchTransaction: (tr) => {
        view.updateState(view.state.apply(tr));
        toolbar.update();
        if (!tr.docChanged) return;
        this.#keeper.typed();
        this.#showCount();
        this.#form.dispatchEvent(new Event('input'));
      },
    });
    this.#view = view;
    const toolbar = makeToolbar(view, {
      link: ask.command,
      picture: picture.command,
      focus: () => this.#focus(page),
    });
    const facts = document.createElement('p');
    facts.className = 'tool-facts';
    facts.append(this.#said, this.#count);
    toolbar.dom.append(facts);
    dom.className = 'editor';
    dom.prepend(toolbar.dom, ask.dom, picture.dom);
    const field = text.closest('.field') ?? text;
    field.after(dom);
    field.setAttribute('hidden', '');
    this.#showCount();
    this.#listen();
  }

  #listen(): void {
    const { text, title, ending } = this.#fields;
    // Whatever asks the form what it holds, its own sending too, is given what is written now.
    this.#form.addEventListener('formdata', ({ formData }) => {
      formData.set('text', this.#markdown(this.#typed().doc));
    });
    this.#form.addEventListener('submit', () => {
      text.value = this.#markdown(this.#typed().doc);
      this.#keeper.stop();
    });
    for (const input of [title, ending]) input.addEventListener('input', () => this.#keeper.typed());
    addEventListener('online', () => void this.#keeper.flush());
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.#keeper.go();
    });
    addEventListener('pagehide', () => void this.#keeper.write());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.#keeper.flush();
    });
  }

  #typed(): Typed {
    const { title, ending } = this.#fields;
    return { doc: this.#view?.state.doc ?? this.#read.doc, title: title.value, ending: ending.checked };
  }

  /** Left as it was read, the text stays as it was, to the character. */
  #markdown(doc: Node): string {
    const { defaultValue } = this.#fields.text;
    return tidy(doc).eq(this.#read.doc) ? defaultValue : writeMarkdown(doc, this.#read.otherwise);
  }

  #merge(began: Typed, theirs: Typed): boolean {
    const mine = this.#typed();
    const doc = mergeDocuments(began.doc, tidy(mine.doc), theirs.doc);
    const title = oneOf(began.title, mine.title, theirs.title);
    const ending = oneOf(began.ending, mine.ending, theirs.ending);
    if (doc === undefined || title === undefined || ending === undefined || this.#view === undefined)
      return false;
    this.#fields.title.value = title;
    this.#fields.ending.checked = ending;
    replaceWith(this.#view, doc);
    return true;
  }

  #clash(whose: 'draft' | 'saved'): void {
    const note = document.createElement('p');
    note.className = 'card fault-card clash-note';
    note.setAttribute('role', 'alert');
    const see = document.createElement('button');
    see.className = 'button button-small';
    see.setAttribute('formaction', (whose === 'draft' ? this.#form.dataset.drafts : this.#form.action) ?? '');
    see.textContent = 'See both texts';
    note.append(
      'The same paragraphs were changed elsewhere while you wrote here. Yours are kept on this device. ',
      see,
    );
    this.#form.prepend(note);
    this.#say('kept on this device');
  }

  #say(words: string): void {
    this.#said.textContent = words;
  }

  #showCount(): void {
    let words = 0;
    this.#view?.state.doc.forEach((block) => {
      const known =
        this.#counted.get(block) ?? countWords(block.textBetween(0, block.content.size, ' ', ' '));
      this.#counted.set(block, known);
      words += known;
    });
    this.#count.textContent = `${words.toLocaleString('en-GB')} ${words === 1 ? 'word' : 'words'}`;
  }

  /** Find and replace is a page of its own, to which what is typed is sent first. */
  #find(): boolean {
    const link = this.#form.querySelector<HTMLAnchorElement>('a[data-find]');
    const selected = this.#view?.state.doc.textBetween(
      this.#view.state.selection.from,
      this.#view.state.selection.to,
    );
    if (link === null) return false;
    void this.#keeper.flush().finally(() => {
      location.href = selected ? `${link.href}?q=${encodeURIComponent(selected.slice(0, 200))}` : link.href;
    });
    return true;
  }

  #flush(): boolean {
    void this.#keeper.flush();
    return true;
  }

  #focus(page: HTMLElement): void {
    const on = page.classList.toggle('is-focused');
    document.documentElement.classList.toggle('writing-alone', on);
    page.querySelector('.tool-focus')?.setAttribute('aria-pressed', String(on));
  }

  #unfocus(page: HTMLElement): boolean {
    if (!page.classList.contains('is-focused')) return false;
    this.#focus(page);
    return true;
  }
}

function documentOf(kept: unknown): Node | undefined {
  try {
    const doc = Node.fromJSON(schema, kept);
    doc.check();
    return doc;
  } catch {
    return undefined;
  }
}

/** Three-way for one value; undefined where both changed it otherwise. */
function oneOf<T>(began: T, mine: T, theirs: T): T | undefined {
  if (mine === theirs || theirs === began) return mine;
  return mine === began ? theirs : undefined;
}

/** Puts another document in place, changing only what differs, so that the cursor stays and undo goes back. */
function replaceWith(view: EditorView, doc: Node): void {
  const now = view.state.doc;
  const start = now.content.findDiffStart(doc.content);
  const end = now.content.findDiffEnd(doc.content as never);
  if (start === null || end === null) return;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  view.dispatch(view.state.tr.replace(start, end.a + overlap, doc.slice(start, end.b + overlap)));
}
