/** Where something came from. The bytes themselves are kept by the store, private to those who run the archive. */
export interface SourceRecord {
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** The importer that read it (`livejournal-s2`), and its version. */
  readonly importer: string;
  readonly importerVersion: number;
  /** The public address the page had, null when the page does not say. */
  readonly address: string | null;
  /** When it was saved by a browser, where the page itself says so (SingleFile does); ISO 8601, null when unknown. The date of the file is no witness: copies change it. */
  readonly savedAt: string | null;
  /** How its characters were decoded. */
  readonly charset: string;
  /** Identifies the same page over several saves (`livejournal.com/horace/1234`); null when nothing does. */
  readonly origin: string | null;
}

/** A file that came along with a page, such as an image. `path` is what the texts refer to: `resource:<path>`. */
export interface Resource {
  readonly path: string;
  readonly mediaType: string;
  readonly sha256: string;
  /** The bytes in base64. */
  readonly base64: string;
}
