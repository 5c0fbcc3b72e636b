import { byKind, type Intent } from "../change.ts";
import { isDeactivated } from "../ownership.ts";
import type { Entry } from "../plan.ts";
import type { DeclaredUser } from "../roster.ts";
import { compareNames, fold } from "../rules/names.ts";
import { type User, valuesAt } from "../state.ts";
import { isPast } from "../time.ts";
import { type Asking, declaringGroup, WAYS, type Ways } from "./change-ways.ts";
import { userDeclaration } from "./declaring.ts";
import type { Adoption, AdoptionInput, Edit, Place } from "./edit.ts";

/*
 * The other way to end a difference: not to change the account, but to write what it has into the files.
 */

/** What to write so that the files say of the entry's subject what the account has. */
export function adoptionOf(entry: Entry, input: AdoptionInput): Adoption {
  const ways = entry.subject.type === "user" ? userWays(entry, input) : groupWays(entry, input);
  const edits = ways.filter((way) => typeof way !== "string");
  return {
    edits: unique(edits.toSorted((one, other) => Number(isRename(one)) - Number(isRename(other)))),
    unadoptable: unique(ways.filter((way) => typeof way === "string")),
  };
}

function isRename({ how }: Edit): boolean {
  return how === "rename";
}

/** Of equal ones one, at the place of the first. */
function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const NOTHING: Asking["user"] & Asking["holder"] = {
  groups: new Map(),
  tags: new Map(),
  access: undefined,
  policies: [],
  inlinePolicies: new Map(),
};

const NO_USER = { user: NOTHING, liveTags: NOTHING.tags };

function userWays(entry: Entry, input: AdoptionInput): Ways {
  const { roster, actual } = input;
  const { name } = entry.subject;
  const declared = roster.users.get(fold(name));
  const at: Place = ["users", declared?.name ?? name];
  const live = valuesAt(actual.users, [fold(liveName(entry))]);
  switch (entry.intent) {
    case "create":
    case "adopt":
      return [{ how: "drop", at }];
    case "reactivate":
      return [{ how: "set", at: [...at, "status"], value: "inactive", replaces: false }];
    case "deactivate":
    case "delete":
      return live.flatMap((user) => leaverWays(user, declared, { ...input, at, intent: entry.intent }));
    case "update":
    case "rename":
      return waysOfChanges(entry, {
        ...input,
        at,
        user: declared ?? NOTHING,
        holder: declared ?? NOTHING,
        live,
        liveTags: new Map(live.flatMap(({ tags }) => [...tags])),
      });
  }
}

function groupWays(entry: Entry, input: AdoptionInput): Ways {
  const { roster, actual } = input;
  const { name } = entry.subject;
  const declared = roster.groups.get(fold(name));
  const at: Place = ["groups", declared?.name ?? name];
  if (entry.intent === "create") return [{ how: "drop", at }];
  if (entry.intent === "delete") return [{ how: "drop", at: [...at, "status"] }];
  const live = valuesAt(actual.groups, [fold(liveName(entry))]);
  return waysOfChanges(entry, { ...input, ...NO_USER, at, holder: declared ?? NOTHING, live });
}

function waysOfChanges({ changes }: Entry, asking: Asking): Ways {
  return changes.flatMap((change) => byKind(WAYS, change, asking));
}

/** The name that the entry's user or group has today: the one under which it is moved, if it is. */
export function liveName({ subject, changes }: Pick<Entry, "subject" | "changes">): string {
  const moved = changes.find((change) => change.kind === "UpdateUser")?.user;
  return moved ?? changes.find((change) => change.kind === "UpdateGroup")?.group ?? subject.name;
}

/** Of somebody who is to be closed or deleted. */
function leaverWays(
  live: User,
  declared: DeclaredUser | undefined,
  asking: AdoptionInput & { readonly at: Place; readonly intent: Intent },
): Ways {
  const { at, intent, now } = asking;
  if (isDeactivated(live)) {
    if (intent !== "delete") return ["closed"];
    const replaces = declared !== undefined;
    return [{ how: "set", at: [...at, "status"], value: "inactive", replaces }];
  }
  if (declared === undefined) return declaring(live, asking);
  return isPast(declared.until, now) ? ["until"] : [{ how: "drop", at: [...at, "status"] }];
}

function declaring(live: User, input: AdoptionInput & { readonly at: Place }): readonly Edit[] {
  const { roster, actual, at } = input;
  const { settings } = roster;
  const { partition } = actual.account;
  return [
    { how: "set", at, value: userDeclaration(live, { settings, partition }), replaces: false },
    ...[...live.groups.values()].toSorted(compareNames).flatMap((group) => declaringGroup(group, input)),
  ];
}
