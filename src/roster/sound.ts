import { isObject, type Json, type JsonObject } from "../core/rules/documents.ts";
import type { Issue } from "./issue.ts";
import { pointer, segmentsOf } from "./pointer.ts";
import type { Group, RosterFile, User } from "./schema/written.ts";
import type { Source } from "./source.ts";

/*
 * What of the files has the shape that the schemas ask for. The checks go on with that, so that a wrong line does not
 * hide what is wrong elsewhere.
 */

export interface Sources {
  readonly users: Source;
  readonly groups: Source;
  readonly roster: Source;
}

export interface Sound {
  /** By name. Names may still be wrong. undefined where nobody can tell who is declared. */
  readonly users: Readonly<Record<string, User>> | undefined;
  readonly groups: Readonly<Record<string, Group>> | undefined;
  readonly roster: RosterFile;
}

/** The values without each key (of a user, of a group, of roster.yaml) in which there is an issue. */
export function sound(sources: Sources, issues: readonly Issue[]): Sound {
  const broken = (file: string, depth: number): ReadonlySet<string> =>
    new Set(
      issues
        .filter((each) => each.file === file)
        .map((each) => pointer(...segmentsOf(each.pointer).slice(0, depth))),
    );
  const { users, groups, roster } = sources;
  return {
    users: section(users.value, "users", broken("users.yaml", 3)) as Sound["users"],
    groups: section(groups.value, "groups", broken("groups.yaml", 3)) as Sound["groups"],
    roster: without(isObject(roster.value) ? roster.value : {}, "", broken("roster.yaml", 1)),
  };
}

function section(file: Json | undefined, key: string, broken: ReadonlySet<string>): JsonObject | undefined {
  if (!isObject(file)) return undefined;
  const entries = file[key] ?? {};
  if (!isObject(entries)) return undefined;
  const result = Object.create(null) as Record<string, JsonObject>;
  for (const [name, entry] of Object.entries(entries)) {
    result[name] = isObject(entry) ? without(entry, pointer(key, name), broken) : {};
  }
  return result;
}

function without(map: JsonObject, at: string, broken: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !broken.has(`${at}${pointer(key)}`)));
}
