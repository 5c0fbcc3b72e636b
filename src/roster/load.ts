import { messageOf } from "../core/failure.ts";
import type { Finding } from "../core/finding.ts";
import type { Files, RosterFile } from "../core/port.ts";
import type { Roster } from "../core/roster.ts";
import { compareText } from "../core/rules/names.ts";
import { checkIssues } from "./checks.ts";
import { contextOf } from "./checks/context.ts";
import { located } from "./issue.ts";
import { parse } from "./parse.ts";
import { resolve } from "./resolve.ts";
import { shapeIssues } from "./shape.ts";
import { sound, type Sources } from "./sound.ts";
import { FileTooLarge } from "../core/size.ts";
import { emptySource, fileFinding, type Source, tooLarge } from "./source.ts";

export interface Loaded {
  /** undefined where a finding is an error. */
  readonly roster: Roster | undefined;
  /** All that is wrong, ordered by file, line and column. */
  readonly findings: readonly Finding[];
}

/** Reads and checks a roster. What is wrong with the files stands in the findings; it throws for none of that. */
export async function load(files: Files): Promise<Loaded> {
  const [users, groups, roster] = await Promise.all([
    readSource(files, "users.yaml"),
    readSource(files, "groups.yaml"),
    readSource(files, "roster.yaml"),
  ]);
  const loaded = loadSources({ users, groups, roster });
  // Who finds nothing asks for no place.
  return loaded.findings.length === 0 ? loaded : loadSources(await withPlaces({ users, groups, roster }));
}

async function withPlaces({ users, groups, roster }: Sources): Promise<Sources> {
  const placed = (source: Source) => source.withPlaces?.() ?? source;
  return { users: await placed(users), groups: await placed(groups), roster: await placed(roster) };
}

function loadSources(sources: Sources): Loaded {
  const all = [sources.users, sources.groups, sources.roster];
  const byFile = {
    "users.yaml": sources.users,
    "groups.yaml": sources.groups,
    "roster.yaml": sources.roster,
  };
  const shape = all.flatMap(shapeIssues);
  const right = sound(sources, shape);
  const issues = [...shape, ...checkIssues(contextOf(right, (file, at) => byFile[file].written(at)))];
  const findings = distinct([
    ...all.flatMap((source) => source.findings),
    ...issues.map((each) => located(each, byFile[each.file])),
  ]).toSorted(compareFindings);
  const wrong = findings.some(({ severity }) => severity === "error");
  return { roster: wrong ? undefined : resolve(right), findings };
}

async function readSource(files: Files, file: RosterFile): Promise<Source> {
  try {
    const bytes = await files.read(file);
    if (bytes !== undefined) return await parse(file, bytes);
    // Only the settings have defaults: a forgotten users.yaml must not look like one without users.
    return emptySource(file, file === "roster.yaml" ? undefined : fileFinding(file, "missing-file", {}));
  } catch (error) {
    if (error instanceof FileTooLarge) return tooLarge(file, error.bytes);
    return emptySource(file, fileFinding(file, "unreadable-file", { reason: messageOf(error) }));
  }
}

/** What stands behind an alias is looked at once for each use, but wrong in one place. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function compareFindings(one: Finding, other: Finding): number {
  return (
    compareText(one.file, other.file) ||
    one.line - other.line ||
    one.column - other.column ||
    compareText(one.code, other.code)
  );
}
