import { clear, createStore, del, get, keys, set, type UseStore } from 'idb-keyval';
import type { Fields } from './fields.ts';

/** What is kept on this device of one text: what it was when it was opened, and what was made of it. */
export interface Kept {
  /** Documents, as plain data. */
  readonly began: unknown;
  readonly doc: unknown;
  readonly history: unknown;
  readonly beganFields: Fields;
  readonly fields: Fields;
  /** What it was made from. */
  readonly from: Fields;
  /** Whether the archive does not have it yet. */
  readonly unsent: boolean;
}

let store: UseStore | undefined;

function opened(): UseStore {
  store ??= createStore('variorum-writing', 'passages');
  return store;
}

/** A place on this device for one text, or one form, of one account. */
export interface Place<T = Kept> {
  read(): Promise<T | undefined>;
  /** @throws Error when the device has no room or lets nothing be kept */
  write(kept: T): Promise<void>;
  forget(): Promise<void>;
}

function placeAt<T>(key: string): Place<T> {
  return {
    read: () => get<T>(key, opened()),
    write: (kept) => set(key, kept, opened()),
    forget: () => del(key, opened()),
  };
}

/** At most this many tabs may have one text open and each keep what was typed in it. */
const mostTabs = 4;

/** Takes a place for a text that no other tab holds, rather one in which something unsent was left. */
export async function takePlace(name: string): Promise<Place> {
  const places = Array.from({ length: mostTabs }, (_, i) => `${name}/${i}`);
  const held = new Map<string, () => void>();
  for (const place of places) {
    const release = await hold(place);
    if (release !== undefined) held.set(place, release);
  }
  const free = [...held.keys()];
  const kept = await Promise.all(free.map((place) => get<Kept>(place, opened())));
  const left = free.find((_, i) => kept[i]?.unsent === true);
  const chosen = left ?? free[0] ?? places[0] ?? name;
  for (const [place, release] of held) if (place !== chosen) release();
  return placeAt(chosen);
}

/** Holds a place while the tab lives; undefined where another does. Where browsers have no locks, all are free. */
function hold(place: string): Promise<(() => void) | undefined> {
  if (!('locks' in navigator)) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    void navigator.locks.request(`variorum ${place}`, { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve(undefined);
      return new Promise<void>((release) => resolve(release));
    });
  });
}

/** What is kept on this device of a form that has no draft in the archive. */
interface KeptForm {
  /** What stood in its fields when it was opened, and what was typed. */
  readonly began: Fields;
  readonly fields: Fields;
  /** Whether it was sent; what came of it the device does not know. */
  readonly sent: boolean;
  readonly unsent: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The place on this device for one form of one account; the last tab to type has it. */
export function keptForm(name: string): Place<KeptForm> {
  return placeAt(`form ${name}`);
}

/** How many texts this device has that the archive does not. */
export async function countUnsent(): Promise<number> {
  const all = await Promise.all((await keys(opened())).map((key) => get<Kept | KeptForm>(key, opened())));
  return all.filter((kept) => kept?.unsent === true).length;
}

/** Forgets everything that was kept on this device. */
export function forgetAll(): Promise<void> {
  return clear(opened());
}
