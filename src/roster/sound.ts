import type { RosterFile as FileName } from "../core/port.ts";
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
  /** Whether something was left out there. */
  readonly isBroken: (file: FileName, pointer: string) => boolean;
}

/**
 * The files' values without what is wrong: a key is left out, an entry of a list leaves a hole (which the methods of
 * Array pass over, so that the others keep their places), and a user or group that is no map stays as an empty one.
 */
export function sound(sources: Sources, issues: readonly Issue[]): Sound {
  const { users, groups, roster } = sources;
  const byFile = Map.groupBy(issues, ({ file }) => file);
  const broken = {
    "users.yaml": brokenPlaces(byFile.get("users.yaml")),
    "groups.yaml": brokenPlaces(byFile.get("groups.yaml")),
    "roster.yaml": brokenPlaces(byFile.get("roster.yaml")),
  };
  const settings = isObject(roster.value) ? without(roster.value, "", broken["roster.yaml"]) : {};
  return {
    users: section(users, "users", broken["users.yaml"]) as Sound["users"],
    groups: section(groups, "groups", broken["groups.yaml"]) as Sound["groups"],
    roster: settings as RosterFile,
    isBroken: (file, at) => broken[file].places.has(at),
  };
}

interface Broken {
  readonly places: ReadonlySet<string>;
  /** The places and all that they lie in. */
  readonly around: ReadonlySet<string>;
}

function brokenPlaces(issues: readonly Issue[] = []): Broken {
  const places = issues.map((each) => each.pointer);
  const around = places.flatMap((place) => {
    const segments = segmentsOf(place);
    return segments.map((_, index) => pointer(...segments.slice(0, index + 1)));
  });
  return { places: new Set(places), around: new Set(around) };
}

function section({ value }: Source, key: string, broken: Broken): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const entries = value[key] ?? {};
  if (!isObject(entries)) return undefined;
  if (broken.places.size === 0) return entries;
  const result = Object.create(null) as Record<string, Json>;
  for (const [name, entry] of Object.entries(entries)) {
    result[name] = isObject(entry) ? without(entry, pointer(key, name), broken) : {};
  }
  return result;
}

function without(value: Json, at: string, broken: Broken): Json {
  if (at !== "" && !broken.around.has(at)) return value;
  const isWhole = (key: string | number): boolean => !broken.places.has(`${at}${pointer(key)}`);
  const part = (key: string | number, member: Json): Json => without(member, `${at}${pointer(key)}`, broken);
  if (isObject(value)) {
    const whole = Object.entries(value).filter(([key]) => isWhole(key));
    return Object.fromEntries(whole.map(([key, member]) => [key, part(key, member)]));
  }
  if (!Array.isArray(value)) return value;
  const entries: Json[] = [];
  entries.length = value.length;
  for (const [index, member] of (value as readonly Json[]).entries()) {
    if (isWhole(index)) entries[index] = part(index, member);
  }
  return entries;
}
