import { type ByKind, byKind, type Change, DEACTIVATED_TAG, type Reach, type SubjectType } from "./change.ts";
import { documentDenies, type JsonObject } from "./rules/documents.ts";
import { fold } from "./rules/names.ts";
import { knownToDeny, mayDeny } from "./rules/policies.ts";
import type { Arn, GroupName, State } from "./state.ts";

/*
 * The one order, over all entries. Everything that takes away comes before anything that gives, and a deny is lifted
 * after both, so that nobody holds, even for a moment, what neither the old nor the new state gives.
 */

export const PHASES = [
  "disable",
  "narrow",
  "prepare",
  "broaden-groups",
  "broaden-users",
  "issue",
  "lift",
  "delete",
] as const;

export type Phase = (typeof PHASES)[number];

/** What decides a change's place beside the change itself. */
export interface Placing {
  readonly live: Pick<State, "groups">;
  /** ARNs that somebody newly gets in this plan. */
  readonly gained: ReadonlySet<Arn>;
}

/**
 * The phase of a change that updates a subject. (Closing and deleting are sequences of their own: `disable`, then
 * `delete`.) Within one phase an entry's changes keep the order they are written in.
 *
 * What is known to deny is lifted last. A customer's own policy may deny or not, its document is not read: taking it
 * away comes early, as with everything that narrows, unless somebody newly gets the same policy another way. Then it
 * comes last too, so that a deny that both the old and the new state have is never missing in between.
 */
export function phaseOf(change: Change & { readonly reach: Reach }, placing: Placing): Phase {
  return byKind(PHASE, change, { ...placing, reach: change.reach });
}

/** The policies that somebody newly gets: attached, or held by a group that is newly joined. */
export function gainedPolicies(changes: readonly Change[], live: Pick<State, "groups">): ReadonlySet<Arn> {
  const gained = new Set<Arn>();
  for (const change of changes) {
    if (change.kind === "AttachUserPolicy" || change.kind === "AttachGroupPolicy") gained.add(change.policy);
    if (change.kind !== "AddUserToGroup") continue;
    for (const policy of live.groups.get(fold(change.group))?.policies ?? []) gained.add(policy);
  }
  return gained;
}

type Placed = Placing & { readonly reach: Reach };

function takingAway(policies: Iterable<Arn>, { gained }: Placed): Phase {
  return [...policies].some((policy) => knownToDeny(policy) || (mayDeny(policy) && gained.has(policy)))
    ? "lift"
    : "narrow";
}

function leaving(group: GroupName, placed: Placed): Phase {
  const left = placed.live.groups.get(fold(group));
  if (left === undefined) return "narrow";
  const denies = [...left.inlinePolicies.values()].some(({ document }) => documentDenies(document));
  return denies ? "lift" : takingAway(left.policies, placed);
}

function deleting(document: JsonObject): Phase {
  return documentDenies(document) ? "lift" : "narrow";
}

function putting(replaces: JsonObject | undefined, reach: Reach, broaden: Phase): Phase {
  if (reach === "narrows") return "narrow";
  return replaces !== undefined && documentDenies(replaces) ? "lift" : broaden;
}

const PHASE: ByKind<Phase, [placed: Placed]> = {
  CreateUser: () => "prepare",
  UpdateUser: () => "prepare",
  DeleteUser: () => "delete",
  TagUser: () => "prepare",
  // The deactivation tag says that the deny is ours, so it goes after it.
  UntagUser: ({ keys }) => (keys.includes(DEACTIVATED_TAG) ? "lift" : "prepare"),
  PutUserPermissionsBoundary: ({ replaces }) => (replaces === undefined ? "narrow" : "prepare"),
  DeleteUserPermissionsBoundary: () => "prepare",
  AddUserToGroup: () => "broaden-users",
  RemoveUserFromGroup: ({ group }, placed) => leaving(group, placed),
  AttachUserPolicy: (_, { reach }) => (reach === "narrows" ? "narrow" : "broaden-users"),
  DetachUserPolicy: ({ policy }, placed) => takingAway([policy], placed),
  PutUserPolicy: ({ replaces }, { reach }) => putting(replaces, reach, "broaden-users"),
  DeleteUserPolicy: ({ document }) => deleting(document),
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
  CreateGroup: () => "prepare",
  UpdateGroup: () => "prepare",
  DeleteGroup: () => "delete",
  AttachGroupPolicy: (_, { reach }) => (reach === "narrows" ? "narrow" : "broaden-groups"),
  DetachGroupPolicy: ({ policy }, placed) => takingAway([policy], placed),
  PutGroupPolicy: ({ replaces }, { reach }) => putting(replaces, reach, "broaden-groups"),
  DeleteGroupPolicy: ({ document }) => deleting(document),
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
  if (change.kind !== "UpdateUser" && change.kind !== "UpdateGroup") return undefined;
  if (change.newName === undefined) return undefined;
  const [type, name]: [SubjectType, string] =
    change.kind === "UpdateUser" ? ["user", change.user] : ["group", change.group];
  return { from: `${type} ${fold(name)}`, to: `${type} ${fold(change.newName)}` };
}
