import { type ByKind, byKind, type Change, DEACTIVATED_TAG, type Reach } from "./change.ts";
import { canonicalDocument, documentAllows, documentDenies, type JsonObject } from "./rules/documents.ts";
import { fold } from "./rules/names.ts";
import { knownToDeny, mayDeny } from "./rules/policies.ts";
import type { Arn, Group, GroupName, State, User } from "./state.ts";

/*
 * The one order, over all entries. Everything that takes away comes before anything that gives, and a deny is lifted
 * after both, so that nobody holds, even for a moment, what neither the old nor the new state gives.
 *
 * `mark` puts the tag on those who were disabled, once that is verified.
 *
 * What narrows and might also deny goes in `leave`, when all that it could have kept down and that has to go is gone.
 * Where the same deny newly comes another way it goes in `lift`, so that it is never missing in between. What only
 * denies, or bounds, goes last of these, in `unlock`.
 */

export const PHASES = [
  "disable",
  "mark",
  "narrow",
  "leave",
  "prepare",
  "broaden-groups",
  "broaden-users",
  "issue",
  "lift",
  "unlock",
  "delete",
] as const;

export type Phase = (typeof PHASES)[number];

/** Do the changes of this phase call everything by the names that hold after all renames? */
export function isAfterRenames(phase: Phase): boolean {
  return PHASES.indexOf(phase) >= PHASES.indexOf("prepare");
}

/** What decides a change's place beside the change itself. */
export interface Placing {
  readonly live: Pick<State, "groups">;
  /** What may deny and somebody newly gets in this plan. */
  readonly gained: ReadonlySet<string>;
  /** The plan creates the user or group that this is about. */
  readonly isNew: boolean;
}

/**
 * The phase of a change that updates a subject. (Closing and deleting are sequences of their own: `disable`, then
 * `delete`.) Within one phase an entry's changes keep the order they are written in.
 */
export function phaseOf(change: Change & { readonly reach: Reach }, placing: Placing): Phase {
  return byKind(PHASE, change, { ...placing, reach: change.reach });
}

/**
 * What may deny and somebody newly gets, by `denyKey`: attached, put, or held (and kept) by a group that is newly joined.
 */
export function gainedDenies(changes: readonly Change[], live: Pick<State, "groups">): ReadonlySet<string> {
  const gained = new Set<string>();
  const lost = new Map<string, Set<string>>();
  for (const change of changes) {
    if (change.kind === "AttachUserPolicy" || change.kind === "AttachGroupPolicy") gained.add(change.policy);
    if (change.kind === "PutUserPolicy" || change.kind === "PutGroupPolicy")
      gained.add(denyKey(change.document));
    const taken = takenFromGroup(change);
    if (taken !== undefined) lost.set(taken.group, (lost.get(taken.group) ?? new Set()).add(taken.deny));
  }
  for (const change of changes) {
    if (change.kind !== "AddUserToGroup") continue;
    const joined = live.groups.get(fold(change.group));
    const kept = joined && deniesOfHolder(joined).difference(lost.get(fold(change.group)) ?? new Set());
    for (const deny of kept ?? []) gained.add(deny);
  }
  return gained;
}

function takenFromGroup(change: Change): { readonly group: string; readonly deny: string } | undefined {
  if (change.kind === "DetachGroupPolicy") return { group: fold(change.group), deny: change.policy };
  if (change.kind === "DeleteGroupPolicy")
    return { group: fold(change.group), deny: denyKey(change.document) };
  if (change.kind !== "PutGroupPolicy" || change.replaces === undefined) return undefined;
  return { group: fold(change.group), deny: denyKey(change.replaces) };
}

/** Everything on the user or group itself that denies or might: ARNs, and documents by their meaning. */
export function deniesOfHolder({
  policies,
  inlinePolicies,
}: Pick<User | Group, "policies" | "inlinePolicies">): ReadonlySet<string> {
  const documents = [...inlinePolicies.values()].map(({ document }) => document).filter(documentDenies);
  return new Set([...[...policies].filter(mayDeny), ...documents.map(denyKey)]);
}

function denyKey(document: JsonObject): string {
  return canonicalDocument(document);
}

type Placed = Placing & { readonly reach: Reach };

/** A deny goes before what broadens; on somebody new it follows the creation, with nothing in between. */
function giving({ reach, isNew }: Placed, broadening: Phase): Phase {
  if (reach !== "narrows") return broadening;
  return isNew ? "prepare" : "narrow";
}

function detaching(policy: Arn, { gained }: Placed): Phase {
  if (knownToDeny(policy)) return "unlock";
  if (!mayDeny(policy)) return "narrow";
  return gained.has(policy) ? "lift" : "leave";
}

function deleting(document: JsonObject, { gained }: Placed): Phase {
  if (!documentDenies(document)) return "narrow";
  if (!documentAllows(document)) return "unlock";
  return gained.has(denyKey(document)) ? "lift" : "leave";
}

function leaving(group: GroupName, { live, gained }: Placed): Phase {
  const left = live.groups.get(fold(group));
  const denies = left === undefined ? new Set<string>() : deniesOfHolder(left);
  if (denies.size === 0) return "narrow";
  return denies.isDisjointFrom(gained) ? "leave" : "lift";
}

const PHASE: ByKind<Phase, [placed: Placed]> = {
  CreateUser: () => "prepare",
  UpdateUser: () => "prepare",
  DeleteUser: () => "delete",
  TagUser: () => "prepare",
  // The deactivation tag says that the deny is ours, so it goes after it.
  UntagUser: ({ keys }) => (keys.includes(DEACTIVATED_TAG) ? "unlock" : "prepare"),
  PutUserPermissionsBoundary: ({ replaces }) => (replaces === undefined ? "narrow" : "prepare"),
  // It bounds what is still to be taken away, some of that in `lift`.
  DeleteUserPermissionsBoundary: () => "unlock",
  AddUserToGroup: () => "broaden-users",
  RemoveUserFromGroup: ({ group }, placed) => leaving(group, placed),
  AttachUserPolicy: (_, placed) => giving(placed, "broaden-users"),
  DetachUserPolicy: ({ policy }, placed) => detaching(policy, placed),
  PutUserPolicy: (_, placed) => giving(placed, "broaden-users"),
  DeleteUserPolicy: ({ document }, placed) => deleting(document, placed),
  DeleteLoginProfile: () => "narrow",
  UpdateAccessKey: () => "narrow",
  DeleteAccessKey: () => "narrow",
  UpdateSSHPublicKey: () => "narrow",
  DeleteSSHPublicKey: () => "narrow",
  UpdateSigningCertificate: () => "narrow",
  DeleteSigningCertificate: () => "narrow",
  UpdateServiceSpecificCredential: () => "narrow",
  DeleteServiceSpecificCredential: () => "narrow",
  DeactivateMFADevice: () => "narrow",
  DeleteVirtualMFADevice: () => "narrow",
  IssuePassword: () => "issue",
  IssueKey: () => "issue",
  CreateGroup: () => "prepare",
  UpdateGroup: () => "prepare",
  DeleteGroup: () => "delete",
  AttachGroupPolicy: (_, placed) => giving(placed, "broaden-groups"),
  DetachGroupPolicy: ({ policy }, placed) => detaching(policy, placed),
  PutGroupPolicy: (_, placed) => giving(placed, "broaden-groups"),
  DeleteGroupPolicy: ({ document }, placed) => deleting(document, placed),
};

/** One step of the order: a change with the lane it runs in. */
export interface Step<Owner, Each extends Change = Change> {
  readonly owner: Owner;
  readonly change: Each;
}

/** Steps of one lane run one after the other; lanes of a phase run side by side. */
export type Lane<Owner, Each extends Change = Change> = readonly Step<Owner, Each>[];

type Phased = Change & { readonly phase: Phase };

/**
 * The lanes of each phase. A lane is one subject; renames where one frees the name that another takes share a lane, the
 * freeing one first.
 */
export function schedule<Owner extends { readonly changes: readonly Each[] }, Each extends Phased>(
  entries: readonly Owner[],
): readonly { readonly phase: Phase; readonly lanes: readonly Lane<Owner, Each>[] }[] {
  return PHASES.map((phase) => {
    const lanes = entries
      .map((owner) =>
        owner.changes.filter((change) => change.phase === phase).map((change) => ({ owner, change })),
      )
      .filter((lane) => lane.length > 0);
    return { phase, lanes: phase === "prepare" ? chained(lanes) : lanes };
  });
}

/** All steps one after the other, in the order of the phases. */
export function inOrder<Owner extends { readonly changes: readonly Each[] }, Each extends Phased>(
  entries: readonly Owner[],
): readonly Step<Owner, Each>[] {
  return schedule<Owner, Each>(entries).flatMap(({ lanes }) => lanes.flat());
}

/** Joins the lanes of renames that wait for each other. A circle cannot be: the files are checked for it. */
function chained<Owner, Each extends Change>(
  lanes: readonly Lane<Owner, Each>[],
): readonly Lane<Owner, Each>[] {
  const freeing = new Map(lanes.flatMap((lane) => renamesOf(lane).map(({ from }) => [from, lane] as const)));
  const before = (lane: Lane<Owner, Each>): Lane<Owner, Each> | undefined =>
    renamesOf(lane)
      .map(({ to }) => freeing.get(to))
      .find((other) => other !== lane);
  const waitedFor = new Set(lanes.map(before));
  const withBefore = (lane: Lane<Owner, Each>): Lane<Owner, Each> => {
    const first = before(lane);
    return first === undefined ? lane : [...withBefore(first), ...lane];
  };
  return lanes.filter((lane) => !waitedFor.has(lane)).map(withBefore);
}

function renamesOf(lane: Lane<unknown>): readonly { readonly from: string; readonly to: string }[] {
  return lane.flatMap(({ change }) => renameOf(change) ?? []);
}

function renameOf(change: Change): { readonly from: string; readonly to: string } | undefined {
  if (change.kind === "UpdateUser" && change.newName !== undefined)
    return { from: `user ${fold(change.user)}`, to: `user ${fold(change.newName)}` };
  if (change.kind === "UpdateGroup" && change.newName !== undefined)
    return { from: `group ${fold(change.group)}`, to: `group ${fold(change.newName)}` };
  return undefined;
}
