import type { Subject } from "../change.ts";
import { isIgnored } from "./desire.ts";
import type { Drafting } from "./draft.ts";
import type { Aim, Case } from "./aim.ts";
import { isDeactivated, isHeldByDeny, orphanedTags, ownerName, standing } from "../ownership.ts";
import { newToken, receiptOf } from "../receipts.ts";
import type { Warning } from "../refusal.ts";
import type { DeclaredUser } from "../roster.ts";
import { compareNames, fold } from "../rules/names.ts";
import { isQuarantine } from "../rules/policies.ts";
import type { Credential, Credentials, User } from "../state.ts";

/** What a reader should know of a user beside its changes. */
export function userWarnings(
  { declared, live }: Case,
  aim: Aim["kind"],
  drafting: Drafting,
): readonly Warning[] {
  const name = declared === undefined ? live.name : (live?.name ?? declared.name);
  const subject: Subject = { type: "user", name };
  const ofLive = live === undefined ? [] : liveWarnings(subject, { live, aim, drafting });
  if (declared === undefined) return ofLive;
  return lineWarnings(declared, live, drafting).concat(
    ofLive,
    live === undefined ? [] : holdWarnings(subject, declared, live),
    credentialWarnings(subject, { declared, live, aim }),
  );
}

/** Lines that have done their work, or that find nothing. */
function lineWarnings(
  declared: DeclaredUser,
  live: User | undefined,
  drafting: Drafting,
): readonly Warning[] {
  const { name, renamedFrom: from } = declared;
  const subject: Subject = { type: "user", name };
  const running = drafting.renames.users.has(fold(name));
  const warnings: Warning[] = [];
  if (live !== undefined && live.name !== name) {
    warnings.push({ code: "case-drift", subject, arguments: { written: name, live: live.name } });
  }
  if (declared.adopt && live !== undefined && standing(live, ownerName(drafting.settings)) === "managed") {
    warnings.push({ code: "spent-adopt", subject, arguments: {} });
  }
  if (from !== undefined && !running && declared.status === "active") {
    const code = live === undefined ? "renamed-from-unknown" : "spent-rename";
    warnings.push({ code, subject, arguments: { from } });
  }
  return warnings;
}

interface Looked {
  readonly live: User;
  readonly aim: Aim["kind"];
  readonly drafting: Drafting;
}

function liveWarnings(subject: Subject, { live, aim, drafting }: Looked): readonly Warning[] {
  const keys = orphanedTags(live);
  return [
    ...(keys.length === 0 ? [] : [{ code: "owner-tag-missing", subject, arguments: { keys } } as const]),
    ...(aim === "close" ? keptGroupWarnings(subject, live, drafting) : []),
  ];
}

function keptGroupWarnings(subject: Subject, { groups }: User, { settings }: Drafting): readonly Warning[] {
  return [...groups.values()]
    .filter((group) => isIgnored(group, settings.ignore.groups))
    .toSorted(compareNames)
    .map((group) => ({ code: "ignored-group-kept", subject, arguments: { group } }));
}

function holdWarnings(subject: Subject, declared: DeclaredUser, live: User): readonly Warning[] {
  return [
    ...(isHeldByDeny(declared, live) ? [{ code: "hold", subject, arguments: {} } as const] : []),
    ...[...live.policies]
      .filter(isQuarantine)
      .map((policy) => ({ code: "quarantine", subject, arguments: { policy } }) as const),
  ];
}

function credentialWarnings(
  subject: Subject,
  { declared, live, aim }: Case & { readonly declared: DeclaredUser; readonly aim: Aim["kind"] },
): readonly Warning[] {
  if (aim === "nothing" || aim === "close" || aim === "delete") return [];
  if (live?.credentials === undefined) return [];
  const { credentials } = live;
  const active = credentials.accessKeys.filter(isActive).map(({ id }) => id);
  const warnings: Warning[] = [];
  if (credentials.password === undefined && isWithdrawn(declared, live)) {
    warnings.push({ code: "password-withdrawn", subject, arguments: {} });
  }
  if (declared.access?.has("programmatic") === true && active.length > 1) {
    warnings.push({ code: "several-active-keys", subject, arguments: { keys: active } });
  }
  return [...warnings, ...otherCredentialWarnings(subject, credentials)];
}

/** Was the password that nobody claimed the last one, and has nobody asked for another? */
function isWithdrawn({ access, resetPassword }: DeclaredUser, live: User): boolean {
  return (
    access?.has("console") === true &&
    receiptOf(live, "password")?.state === "withdrawn" &&
    !isDeactivated(live) &&
    newToken(live, "password", resetPassword) === undefined
  );
}

/** Kinds that no file speaks of, listed where they were read: they sign in to services by themselves. */
function otherCredentialWarnings(subject: Subject, credentials: Credentials): readonly Warning[] {
  const keys = credentials.sshKeys.filter(isActive).map(({ id }) => id);
  const services = credentials.serviceCredentials
    .filter(isActive)
    .map(({ id, service }) => `${id} (${service})`);
  return [
    ...(keys.length === 0 ? [] : [{ code: "ssh-keys", subject, arguments: { keys } } as const]),
    ...(services.length === 0
      ? []
      : [{ code: "service-credentials", subject, arguments: { credentials: services } } as const]),
  ];
}

function isActive({ status }: Credential): boolean {
  return status === "Active";
}
