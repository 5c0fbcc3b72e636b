import type { Issuing } from "../apply/run.ts";
import type { ResolveRecipients } from "../core/port.ts";
import { folderHandOver } from "../credentials/folder.ts";
import { type KeysOf, resolveRecipients as resolve } from "../credentials/recipient.ts";
import { ageSealing } from "../credentials/sealing.ts";
import { publicKeys } from "../github/keys.ts";
import { random } from "./machine.ts";

/* What it takes to issue credentials. Whoever issues nothing does not load this. */

/** Each text by itself, since each is told of by itself. */
export const resolveRecipients: ResolveRecipients = async (texts) => {
  const github = {
    apiUrl: process.env["GITHUB_API_URL"] || "https://api.github.com",
    token: process.env["GITHUB_TOKEN"] || undefined,
  };
  const keysOf: KeysOf = (login) => publicKeys(login, github);
  const resolved = texts.map(async (text) => [text, await resolve([text], keysOf)] as const);
  return new Map(await Promise.all(resolved));
};

export function issuingTo(directory: string): Issuing {
  return { sealing: ageSealing(random), handOver: folderHandOver(directory) };
}
