/**
 * How sure an importer is of a fact: it stood there (read), it follows from what stood there (inferred), a person
 * has to say (undecided: with a proposal in place and alternatives), a person has said (decided), or it was in the
 * source and could not be kept (lost).
 */
export const certainties = ['read', 'inferred', 'undecided', 'decided', 'lost'] as const;
export type Certainty = (typeof certainties)[number];

/** What an importer did with one fact. `about` is the path of the fact in the Edition: `variantSets[0].place`. */
export interface Remark {
  readonly certainty: Certainty;
  readonly about: string;
  readonly where: Where | null;
  /** For people: what was found and, when undecided, what to say. Source words that live nowhere else stand in `quote`. */
  readonly message: string;
  readonly quote: string | null;
  /** Values a person may choose, the proposal among them where it can be named, each as `--set about=value` takes it. */
  readonly alternatives: readonly Alternative[];
  /** Who decided, and when (ISO 8601); null unless decided. */
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

/** A value to choose, and what a person is told that it means. */
export interface Alternative {
  readonly value: string;
  readonly label: string;
}

/** A place in a source: the file's name, its line (from 1) and the element, as far as known. */
export interface Where {
  readonly file: string;
  readonly line: number | null;
  readonly element: string | null;
}

/** What a person decided about one fact; kept with the source and applied again when it is read anew. */
export interface Decision {
  readonly about: string;
  readonly value: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** A remark with everything optional left out. */
export function remark(
  certainty: Certainty,
  about: string,
  message: string,
  more: Partial<Pick<Remark, 'where' | 'quote' | 'alternatives' | 'decidedBy' | 'decidedAt'>> = {},
): Remark {
  return {
    certainty,
    about,
    message,
    where: null,
    quote: null,
    alternatives: [],
    decidedBy: null,
    decidedAt: null,
    ...more,
  };
}
