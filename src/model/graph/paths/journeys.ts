import type { Condition, Passage } from '../../state.ts';
import type { StoryGraph } from '../graph.ts';

/** Where a reader can stand: at a passage, with what she remembers that a condition may ask for. */
export interface Place {
  readonly key: string;
  readonly words: number;
  /** Whether a reading may stop here. */
  readonly stops: boolean;
  /** The places that can follow, by their numbers, each once. */
  readonly next: readonly number[];
}

/** All places readers can come to, from 0, the start. */
export interface Ways {
  readonly places: readonly Place[];
  readonly byPassage: ReadonlyMap<string, readonly number[]>;
  /** Every place before those that follow it; undefined where one can go round. */
  readonly order: readonly number[] | undefined;
}

/**
 * The places readers can come to; undefined when there are more than `most`. Without conditions every choice is
 * offered, and places are passages.
 */
export function readersWays(
  graph: StoryGraph,
  most: number,
  { conditions = true }: { readonly conditions?: boolean } = {},
): Ways | undefined {
  const steps = stepsOf(graph, conditions);
  const found: { readonly step: Step; readonly memory: bigint }[] = [];
  const numbers = new Map<Step, Map<bigint, number>>();
  const numberOf = (key: string, before: bigint): number[] => {
    const step = steps.get(key);
    if (step === undefined) return [];
    const memory = (before | step.learns) & ~step.forgets;
    const known = numbers.get(step) ?? new Map<bigint, number>();
    numbers.set(step, known);
    const number = known.get(memory) ?? found.push({ step, memory }) - 1;
    known.set(memory, number);
    return [number];
  };
  if (graph.start !== undefined) numberOf(graph.start, 0n);
  const places: Place[] = [];
  // What is found while it is walked is walked too.
  for (const { step, memory } of found) {
    if (found.length > most) return undefined;
    const open = step.ways.filter(({ needs, bars }) => (memory & needs) === needs && (memory & bars) === 0n);
    const next = [...new Set(open.flatMap(({ to }) => numberOf(to, memory)))];
    const { key, words, ending } = step.passage;
    places.push({ key, words, stops: ending || next.length === 0, next });
  }
  const byPassage = new Map<string, number[]>();
  for (const [i, { key }] of places.entries()) byPassage.set(key, [...(byPassage.get(key) ?? []), i]);
  return { places, byPassage, order: inOrder(places) };
}

/** A passage ready to be walked: what readers remember is a number, each bit of it something a condition asks for. */
interface Step {
  readonly passage: Passage;
  readonly learns: bigint;
  readonly forgets: bigint;
  /** `needs` must all be remembered, none of `bars`. */
  readonly ways: readonly { readonly to: string; readonly needs: bigint; readonly bars: bigint }[];
}

function stepsOf(graph: StoryGraph, conditions: boolean): ReadonlyMap<string, Step> {
  const { passages, choices } = graph.story;
  const asked = conditions ? choices.flatMap((c) => c.showIf.map(nameOf)) : [];
  const bits = new Map([...new Set(asked)].map((name, i) => [name, 1n << BigInt(i)] as const));
  const maskOf = (names: readonly string[]): bigint =>
    names.reduce((mask, name) => mask | (bits.get(name) ?? 0n), 0n);
  const steps = passages.map((passage): [string, Step] => {
    const onward = graph.onward(passage.key);
    const ways =
      onward.kind === 'choices'
        ? onward.choices.map(({ to, showIf }) => ({
            to,
            needs: maskOf(showIf.filter((c) => c.holds).map(nameOf)),
            bars: maskOf(showIf.filter((c) => !c.holds).map(nameOf)),
          }))
        : graph.followers(passage.key).map((to) => ({ to, needs: 0n, bars: 0n }));
    const learns = maskOf([`read ${passage.key}`, ...passage.sets.map((flag) => `flag ${flag}`)]);
    const forgets = maskOf(passage.unsets.map((flag) => `flag ${flag}`));
    return [passage.key, { passage, learns, forgets, ways }];
  });
  return new Map(steps);
}

function nameOf(condition: Condition): string {
  return condition.kind === 'flag' ? `flag ${condition.flag}` : `read ${condition.passage}`;
}

/** Kahn's order; undefined where some places wait for one another. */
function inOrder(places: readonly Place[]): readonly number[] | undefined {
  const waiting = new Array<number>(places.length).fill(0);
  for (const { next } of places) for (const to of next) waiting[to] = (waiting[to] ?? 0) + 1;
  const order = places.length === 0 ? [] : [0];
  if ((waiting[0] ?? 0) > 0) return undefined;
  for (const at of order) {
    for (const to of places[at]?.next ?? []) {
      const left = (waiting[to] ?? 0) - 1;
      waiting[to] = left;
      if (left === 0) order.push(to);
    }
  }
  return order.length === places.length ? order : undefined;
}
