import { isDeepStrictEqual } from "node:util";

import type { Difference } from "./differences.ts";
import type { Line, Seen } from "./line.ts";

/** What is wrong with what moto showed; undefined: the line holds, or differs in just the way that is listed. */
export function problem({ gives }: Line, difference: Difference | undefined, seen: Seen): string | undefined {
  const isAsIam = isDeepStrictEqual(seen, gives);
  const told = `IAM  ${JSON.stringify(gives)}\nmoto ${JSON.stringify(seen)}`;
  if (difference === undefined)
    return isAsIam ? undefined : `moto does otherwise than IAM, and that is not listed:\n${told}`;
  if (isAsIam) return "this difference has disappeared: take it off test/contract/differences.ts";
  if (isDeepStrictEqual(seen, difference.moto)) return undefined;
  return `moto does otherwise than IAM, and otherwise than listed:\n${told}\nlisted ${JSON.stringify(difference.moto)}`;
}
