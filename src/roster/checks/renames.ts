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
  const oldNames = new Map(
    declared.flatMap(([name, { renamedFrom }]) =>
      renamedFrom === undefined ? [] : [[fold(name), fold(renamedFrom)] as const],
    ),
  );
  const circular = inCircles(oldNames);
  const claimed = new Map<string, string>();
  return declared.flatMap(([name, { renamedFrom: from }]) => {
    if (from === undefined) return [];
    const spot = { file, pointer: pointer(section, name, "renamedFrom") };
    const other = claimed.get(fold(from));
    if (other !== undefined) return [issue(spot, "renamed-twice", { from, name, other })];
    claimed.set(fold(from), name);
    if (circular.has(fold(name))) return [issue(spot, "rename-circle", { name, from })];
    // A declared name that is itself renamed from another makes room: a chain.
    const stays = known.has(fold(from)) && !oldNames.has(fold(from));
    return stays ? [issue(spot, "renamed-from-declared", { name, from })] : [];
  });
}

/** The names from which the way back through the old names comes to where it began. */
function inCircles(oldNames: ReadonlyMap<string, string>): ReadonlySet<string> {
  const circular = new Set(oldNames.keys());
  const uses = new Map<string, number>();
  for (const old of oldNames.values()) uses.set(old, (uses.get(old) ?? 0) + 1);
  // Whoever nobody is renamed from is in no circle, nor then is who only those are renamed from.
  const free = [...circular].filter((name) => !uses.has(name));
  for (const name of free) {
    circular.delete(name);
    const old = oldNames.get(name) ?? "";
    const left = (uses.get(old) ?? 0) - 1;
    uses.set(old, left);
    if (left === 0 && circular.has(old)) free.push(old);
  }
  return circular;
}
