import type { Play } from "./call.ts";
import { CHECK_RUNS } from "./check-runs.ts";
import { COMMENTS } from "./comments.ts";
import { COMMITS } from "./commits.ts";
import { CONTENTS } from "./contents.ts";
import { GRAPHQL } from "./graphql.ts";
import { ISSUES } from "./issues.ts";
import { LABELS } from "./labels.ts";
import { PULLS } from "./pulls.ts";
import { REPOSITORY } from "./repository.ts";
import { USERS } from "./users.ts";

/* Which of what is played a question is. */

const ALL: ReadonlyMap<string, Play> = new Map(
  [USERS, REPOSITORY, COMMITS, CONTENTS, PULLS, COMMENTS, ISSUES, LABELS, CHECK_RUNS, GRAPHQL].flatMap(
    Object.entries,
  ),
);

export const ROUTES: readonly string[] = [...ALL.keys()];

/** Refs have slashes in them. */
const WIDE: ReadonlySet<string> = new Set(["ref"]);

interface Pattern {
  readonly route: string;
  readonly play: Play;
  readonly shape: RegExp;
}

/** Those with more to say come first: `commits/{ref}/check-runs` before `commits/{ref}`. */
const PATTERNS: readonly Pattern[] = [...ALL]
  .map(([route, play]) => ({ route, play, shape: shapeOf(route) }))
  .toSorted((one, other) => literals(other.route) - literals(one.route));

function literals(route: string): number {
  return route.replaceAll(/\{\w+\}/g, "").length;
}

function shapeOf(route: string): RegExp {
  const group = (_: string, name: string) => `/(?<${name}>${WIDE.has(name) ? ".+" : "[^/]+"})`;
  // The path of the whole repository is empty.
  const shape = route.replace("/{path}", "(?:/(?<path>.*))?").replaceAll(/\/\{(\w+)\}/g, group);
  return new RegExp(`^${shape}$`);
}

export interface Routed extends Pick<Pattern, "route" | "play"> {
  readonly path: Readonly<Record<string, string>>;
}

export function routeOf(method: string, pathname: string): Routed | undefined {
  for (const { route, play, shape } of PATTERNS) {
    const found = shape.exec(`${method} ${pathname}`);
    if (found === null) continue;
    const path = Object.entries(found.groups ?? {}).map(([name, text]) => [
      name,
      decodeURIComponent(text ?? ""),
    ]);
    return { route, play, path: Object.fromEntries(path) as Routed["path"] };
  }
  return undefined;
}
