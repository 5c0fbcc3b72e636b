import { inParallel } from "../apply/pool.ts";
import type { Issuing } from "../apply/run.ts";
import type { ResolveRecipients } from "../core/port.ts";
import type { Resolved } from "../core/recipient.ts";
import { folderHandOver } from "../credentials/folder.ts";
import { type KeysOf, resolveRecipients as resolve } from "../credentials/recipient.ts";
import { ageSealing } from "../credentials/sealing.ts";
import { type GitHubAccess, publicKeys } from "../github/keys.ts";
import { random } from "./machine.ts";

/* What it takes to issue credentials. Whoever issues nothing does not load this. */

export const resolveRecipients: ResolveRecipients = (texts) =>
  recipientsFrom({
    apiUrl: process.env["GITHUB_API_URL"] || "https://api.github.com",
    token: process.env["GITHUB_TOKEN"] || undefined,
  })(texts);

/** Each text by itself, since each is told of by itself. */
export function recipientsFrom(github: GitHubAccess): ResolveRecipients {
  const keysOf: KeysOf = (login) => publicKeys(login, github);
  return async (texts) => {
    const resolved = new Map<string, Resolved>();
    // GitHub takes a hundred requests at a time from everybody in a company together.
    await inParallel(texts, async (text) => void resolved.set(text, await resolve([text], keysOf)));
    return resolved;
  };
}

export function issuingTo(directory: string): Issuing {
  return { sealing: ageSealing(random), handOver: folderHandOver(directory) };
}
