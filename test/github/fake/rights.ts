import { notFound, refuse } from "./answer.ts";
import type { Call, Needs } from "./call.ts";
import type { App, Token, World } from "./world.ts";

const RANKS = { none: 0, read: 1, write: 2 } as const;

/** Whose token it is; undefined where there is none. Throws GitHub's refusal of one that it does not know. */
export function tokenOf(world: World, authorization: string | undefined): Token | undefined {
  if (authorization === undefined) return undefined;
  const token = world.tokens.get(/^(?:token|bearer) (\S+)$/i.exec(authorization)?.[1] ?? "");
  if (token === undefined) throw refuse(401, "Bad credentials");
  return token;
}

/** The app that a login is of, where one of the tokens is. */
export function appOf(world: World, login: string): App | undefined {
  return [...world.tokens.values()].find((each) => each.login === login)?.app;
}

/** Throws what GitHub answers to who may not. */
export function allow(call: Call, [permission, level]: Needs): void {
  const { world, token, path } = call;
  const isHere =
    [path["owner"], path["repo"]].join("/").toLowerCase() === `${world.owner}/${world.name}`.toLowerCase();
  // A private repository is hidden from who has no right to it, not closed.
  if (!isHere || (world.isPrivate && token?.permissions === undefined)) throw notFound();
  if (level === "read" && !world.isPrivate) return;
  if (token === undefined) throw refuse(401, "Requires authentication");
  const has = permission === "metadata" ? "read" : (token.permissions?.[permission] ?? "none");
  if (RANKS[has] >= RANKS[level]) return;
  const kind = token.app === undefined ? "personal access token" : "integration";
  throw refuse(403, `Resource not accessible by ${kind}`);
}
