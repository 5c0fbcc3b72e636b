import type { ChangeKind, Intent, PerKind } from "../../core/change.ts";
import type { Entry, PlannedChange } from "../../core/plan.ts";

/** `+` gives, `-` takes, `~` is neither, or nobody can say. */
export type Sign = "+" | "-" | "~";

interface Nature {
  /** The sign where the reach does not decide it. */
  readonly sign: Sign;
  /** What was there cannot be brought back. */
  readonly final: boolean;
  /** What to say where the reach is `either`. */
  readonly either: string;
}

const gives: Nature = { sign: "+", final: false, either: "may take something too" };
const takes: Nature = { sign: "-", final: false, either: "may also lift a deny" };
const destroys: Nature = { ...takes, final: true };
const replaces: Nature = { sign: "~", final: false, either: "may give and take" };
const labels: Nature = { sign: "~", final: false, either: "policies may look at it" };

const NATURE: PerKind<Nature> = {
  CreateUser: gives,
  UpdateUser: labels,
  DeleteUser: destroys,
  TagUser: labels,
  UntagUser: { ...labels, sign: "-" },
  PutUserPermissionsBoundary: replaces,
  DeleteUserPermissionsBoundary: gives,
  AddUserToGroup: gives,
  RemoveUserFromGroup: takes,
  AttachUserPolicy: gives,
  DetachUserPolicy: takes,
  PutUserPolicy: replaces,
  DeleteUserPolicy: takes,
  DeleteLoginProfile: destroys,
  UpdateAccessKey: takes,
  DeleteAccessKey: destroys,
  UpdateSSHPublicKey: takes,
  DeleteSSHPublicKey: destroys,
  UpdateSigningCertificate: takes,
  DeleteSigningCertificate: destroys,
  UpdateServiceSpecificCredential: takes,
  DeleteServiceSpecificCredential: destroys,
  DeactivateMFADevice: takes,
  DeleteVirtualMFADevice: destroys,
  IssuePassword: gives,
  IssueKey: gives,
  CreateGroup: gives,
  UpdateGroup: labels,
  DeleteGroup: takes,
  AttachGroupPolicy: gives,
  DetachGroupPolicy: takes,
  PutGroupPolicy: replaces,
  DeleteGroupPolicy: takes,
};

/** By what the change does to what a person can do: attaching a deny takes. */
export function signOf(change: PlannedChange): Sign {
  if (change.reach === "broadens") return "+";
  if (change.reach === "narrows") return "-";
  return NATURE[change.kind].sign;
}

/** What is uncertain about the change; undefined where nothing is. */
export function uncertainty(change: PlannedChange): string | undefined {
  return change.reach === "either" ? NATURE[change.kind].either : undefined;
}

export function isFinal(kind: ChangeKind): boolean {
  return NATURE[kind].final;
}

/** Does the change take something away, for a while or for good? */
function isDestructive(change: PlannedChange): boolean {
  return isFinal(change.kind) || (change.reach !== "keeps" && signOf(change) === "-");
}

const CLOSING: ReadonlySet<Intent> = new Set(["deactivate", "delete"]);

export function takesAway(entry: Pick<Entry, "intent" | "changes">): boolean {
  // Somebody new loses nothing by a deny that is there from the start.
  if (entry.intent === "create") return false;
  return CLOSING.has(entry.intent) || entry.changes.some(isDestructive);
}

export const INTENT_SIGN: Readonly<Record<Intent, Sign>> = {
  create: "+",
  adopt: "~",
  update: "~",
  rename: "~",
  deactivate: "-",
  reactivate: "+",
  delete: "-",
};
