/*
 * What keeps IAM from deleting a user or a group (DeleteConflict), in its own words. Where several
 * children are left, which one IAM names first is not documented; the order here is ours.
 */

/** How much of each kind of child there still is. */
export interface UserChildren {
  readonly groups: number;
  readonly policies: number;
  readonly inlinePolicies: number;
  readonly passwords: number;
  readonly accessKeys: number;
  readonly certificates: number;
  readonly sshKeys: number;
  readonly serviceCredentials: number;
  readonly mfaDevices: number;
}

export interface GroupChildren {
  readonly members: number;
  readonly policies: number;
  readonly inlinePolicies: number;
}

const USER_CHILDREN: Readonly<Record<keyof UserChildren, string>> = {
  policies: "must detach all policies first.",
  inlinePolicies: "must delete policies first.",
  passwords: "must delete login profile first.",
  accessKeys: "must delete access keys first.",
  groups: "must remove users from group first.",
  mfaDevices: "must remove tokens from principal first.",
  certificates: "must delete certificates first.",
  sshKeys: "must remove referenced objects first.",
  serviceCredentials: "must remove referenced objects first.",
};

const GROUP_CHILDREN: Readonly<Record<keyof GroupChildren, string>> = {
  members: "must remove users from group first.",
  policies: "must detach all policies first.",
  inlinePolicies: "must delete policies first.",
};

/** Why DeleteUser is refused; undefined where nothing stands in its way. A permissions boundary does not. */
export function userDeletionConflict(children: UserChildren): string | undefined {
  return conflict(USER_CHILDREN, children);
}

export function groupDeletionConflict(children: GroupChildren): string | undefined {
  return conflict(GROUP_CHILDREN, children);
}

function conflict<Kind extends string>(
  texts: Readonly<Record<Kind, string>>,
  children: Readonly<Record<Kind, number>>,
): string | undefined {
  const kinds = Object.keys(texts) as Kind[];
  const blocking = kinds.find((kind) => children[kind] > 0);
  return blocking && `Cannot delete entity, ${texts[blocking]}`;
}
