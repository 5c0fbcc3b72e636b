import { fold } from "./names.ts";

/**
 * The candidate that the text was most likely meant to be: one or two letters away (a third of a short word at most),
 * without regard to case. Of several the nearest, of equals the first; undefined where none is near.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const most = Math.min(2, Math.floor((text.length + 1) / 3));
  const all = [...candidates];
  for (let edits = 0; edits <= most; edits += 1) {
    const found = all.find((candidate) => isWithin(edits, fold(text), fold(candidate)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Do so many letters, added, dropped, changed or swapped with their neighbour, make one text the other? */
function isWithin(edits: number, one: string, other: string): boolean {
  if (one === other) return true;
  if (edits === 0) return false;
  let same = 0;
  while (one[same] === other[same]) same += 1;
  const [left, right] = [one.slice(same), other.slice(same)];
  const next = (fromLeft: number, fromRight: number): boolean =>
    isWithin(edits - 1, left.slice(fromLeft), right.slice(fromRight));
  const isSwapped = left[0] === right[1] && left[1] === right[0];
  return next(1, 0) || next(0, 1) || next(1, 1) || (isSwapped && next(2, 2));
}
