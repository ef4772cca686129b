import type { Node } from 'prosemirror-model';
import { type Kept, type Place, takePlace } from './device.ts';
import type { Fields } from './fields.ts';

/** What the page says of what was typed: in words, beside the toolbar. */
export type Say = (words: string, how?: 'well' | 'ill') => void;

/** A text as it stands in its form, and the fields that are kept with it. */
export interface Typed {
  readonly doc: Node;
  readonly fields: Fields;
}

/** What a text was made from, as the form says it in hidden fields: the state, the draft. */
export type From = Fields;

/** What the archive answers: it has it; or what stands there now, which someone put there meanwhile. */
export type Answer =
  | {
      readonly kind: 'kept';
      readonly from: From;
      /** Under which name this device keeps it from now on, where it had no place in the archive before. */
      readonly name?: string | undefined;
    }
  | {
      readonly kind: 'newer';
      readonly whose: 'draft' | 'saved';
      readonly from: From;
      readonly theirs: Typed;
      /** What both came of, where that is not what this page began with or last kept as a draft. */
      readonly began?: Typed;
    }
  | { readonly kind: 'refused'; readonly why: string };

interface Given {
  /** Whose text it is and which, so that nobody else on this device is shown it. */
  readonly name: string;
  /** The text as the server gave it, and what that was made from. */
  readonly began: Typed;
  readonly from: From;
  readonly now: () => Typed;
  readonly history: () => unknown;
  /** Sends what was typed. @throws TypeError without a connection */
  readonly send: (typed: Typed, from: From) => Promise<Answer>;
  /** Brings what someone else wrote together with what stands here; false where a person must. */
  readonly merge: (began: Typed, theirs: Typed) => boolean;
  readonly moved: (from: From) => void;
  readonly clash: (whose: 'draft' | 'saved') => void;
  readonly say: Say;
}

/** Milliseconds: how soon after a key what was typed is on the device, and how long a pause sends it to the archive. */
const soon = 250;
const pause = 2_000;
const again = 10_000;
const patience = 5_000;

/**
 * Keeps what is typed: on the device at once, in the archive as a draft after a pause, and when there is a connection
 * again. Never puts anything in place of what someone else wrote.
 */
export class Keeper {
  readonly #given: Given;
  #place: Promise<Place>;
  #began: Typed;
  #from: From;
  #unsent = false;
  #edits = 0;
  #sending: Promise<void> | undefined;
  #stopped = false;
  #write: ReturnType<typeof setTimeout> | undefined;
  #send: ReturnType<typeof setTimeout> | undefined;

  constructor(given: Given, place: Promise<Place> = takePlace(given.name)) {
    this.#given = given;
    this.#place = place;
    this.#began = given.began;
    this.#from = given.from;
  }

  /** What this device kept of the text before; undefined where there is nothing, or nothing can be. */
  async recall(): Promise<Kept | undefined> {
    try {
      return await (await this.#place).read();
    } catch {
      return undefined;
    }
  }

  /** Goes on from another text than the page's, or than before. */
  resume(began: Typed, from: From): void {
    this.#began = began;
    this.#from = { ...this.#from, ...from };
    this.#given.moved(this.#from);
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
    const { doc, fields } = this.#given.now();
    const kept: Kept = {
      began: this.#began.doc.toJSON(),
      doc: doc.toJSON(),
      history: this.#given.history(),
      beganFields: this.#began.fields,
      fields,
      from: this.#from,
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

  /** Sends what the archive does not have, and waits for that; not longer than people do. */
  async settle(): Promise<void> {
    const sent = (this.#sending ?? Promise.resolve()).then(() => this.flush());
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, patience))]);
  }

  /** Sends what the archive does not have; what was typed meanwhile follows. */
  flush(): Promise<void> {
    if (this.#sending !== undefined || this.#stopped || !this.#unsent)
      return this.#sending ?? Promise.resolve();
    this.#sending = this.#sendNow().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendNow(): Promise<void> {
    clearTimeout(this.#send);
    const typed = this.#given.now();
    const edits = this.#edits;
    try {
      this.#heard(await this.#given.send(typed, this.#from), typed, edits);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#given.say('kept on this device, offline');
      this.#later(again);
    }
    await this.write();
  }

  #heard(answer: Answer, typed: Typed, edits: number): void {
    if (answer.kind === 'refused') {
      this.#given.say(answer.why, 'ill');
      this.#later(again * 3);
    } else if (answer.kind === 'kept') {
      this.resume(typed, answer.from);
      if (answer.name !== undefined) this.#moveTo(answer.name);
      this.#unsent = this.#edits !== edits;
      this.#given.say(`kept ${clock()}`, 'well');
      if (this.#unsent) this.#later(pause);
    } else this.meet(answer);
  }

  /** Brings together what stands in the archive and what was typed here, or leaves it to a person. */
  meet({ whose, from, theirs, began }: Extract<Answer, { kind: 'newer' }>): void {
    if (!this.#given.merge(began ?? this.#began, theirs)) {
      this.#stopped = true;
      if (whose === 'saved') this.resume(this.#began, { draft: from.draft ?? '' });
      this.#given.clash(whose);
      return;
    }
    this.resume(theirs, from);
    this.#given.say('brought together with what was saved elsewhere', 'well');
    this.typed();
  }

  /** Whether leaving now would leave something on this device only. */
  get unsent(): boolean {
    return this.#unsent;
  }

  /** Takes another place on this device and lets go of the one before. */
  #moveTo(name: string): void {
    const before = this.#place;
    this.#place = takePlace(name);
    void before.then((place) => place.forget()).catch(() => undefined);
  }

  #later(wait: number): void {
    clearTimeout(this.#send);
    this.#send = setTimeout(() => void this.flush(), wait);
  }
}

function clock(): string {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
