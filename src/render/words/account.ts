import type { Plan } from "../../core/plan.ts";
import { type Phrase, say } from "../phrase.ts";

/** `123456789012 (acme)` */
export function accountWords({ id, alias, partition }: Plan["account"]): Phrase {
  const named = alias === undefined ? say`${id}` : say`${id} (${alias})`;
  return partition === "aws" ? named : say`${named} in ${partition}`;
}
