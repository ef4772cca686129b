/**
 * Everything that can go wrong and that a person can do something about. A message names the layer,
 * what is wrong, which thing it is about and, where it helps, what to do: `import/markdown: no heading
 * in "a.md"`. The web maps each kind to a status, the command line to an exit code, once.
 */
export class VariorumError extends Error {
  override readonly name: string = 'VariorumError';
}

/** What was asked for is not here. */
export class NotFound extends VariorumError {
  override readonly name = 'NotFound';
}

/** What was asked for was here and has been taken away for good; `legal` when by a legal demand (HTTP 451). */
export class Gone extends VariorumError {
  override readonly name = 'Gone';
  readonly legal: boolean;
  constructor(message: string, options: { readonly legal?: boolean } = {}) {
    super(message);
    this.legal = options.legal ?? false;
  }
}

/** The person asking may not do this. */
export class Forbidden extends VariorumError {
  override readonly name = 'Forbidden';
}

/** A value does not fit; `path` says where in the document or form, e.g. `passages[2].key`. */
export class Invalid extends VariorumError {
  override readonly name = 'Invalid';
  readonly path: string | undefined;
  constructor(message: string, options: { readonly path?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.path = options.path;
  }
}

/** The thing has changed meanwhile, or is in use by another; `current` is the number it has now, where it has one. */
export class Conflict extends VariorumError {
  override readonly name = 'Conflict';
  readonly current: number | undefined;
  constructor(message: string, options: { readonly current?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.current = options.current;
  }
}

/** A file is not something that can be read as a story; the message is the reason, for people. */
export class Unreadable extends VariorumError {
  override readonly name = 'Unreadable';
}
