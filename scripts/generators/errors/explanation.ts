/** What docs/errors.md says of a code beside its message: what no message has room for. */
export interface Explanation {
  /** Why it is wrong, refused or worth a warning, and what would come of it otherwise. */
  readonly means: string;
  readonly todo: string;
}

/** With an example, which the page shows in the program's own words. */
export interface Explained<Details> extends Explanation {
  readonly example: Details;
}
