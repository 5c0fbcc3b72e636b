import { type ChangeKind, DEACTIVATED_TAG } from "../core/change.ts";
import { DUE_PART, READING } from "../core/duties.ts";
import type { Job } from "../core/job.ts";
import { RECEIPT_TAG } from "../core/receipts.ts";
import type { IamRead } from "../core/port.ts";
import { compareText } from "../core/rules/names.ts";
import { denyAllArn } from "../core/rules/policies.ts";
import type { Path, UserName } from "../core/state.ts";
import {
  askedOn,
  type AskedOn,
  type Permission,
  READ_PERMISSIONS,
  WRITE_PERMISSIONS,
} from "./permissions.ts";

/*
 * The least IAM policy for a job: what its reads and its changes ask for, and nothing else.
 */

/** Where the policy holds. */
export interface Scope {
  readonly partition: string;
  readonly account: string;
  /** Only users and groups under these paths may be changed; `/` is all of them. */
  readonly paths: readonly Path[];
  /** Users whom nothing may change. */
  readonly protected: readonly UserName[];
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Condition;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export function jobPolicy(job: Job, scope: Scope): PolicyDocument {
  const wanted = permissionsOf(job);
  const groups = Map.groupBy(wanted, (permission) => sidOf(permission, job));
  return {
    Version: "2012-10-17",
    Statement: [
      ...[...groups].map(([Sid, permissions]) => allowing({ Sid, permissions, job }, scope)),
      denying(scope),
    ],
  };
}

/** In the order of kinds of resources, reads first; within one by name. */
export function permissionsOf(job: Job): readonly Permission[] {
  const reads = Object.entries(READ_PERMISSIONS)
    .filter(([read]) => READING[read as keyof IamRead].includes(job))
    .flatMap(([, permissions]) => permissions);
  const writes = Object.entries(WRITE_PERMISSIONS)
    .filter(([kind]) => mayMake(job, kind as ChangeKind))
    .flatMap(([, permissions]) => permissions);
  const place = (permission: Permission): number =>
    KINDS.indexOf(askedOn(permission)) + (isRead(permission) ? 0 : KINDS.length);
  return [...new Set([...reads, ...writes])].toSorted(
    (one, other) => place(one) - place(other) || compareText(one, other),
  );
}

const KINDS: readonly AskedOn[] = ["account", "user", "group", "policy", "mfa"];

function mayMake(job: Job, kind: ChangeKind): boolean {
  return job === "apply" || (job === "expire" && DUE_PART[kind] !== "nothing");
}

function isRead(permission: Permission): boolean {
  return /^iam:(Get|List|Generate)/.test(permission);
}

/** What of a permission `expire` needs no more than a part of, as far as IAM has a condition for it. */
const LIMITS: Partial<
  Record<Permission, { readonly sid: string; readonly to: (scope: Scope) => Condition }>
> = {
  "iam:AttachUserPolicy": {
    sid: "AttachTheDeny",
    to: ({ partition }) => ({ ArnEquals: { "iam:PolicyARN": denyAllArn(partition) } }),
  },
  "iam:TagUser": {
    sid: "TagWhatTimeEnded",
    to: () => ({
      "ForAllValues:StringEquals": { "aws:TagKeys": [DEACTIVATED_TAG, RECEIPT_TAG.password] },
      // By itself, ForAllValues holds where there is no key at all.
      Null: { "aws:TagKeys": "false" },
    }),
  },
};

function sidOf(permission: Permission, job: Job): string {
  const limit = job === "expire" ? LIMITS[permission] : undefined;
  return limit?.sid ?? (isRead(permission) ? READ_SIDS : WRITE_SIDS)[askedOn(permission)];
}

const READ_SIDS: Readonly<Record<AskedOn, string>> = {
  account: "ReadTheAccount",
  user: "ReadUsers",
  group: "ReadGroups",
  policy: "ReadPolicies",
  mfa: "ReadMfaDevices",
};

const WRITE_SIDS: Readonly<Record<AskedOn, string>> = {
  account: "ChangeTheAccount",
  user: "ChangeUsers",
  group: "ChangeGroups",
  policy: "ChangePolicies",
  mfa: "DeleteMfaDevices",
};

interface Allowing {
  readonly Sid: string;
  readonly permissions: readonly Permission[];
  readonly job: Job;
}

/** All of these permissions are asked for on the same kind of resource, to the same end. */
function allowing({ Sid, permissions, job }: Allowing, scope: Scope): Statement {
  const [first = "iam:GetUser"] = permissions;
  // Everybody can be listed anyway; and of a user who is gone IAM says so only to who may read it anywhere.
  const paths = isRead(first) ? ["/"] : scope.paths;
  const limit = job === "expire" ? LIMITS[first] : undefined;
  return {
    Sid,
    Effect: "Allow",
    Action: permissions,
    Resource: resourcesOf(askedOn(first), { ...scope, paths }),
    ...(limit !== undefined && { Condition: limit.to(scope) }),
  };
}

function resourcesOf(kind: AskedOn, scope: Scope): string | readonly string[] {
  const { partition } = scope;
  switch (kind) {
    case "account":
      return "*";
    case "user":
    case "group":
      return scope.paths.map((path) => arn(scope, `${kind}${path}*`));
    case "policy":
      return [`arn:${partition}:iam::aws:policy/*`, arn(scope, "policy/*")];
    case "mfa":
      return [arn(scope, "mfa/*")];
    default:
      return kind satisfies never;
  }
}

function arn({ partition, account }: Scope, rest: string): string {
  return `arn:${partition}:iam::${account}:${rest}`;
}

/**
 * Whatever else the identity is given besides: no protected user, no role (its own is among them), nothing that says what
 * a role may do or who may take it. A name is matched on any path and on none.
 */
function denying(scope: Scope): Statement {
  return {
    Sid: "NeverChangeThese",
    Effect: "Deny",
    NotAction: ["iam:Get*", "iam:List*", "iam:Simulate*", "sts:*"],
    Resource: [
      ...scope.protected.flatMap((name) => [arn(scope, `user/${name}`), arn(scope, `user/*/${name}`)]),
      ...["role", "policy", "oidc-provider", "saml-provider"].map((kind) => arn(scope, `${kind}/*`)),
    ],
  };
}
