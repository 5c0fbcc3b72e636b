import type { RosterFile } from "../../src/core/port.ts";
import type { AccountData } from "../../src/sandbox/data.ts";

/*
 * Rosters of any size, each with an account to plan it on.
 */

export interface World {
  readonly files: Readonly<Record<RosterFile, string>>;
  readonly account: AccountData;
}

const OWNER = "acme/access";
const SETTINGS = `account: "123456789012"\nowner: ${OWNER}\n`;
const POLICIES: readonly string[] = ["ReadOnlyAccess", "IAMUserChangePassword"];

/** People and, each fifth, a machine; the account is as the files say. */
export function settled(users: number): World {
  const groups = Math.max(5, Math.round(users / 50));
  const indexes = Array.from({ length: users }, (_, index) => index);
  return {
    files: {
      "users.yaml": `users:\n${indexes.map((index) => declared(index, groups)).join("")}`,
      "groups.yaml": groupsFile(groups),
      "roster.yaml": SETTINGS,
    },
    account: { groups: liveGroups(groups), users: indexes.map((index) => live(index, groups)) },
  };
}

/** Users who are not there yet, each for three of ten groups that are. */
export function newcomers(users: number): World {
  const lines = Array.from({ length: users }, (_, index) => {
    const groups = [0, 3, 6].map((step) => `group-${(index + step) % 10}`);
    return `  user-${index}: { name: Person ${index}, groups: [${groups.join(", ")}] }\n`;
  });
  return {
    files: {
      "users.yaml": `users:\n${lines.join("")}`,
      "groups.yaml": groupsFile(10),
      "roster.yaml": SETTINGS,
    },
    account: { groups: liveGroups(10), users: [] },
  };
}

function isMachine(index: number): boolean {
  return index % 5 === 4;
}

function groupsOf(index: number, groups: number): readonly [string, string] {
  return [`group-${index % groups}`, `group-${(index + 3) % groups}`];
}

function declared(index: number, groups: number): string {
  const [one, other] = groupsOf(index, groups);
  if (isMachine(index)) {
    return `  user-${index}:
    path: /machines/
    groups: [${one}, ${other}]
    access: [programmatic]
    encryptTo: github:person${index}
    tags: { team: team-${index % 20} }
`;
  }
  return `  user-${index}:
    name: Person ${index}
    email: person${index}@example.com
    github: person${index}
    groups:
      - ${one}
      - { group: ${other}, until: 2199-12-31, reason: project ${index} }
    access: [console]
    tags: { team: team-${index % 20} }
`;
}

function live(index: number, groups: number): NonNullable<AccountData["users"]>[number] {
  const user = {
    name: `user-${index}`,
    groups: groupsOf(index, groups),
    tags: { "iam-roster:owner": OWNER, team: `team-${index % 20}` },
  };
  return isMachine(index) ? { ...user, path: "/machines/", accessKeys: [{}] } : { ...user, password: {} };
}

function groupsFile(groups: number): string {
  const lines = Array.from({ length: groups }, (_, index) => {
    return `  group-${index}: { policies: [${POLICIES.join(", ")}] }\n`;
  });
  return `groups:\n${lines.join("")}`;
}

function liveGroups(groups: number): NonNullable<AccountData["groups"]> {
  const policies = POLICIES.map((name) => `arn:aws:iam::aws:policy/${name}`);
  return Array.from({ length: groups }, (_, index) => ({ name: `group-${index}`, policies }));
}
