import { Node } from 'prosemirror-model';
import { type Command, EditorState, type Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { anchorMarks } from './anchors.ts';
import { askForLink } from './ask.ts';
import { askForPicture } from './ask-picture.ts';
import { changesTo } from './document/changes.ts';
import { type ReadText, readHtml } from './document/read.ts';
import { schema } from './document/schema.ts';
import { tidy } from './document/tidy.ts';
import { writeMarkdown } from './document/write.ts';
import type { Kept } from './keeping/device.ts';
import { areSame, mergeFields, readFields, writeFields } from './keeping/fields.ts';
import { history, keptHistory } from './keeping/history.ts';
import { Keeper, type Typed } from './keeping/keeper.ts';
import { sendDraft } from './keeping/send.ts';
import { keys } from './keys.ts';
import { mergeDocuments } from './merge.ts';
import { cleanPasted } from './paste.ts';
import { rules } from './rules.ts';
import { makeToolbar } from './toolbar.ts';
import { hereMark, nodeViews } from './views.ts';
import { WordCount } from './word-count.ts';

/** The form of a text: its area, and beside it the same text as HTML. */
interface Area {
  readonly text: HTMLTextAreaElement;
  readonly html: HTMLTemplateElement;
}

function areaOf(form: HTMLFormElement): Area | undefined {
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
  const html = form.querySelector('template');
  return text && html ? { text, html } : undefined;
}

/** Whether a form is one in which a text is written (`web/studio/writing/text-form.tsx`). */
export function isWriting(form: HTMLFormElement): boolean {
  return form.dataset.kept !== undefined && areaOf(form) !== undefined;
}

/** Puts the editor in place of the text area of a form. The form stays the one way in which a text is saved. */
export async function openWriting(form: HTMLFormElement): Promise<void> {
  const area = areaOf(form);
  // What a browser brought back into the field (after "back") is newer than the page, and stays as it is.
  if (area === undefined || area.text.value !== area.text.defaultValue) return;
  const writing = new Writing(form, area.text, readHtml(area.html.innerHTML, document));
  await writing.open();
}

class Writing {
  readonly #form: HTMLFormElement;
  readonly #text: HTMLTextAreaElement;
  /** The names of the fields that are kept with the text, and of those that say what it was made from. */
  readonly #beside: readonly string[];
  readonly #sources: readonly string[];
  readonly #read: ReadText;
  readonly #keeper: Keeper;
  readonly #said = document.createElement('span');
  readonly #count = new WordCount();
  #view: EditorView | undefined;
  #isGoing = false;

  constructor(form: HTMLFormElement, text: HTMLTextAreaElement, read: ReadText) {
    this.#form = form;
    this.#text = text;
    this.#read = read;
    this.#beside = namesIn(form.dataset.fields);
    this.#sources = namesIn(form.dataset.sources);
    this.#said.className = 'kept-said';
    this.#said.setAttribute('role', 'status');
    this.#keeper = new Keeper({
      name: form.dataset.kept ?? '',
      began: { doc: read.doc, fields: readFields(form, this.#beside) },
      from: readFields(form, this.#sources),
      now: () => this.#typed(),
      history: () => (this.#view === undefined ? undefined : keptHistory(this.#view.state)),
      send: () => sendDraft(form),
      merge: (began, theirs) => this.#merge(began, theirs),
      moved: (from) => writeFields(form, from),
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
    const theirs: Typed = { doc: this.#read.doc, fields: readFields(this.#form, this.#beside) };
    const began: Typed = { doc: documentOf(kept.began) ?? theirs.doc, fields: kept.beganFields };
    const from = readFields(this.#form, this.#sources);
    writeFields(this.#form, kept.fields);
    if (isSame && areSame(kept.fields, theirs.fields)) {
      void this.#keeper.write();
      return;
    }
    if (began.doc.eq(theirs.doc) && areSame(began.fields, theirs.fields)) {
      this.#keeper.resume(theirs, from);
      this.#keeper.typed();
      this.#say('brought back from this device');
      return;
    }
    this.#keeper.resume(began, kept.from);
    this.#keeper.meet({ kind: 'newer', whose: 'draft', from, theirs });
  }

  #show(doc: Node, kept: unknown): void {
    const page = this.#form.closest<HTMLElement>('.desk, .studio-page') ?? this.#form;
    const dom = document.createElement('div');
    const link = askForLink();
    const { pictures } = this.#form.dataset;
    const picture = pictures === undefined ? undefined : askForPicture(pictures);
    const view = new EditorView(dom, {
      state: EditorState.create({ doc, plugins: this.#plugins(page, link.command, kept) }),
      nodeViews: nodeViews(this.#form.dataset.images ?? ''),
      transformPastedHTML: (html) =>
        cleanPasted(html, (given) => new DOMParser().parseFromString(given, 'text/html')),
      attributes: attributesOf(this.#text),
      dispatchTransaction: (tr) => {
        view.updateState(view.state.apply(tr));
        toolbar.update();
        if (tr.docChanged) this.#changed(view);
      },
    });
    this.#view = view;
    const toolbar = makeToolbar(view, {
      link: link.command,
      picture: picture?.command,
      focus: () => this.#focus(page),
    });
    toolbar.dom.append(this.#facts());
    dom.className = 'editor';
    dom.prepend(...[toolbar, link, picture].flatMap((part) => part?.dom ?? []));
    const field = this.#text.closest('.field') ?? this.#text;
    field.after(dom);
    field.setAttribute('hidden', '');
    this.#count.show(doc);
    this.#listen();
  }

  #plugins(page: HTMLElement, askLink: Command, kept: unknown): Plugin[] {
    return [
      rules(this.#form.dataset.language ?? 'en'),
      ...keys({
        'Mod-k': askLink,
        'Mod-s': () => this.#flush(),
        'Shift-Mod-f': () => this.#find(),
        Escape: () => this.#unfocus(page),
      }),
      history(kept),
      hereMark(),
      anchorMarks(page),
    ];
  }

  #changed(view: EditorView): void {
    this.#keeper.typed();
    this.#count.show(view.state.doc);
    this.#form.dispatchEvent(new Event('input'));
  }

  #facts(): HTMLElement {
    const facts = document.createElement('p');
    facts.className = 'tool-facts';
    facts.append(this.#said, this.#count.dom);
    return facts;
  }

  #listen(): void {
    // Whatever asks the form what it holds, its own sending too, is given what is written now.
    this.#form.addEventListener('formdata', ({ formData }) => {
      formData.set('text', this.#markdown(this.#typed().doc));
    });
    this.#form.addEventListener('submit', (event) => this.#submit(event));
    this.#form.addEventListener('input', ({ target }) => {
      if (target instanceof Element && this.#beside.includes(target.getAttribute('name') ?? ''))
        this.#keeper.typed();
    });
    addEventListener('online', () => void this.#keeper.flush());
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      this.#isGoing = false;
      this.#keeper.go();
    });
    addEventListener('pagehide', () => void this.#keeper.write());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.#keeper.flush();
    });
  }

  /** First the archive is given what it does not have: should the form not arrive, or be refused, it is there. */
  #submit(event: SubmitEvent): void {
    if (this.#isGoing || !this.#keeper.unsent) {
      this.#text.value = this.#markdown(this.#typed().doc);
      this.#keeper.stop();
      return;
    }
    event.preventDefault();
    void this.#keeper.settle().then(() => {
      // A page that cannot be reached would only take the words out of sight.
      if (!navigator.onLine) return;
      this.#isGoing = true;
      // A form that is asked for while it is still being sent would not be sent again (HTML, "firing submission events").
      setTimeout(() => this.#form.requestSubmit(event.submitter));
    });
  }

  #typed(): Typed {
    return {
      doc: this.#view?.state.doc ?? this.#read.doc,
      fields: readFields(this.#form, this.#beside),
    };
  }

  /** Left as it was read, the text stays as it was, to the character. */
  #markdown(doc: Node): string {
    return tidy(doc).eq(this.#read.doc) ? this.#text.defaultValue : writeMarkdown(doc, this.#read.otherwise);
  }

  #merge(began: Typed, theirs: Typed): boolean {
    const mine = this.#typed();
    const doc = mergeDocuments(began.doc, tidy(mine.doc), theirs.doc);
    const fields = mergeFields(began.fields, mine.fields, theirs.fields);
    if (doc === undefined || fields === undefined || this.#view === undefined) return false;
    writeFields(this.#form, fields);
    const tr = changesTo(this.#view.state, doc);
    if (tr !== undefined) this.#view.dispatch(tr);
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

function attributesOf(text: HTMLTextAreaElement): Record<string, string> {
  return {
    class: 'text writing',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': 'Text',
    spellcheck: 'true',
    dir: 'auto',
    ...(text.lang === '' ? {} : { lang: text.lang }),
  };
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

function namesIn(names: string | undefined): readonly string[] {
  return names?.split(' ') ?? [];
}
