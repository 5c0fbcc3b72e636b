/** One checked-in file that is made from others: `npm run generate` writes it, `npm run check` compares it. */
export interface Generator {
  /** From the repository root, with slashes. */
  readonly path: string;
  /** The whole file. The same sources give the same text: no clock, no absolute path, LF line ends. */
  readonly make: () => Promise<string>;
}
