import type { Choice, Condition, Passage, Story, VariantSet } from '../state.ts';

/** Where a reader can go from a passage: on to the next, a choice among labelled ways, or a division into branches. */
export type Onward =
  | { readonly kind: 'end' }
  | { readonly kind: 'next'; readonly to: string }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'divides'; readonly set: VariantSet };

/** A story whose passages can be asked where they lead. Made once, asked often. */
export class StoryGraph {
  readonly story: Story;
  readonly #byKey: ReadonlyMap<string, Passage>;
  readonly #next = new Map<string, string>();
  readonly #choices = new Map<string, Choice[]>();
  readonly #sets = new Map<string, VariantSet>();
  readonly #heads = new Map<string, { readonly set: VariantSet; readonly siglum: string }>();

  constructor(story: Story) {
    this.story = story;
    this.#byKey = new Map(story.passages.map((p) => [p.key, p]));
    for (const set of story.variantSets) {
      this.#sets.set(set.place, set);
      for (const b of set.branches) this.#heads.set(b.head, { set, siglum: b.siglum });
    }
    for (const choice of story.choices)
      this.#choices.set(choice.from, [...(this.#choices.get(choice.from) ?? []), choice]);
    for (const [i, passage] of story.passages.entries()) {
      const after = story.passages[i + 1];
      const leadsOn = !passage.ending && !this.#choices.has(passage.key) && !this.#sets.has(passage.key);
      if (after !== undefined && leadsOn && !this.#heads.has(after.key))
        this.#next.set(passage.key, after.key);
    }
  }

  /** The passage a reading begins with; undefined for a story without passages. */
  get start(): string | undefined {
    return this.story.passages[0]?.key;
  }

  passage(key: string): Passage | undefined {
    return this.#byKey.get(key);
  }

  /** Where a passage leads. A set wins over choices: where a story divides, the branches are the choices. */
  onward(key: string): Onward {
    const set = this.#sets.get(key);
    if (set !== undefined) return { kind: 'divides', set };
    const choices = this.#choices.get(key);
    if (choices !== undefined) return { kind: 'choices', choices };
    const to = this.#next.get(key);
    return to === undefined ? { kind: 'end' } : { kind: 'next', to };
  }

  /** The keys of the passages that can follow a passage directly, conditions left aside. */
  followers(key: string): readonly string[] {
    const onward = this.onward(key);
    if (onward.kind === 'next') return [onward.to];
    if (onward.kind === 'choices') return [...new Set(onward.choices.map((c) => c.to))];
    return onward.kind === 'divides' ? onward.set.branches.map((b) => b.head) : [];
  }

  /** The passages from which a passage can be reached directly. */
  leaders(key: string): readonly string[] {
    return this.story.passages.filter((p) => this.followers(p.key).includes(key)).map((p) => p.key);
  }

  /** Every passage that can be reached from one, itself first, nearest first. */
  reachable(from: string): readonly string[] {
    const seen = new Set([from]);
    for (const key of seen) for (const next of this.followers(key)) seen.add(next);
    return [...seen];
  }

  /** Passages no reader can come to. */
  unreachable(): readonly string[] {
    const reached = new Set(this.start === undefined ? [] : this.reachable(this.start));
    return this.story.passages.filter((p) => !reached.has(p.key)).map((p) => p.key);
  }

  /** Passages that lead nowhere and are not marked as endings. */
  deadEnds(): readonly string[] {
    return this.story.passages
      .filter((p) => !p.ending && this.onward(p.key).kind === 'end')
      .map((p) => p.key);
  }

  /** The branches a passage belongs to: those whose head leads to it but whose fellows' heads do not, by set. */
  branchesOf(key: string): readonly { readonly set: VariantSet; readonly siglum: string }[] {
    const found: { set: VariantSet; siglum: string }[] = [];
    for (const set of this.story.variantSets) {
      const reaching = set.branches.filter((b) => this.reachable(b.head).includes(key));
      const only = reaching[0];
      if (reaching.length === 1 && only !== undefined) found.push({ set, siglum: only.siglum });
    }
    return found;
  }

  /** The passages of one branch, in story order: what its head leads to and no fellow's head does. */
  branchPassages(set: VariantSet, siglum: string): readonly Passage[] {
    const head = set.branches.find((b) => b.siglum === siglum)?.head;
    if (head === undefined) return [];
    const others = new Set(
      set.branches.filter((b) => b.siglum !== siglum).flatMap((b) => this.reachable(b.head)),
    );
    const mine = new Set(this.reachable(head));
    return this.story.passages.filter((p) => mine.has(p.key) && !others.has(p.key));
  }
}

/** What a reader carries along a path, in the address: the passages seen and the flags set. */
export interface Journey {
  readonly visited: readonly string[];
  readonly flags: readonly string[];
}

/** The journey after reading a passage. */
export function travel(journey: Journey, passage: Passage): Journey {
  const flags = new Set([...journey.flags, ...passage.sets]);
  for (const flag of passage.unsets) flags.delete(flag);
  return { visited: [...new Set([...journey.visited, passage.key])], flags: [...flags].sort() };
}

/** Whether a choice is offered on a journey. */
export function isOffered(choice: Choice, journey: Journey): boolean {
  return choice.showIf.every((c) => holds(c, journey) === c.holds);
}

function holds(condition: Condition, journey: Journey): boolean {
  return condition.kind === 'flag'
    ? journey.flags.includes(condition.flag)
    : journey.visited.includes(condition.passage);
}

/** Whether a story's ways depend on the journey, so that addresses must carry it. */
export function hasConditions(story: Story): boolean {
  return story.choices.some((c) => c.showIf.length > 0);
}
