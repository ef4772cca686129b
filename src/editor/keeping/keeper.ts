import type { Node } from 'prosemirror-model';
import { type Kept, type Place, takePlace } from './device.ts';

/** What the page says of what was typed: in words, beside the toolbar. */
export type Say = (words: string, how?: 'well' | 'ill') => void;

/** A passage as it stands in its form. */
export interface Typed {
  readonly doc: Node;
  readonly title: string;
  readonly ending: boolean;
}

/** What the archive answers: it has it; or what stands there now, which someone put there meanwhile. */
export type Answer =
  | { readonly kind: 'kept'; readonly draft: string }
  | {
      readonly kind: 'newer';
      readonly whose: 'draft' | 'saved';
      readonly base: string;
      readonly draft: string;
      readonly theirs: Typed;
      /** What both came of, where that is not what this page began with. */
      readonly began?: Node;
    }
  | { readonly kind: 'refused'; readonly why: string };

interface Given {
  /** Whose passage it is, so that nobody else on this device is shown it. */
  readonly name: string;
  /** The passage as the server gave it, and the state and draft it was made from. */
  readonly began: Typed;
  readonly base: string;
  readonly draft: string;
  readonly now: () => Typed;
  readonly history: () => unknown;
  /** Sends what was typed. @throws TypeError without a connection */
  readonly send: (typed: Typed, from: { readonly base: string; readonly draft: string }) => Promise<Answer>;
  /** Brings what someone else wrote together with what stands here; false where a person must. */
  readonly merge: (began: Typed, theirs: Typed) => boolean;
  readonly moved: (from: { readonly base: string; readonly draft: string }) => void;
  readonly clash: (whose: 'draft' | 'saved') => void;
  readonly say: Say;
}

/** Milliseconds: how soon after a key what was typed is on the device, and how long a pause sends it to the archive. */
const soon = 250;
const pause = 2_000;
const again = 10_000;

/**
 * Keeps what is typed: on the device at once, in the archive as a draft after a pause, and when there is a connection
 * again. Never puts anything in place of what someone else wrote.
 */
export class Keeper {
  readonly #given: Given;
  readonly #place: Promise<Place>;
  #began: Typed;
  #from: { readonly base: string; readonly draft: string };
  #unsent = false;
  #edits = 0;
  #sending = false;
  #stopped = false;
  #write: ReturnType<typeof setTimeout> | undefined;
  #send: ReturnType<typeof setTimeout> | undefined;

  constructor(given: Given, place: Promise<Place> = takePlace(given.name)) {
    this.#given = given;
    this.#place = place;
    this.#began = given.began;
    this.#from = { base: given.base, draft: given.draft };
  }

  /** What this device kept of the passage before; undefined where there is nothing, or nothing can be. */
  async recall(): Promise<Kept | undefined> {
    try {
      return await (await this.#place).read();
    } catch {
      return undefined;
    }
  }

  /** Goes on from what was kept, made from another state than the page's. */
  resume(began: Typed, from: { readonly base: string; readonly draft: string }): void {
    this.#began = began;
    this.#from = from;
    this.#given.moved(from);
  }

  /** Notes that something was typed. */
  typed(): void {
    this.#unsent = true;
    this.#edits++;
    clearTimeout(this.#write);
    this.#write = setTimeout(() => void this.write(), soon);
    this.#later(pause);
  }

  /** Writes what is there to the device now. */
  async write(): Promise<void> {
    const { doc, title, ending } = this.#given.now();
    const kept: Kept = {
      began: this.#began.doc.toJSON(),
      doc: doc.toJSON(),
      history: this.#given.history(),
      beganTitle: this.#began.title,
      title,
      beganEnding: this.#began.ending,
      ending,
      ...this.#from,
      unsent: this.#unsent,
    };
    try {
      await (await this.#place).write(kept);
    } catch {
      if (this.#unsent) this.#given.say('this device has no room to keep it: stay until it is sent', 'ill');
    }
  }

  /** What is there is on its way to the archive by the form: nothing else is sent, and this device keeps it till then. */
  stop(): void {
    this.#stopped = true;
    void this.write();
  }

  /** Goes on where the page came back without having been sent. */
  go(): void {
    this.#stopped = false;
    if (this.#unsent) this.#later(pause);
  }

  /** Sends what the archive does not have; what was typed meanwhile follows. */
  async flush(): Promise<void> {
    if (this.#sending || this.#stopped || !this.#unsent) return;
    this.#sending = true;
    clearTimeout(this.#send);
    const typed = this.#given.now();
    const edits = this.#edits;
    try {
      this.#heard(await this.#given.send(typed, this.#from), typed, edits);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#given.say('kept on this device, offline');
      this.#later(again);
    } finally {
      this.#sending = false;
    }
    await this.write();
  }

  #heard(answer: Answer, typed: Typed, edits: number): void {
    if (answer.kind === 'refused') {
      this.#given.say(answer.why, 'ill');
      this.#later(again * 3);
    } else if (answer.kind === 'kept') {
      this.resume(typed, { ...this.#from, draft: answer.draft });
      this.#unsent = this.#edits !== edits;
      this.#given.say(`kept ${clock()}`, 'well');
      if (this.#unsent) this.#later(pause);
    } else this.meet(answer);
  }

  /** Brings together what stands in the archive and what was typed here, or leaves it to a person. */
  meet({ whose, base, draft, theirs, began }: Extract<Answer, { kind: 'newer' }>): void {
    if (!this.#given.merge(began === undefined ? this.#began : { ...this.#began, doc: began }, theirs)) {
      this.#stopped = true;
      if (whose === 'saved') this.resume(this.#began, { ...this.#from, draft });
      this.#given.clash(whose);
      return;
    }
    this.resume(theirs, { base, draft });
    this.#given.say('brought together with what was saved elsewhere', 'well');
    this.typed();
  }

  /** Whether leaving now would leave something on this device only. */
  get unsent(): boolean {
    return this.#unsent;
  }

  #later(wait: number): void {
    clearTimeout(this.#send);
    this.#send = setTimeout(() => void this.flush(), wait);
  }
}

function clock(): string {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
