import type { RosterFile } from "../../core/port.ts";
import { fold } from "../../core/rules/names.ts";
import { type Issue, issue } from "../issue.ts";
import { pointer } from "../pointer.ts";
import type { Context } from "./context.ts";

type Declared = readonly (readonly [name: string, entry: { readonly renamedFrom?: string }])[];

/** `renamedFrom` lines that contradict each other or the names that are declared. */
export function renameIssues({ users, groups }: Context): readonly Issue[] {
  return [...renamesIn("users.yaml", "users", users), ...renamesIn("groups.yaml", "groups", groups)];
}

function renamesIn(file: RosterFile, section: string, declared: Declared): readonly Issue[] {
  const known = new Set(declared.map(([name]) => fold(name)));
  const oldNames = new Map<string, string>();
  const claimed = new Map<string, string>();
  for (const [name, { renamedFrom }] of declared) {
    if (renamedFrom !== undefined) oldNames.set(fold(name), fold(renamedFrom));
  }
  return declared.flatMap(([name, { renamedFrom: from }]) => {
    if (from === undefined) return [];
    const spot = { file, pointer: pointer(section, name, "renamedFrom") };
    const other = claimed.get(fold(from));
    if (other !== undefined) return [issue(spot, "renamed-twice", { from, name, other })];
    claimed.set(fold(from), name);
    if (isCircle(fold(name), oldNames)) return [issue(spot, "rename-circle", { name, from })];
    // A declared name that is itself renamed from another makes room: a chain.
    const stays = known.has(fold(from)) && !oldNames.has(fold(from));
    return stays ? [issue(spot, "renamed-from-declared", { name, from })] : [];
  });
}

/** Does the way back through the old names come to where it began? */
function isCircle(start: string, oldNames: ReadonlyMap<string, string>): boolean {
  let name = oldNames.get(start);
  for (let steps = 0; name !== undefined && steps < oldNames.size; steps += 1) {
    if (name === start) return true;
    name = oldNames.get(name);
  }
  return false;
}
