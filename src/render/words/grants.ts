import type { Grant } from "../../core/grant.ts";
import { listing, type Phrase, say } from "../phrase.ts";
import { policyWords } from "./changes.ts";

/** A grant as a reviewer would name it: `emily gets PowerUserAccess through developers`. */
export function grantWords(grant: Grant): Phrase {
  if ("policy" in grant) {
    const through = grant.via === undefined ? [] : say` through ${grant.via}`;
    return say`${grant.user} gets ${heldWords(grant.policy)}${through}`;
  }
  if ("boundary" in grant) {
    if (grant.boundary === "none") return say`${grant.user} has no permissions boundary`;
    return say`${grant.user} has permissions boundary ${policyWords(grant.boundary)}`;
  }
  if ("credential" in grant) {
    const what = grant.credential === "key" ? "an access key" : "a password";
    return say`${grant.user} gets ${[what]} readable by ${listing(grant.to.split(" "))}`;
  }
  if ("tag" in grant) {
    if (grant.value === undefined) return say`${grant.user} loses tag ${grant.tag}`;
    return say`${grant.user} is tagged ${grant.tag} = ${grant.value}`;
  }
  const name = "user" in grant ? grant.user : grant.group;
  if ("path" in grant) return say`${name} is at path ${grant.path}`;
  if ("renamedFrom" in grant) return say`${name} is renamed from ${grant.renamedFrom}`;
  return say`${name} joins ${grant.group}`;
}

const DIGEST_SHOWN = 12;

/** A managed policy by its name; an inline document, which a grant names by digest, by the first digits of that. */
export function heldWords(policy: string): Phrase {
  if (!policy.startsWith("sha256:")) return policyWords(policy);
  return say`an inline policy (${policy.slice(0, "sha256:".length + DIGEST_SHOWN)}…)`;
}
