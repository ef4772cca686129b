import type { Answer } from './answer.ts';

/**
 * Whole answers in memory, by path and query, the ones longest unasked dropped first. All of them hold while
 * `version()` (the store's change count) says what it said when they were made; any write empties the cache.
 */
export class PageCache {
  readonly #limit: number;
  readonly #version: () => string;
  readonly #kept = new Map<string, { readonly answer: Answer; size: number }>();
  #validFor: string;
  #size = 0;

  /** `limit` in bytes; 0 keeps nothing. */
  constructor(limit: number, version: () => string) {
    this.#limit = limit;
    this.#version = version;
    this.#validFor = version();
  }

  /** Bytes taken now, about. */
  get size(): number {
    return this.#size;
  }

  /** The answer kept for an address, if it is still what a plain request would get. */
  find(address: string): Answer | undefined {
    this.#emptyIfChanged();
    const found = this.#kept.get(address);
    if (found === undefined) return undefined;
    this.#kept.delete(address);
    this.#kept.set(address, found);
    return found.answer;
  }

  /** What to hand to `keep`: taken before anything is read for an answer. */
  now(): string {
    return this.#version();
  }

  /** Keeps a public answer, unless something was written since `readAt`: then it may show what no longer is. */
  keep(address: string, answer: Answer, readAt: string): void {
    this.#emptyIfChanged();
    if (readAt !== this.#validFor || !answer.isPublic || address.length > 500) return;
    this.#drop(address);
    if (answer.size > this.#limit / 8) return;
    this.#kept.set(address, { answer, size: answer.size });
    this.#size += answer.size;
    this.#shrink();
  }

  /** Counts an answer anew that has become larger (it was compressed in one more way). */
  measure(address: string): void {
    const kept = this.#kept.get(address);
    if (kept === undefined) return;
    this.#size += kept.answer.size - kept.size;
    kept.size = kept.answer.size;
    this.#shrink();
  }

  #shrink(): void {
    for (const address of this.#kept.keys()) {
      if (this.#size <= this.#limit) return;
      this.#drop(address);
    }
  }

  #drop(address: string): void {
    const kept = this.#kept.get(address);
    if (kept === undefined) return;
    this.#kept.delete(address);
    this.#size -= kept.size;
  }

  #emptyIfChanged(): void {
    const version = this.#version();
    if (version === this.#validFor) return;
    this.#validFor = version;
    this.#kept.clear();
    this.#size = 0;
  }
}
