/** The largest file that is read; nobody writes as much by hand. */
export const MOST_BYTES: number = 5 * 1024 * 1024;

/** Thrown instead of reading a larger file. */
export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";
  readonly bytes: number;

  constructor(bytes: number) {
    super(`the file has ${bytes} bytes`);
    this.bytes = bytes;
  }
}
