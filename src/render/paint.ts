/** How a text is coloured. Colour only repeats what a sign or a word says already. */
export interface Paint {
  /** A heading. */
  readonly strong: (text: string) => string;
  /** What helps to judge, beside the matter itself. */
  readonly faint: (text: string) => string;
  readonly gives: (text: string) => string;
  readonly takes: (text: string) => string;
  readonly changes: (text: string) => string;
  /** Refusals, failures, and what cannot be undone. */
  readonly alarm: (text: string) => string;
}

const same = (text: string): string => text;

export const PLAIN: Paint = {
  strong: same,
  faint: same,
  gives: same,
  takes: same,
  changes: same,
  alarm: same,
};
