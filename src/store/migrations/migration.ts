/** What differs between the engines when tables are made. */
export interface Dialect {
  readonly engine: 'sqlite' | 'postgres';
  /** Text compared byte by byte, so that keys sort alike in both. */
  readonly text: string;
  readonly bytes: string;
  /** Ends a table's definition. */
  readonly strict: string;
}

/** One step from a schema to the next. Numbered by its place in the list, never changed once released, never undone. */
export interface Migration {
  readonly name: string;
  statements(dialect: Dialect): readonly string[];
}
