import { fold } from "./names.ts";

/**
 * The candidate that the text was most likely meant to be: one or two letters away (a third of a short word at most),
 * without regard to case. undefined where none is near.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  const most = Math.min(2, Math.floor((text.length + 1) / 3));
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > most) continue;
    const distance = editDistance(fold(text), fold(candidate));
    if (distance <= most && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Letters to add, drop, change or swap with their neighbour to get from one text to the other. */
function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swap = row > 1 && column > 1 && swapped ? (before[column - 2] ?? 0) + 1 : Infinity;
      const change = (last[column - 1] ?? 0) + same;
      next.push(Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, change, swap));
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
