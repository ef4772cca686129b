/** What is left of a picture. */
export interface Cleaned {
  readonly bytes: Uint8Array;
  /** In pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
}

/** A part of a file. @throws RangeError where the file ends before it */
export function part(bytes: Buffer, from: number, to: number): Buffer {
  if (from < 0 || to < from || to > bytes.length)
    throw new RangeError(`the file has no bytes ${from} to ${to}`);
  return bytes.subarray(from, to);
}
