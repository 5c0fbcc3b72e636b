/** Where an offset into a text lies; lines and columns count from 1, columns in characters. */
export interface Lines {
  readonly lineOf: (offset: number) => number;
  readonly at: (offset: number) => { readonly line: number; readonly column: number };
}

/** Counting further would take too long in a file of one line. */
const MOST_COUNTED = 10_000;

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  const lineOf = (offset: number): number => lastNotAbove(starts, offset) + 1;
  return {
    lineOf,
    at: (offset) => {
      const line = lineOf(offset);
      const before = text.slice(starts[line - 1], offset);
      // Characters, not halves of surrogate pairs.
      const characters = before.length > MOST_COUNTED ? before.length : [...before].length;
      return { line, column: characters + 1 };
    },
  };
}

/** The index of the last of the ascending numbers that is not above the limit; the first is not. */
function lastNotAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) > limit) high = middle - 1;
    else low = middle;
  }
  return low;
}
