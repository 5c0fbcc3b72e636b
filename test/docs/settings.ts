import type { AccountData } from "../../src/sandbox/data.ts";
import type { Setting } from "./workshop.ts";

/* What the pages take for granted: for each section, the account and the files that are there when it begins. */

const OURS = { "iam-roster:owner": "acme/access" };

const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

const GROUPS = [
  { name: "administrators", policies: [awsPolicy("AdministratorAccess")] },
  { name: "auditors", policies: [awsPolicy("SecurityAudit")] },
];

const EMILY = {
  name: "emily",
  createdAt: "2024-03-01T09:00:00Z",
  tags: OURS,
  groups: ["auditors"],
};

const DANIEL = {
  name: "daniel",
  createdAt: "2023-06-12T09:00:00Z",
  groups: ["administrators"],
  password: {},
  passwordLastUsed: "2026-11-17T16:05:00Z",
  accessKeys: [{ id: "AKIAIOSFODNN7EXAMPLE", createdAt: "2023-06-12T09:30:00Z" }],
};

/** Emily stays; Daniel is one of ours, and the files name him no more. */
const LEAVING: AccountData = { groups: GROUPS, users: [EMILY, { ...DANIEL, tags: OURS }] };

/** Daniel was made by hand. */
const BY_HAND: AccountData = { groups: GROUPS, users: [DANIEL] };

const MANAGED: AccountData = { groups: GROUPS, users: [EMILY] };

const COMMITTED = {
  "users.yaml": "users:\n  emily:\n    groups: [auditors]\n",
  "groups.yaml":
    "groups:\n  administrators: { policies: [AdministratorAccess] }\n  auditors: { policies: [SecurityAudit] }\n",
  "roster.yaml": 'account: "123456789012"\nowner: acme/access\n',
};

const DANIEL_STAYS = {
  ...COMMITTED,
  "users.yaml": `${COMMITTED["users.yaml"]}  daniel:
    groups: [administrators]
    access: [console, programmatic]
`,
  // A reader of the page need not wait; nor need the test.
  "roster.yaml": `${COMMITTED["roster.yaml"]}offboarding: { verifyAfter: 1s }\n`,
};

const DANIEL_PROTECTED = {
  ...DANIEL_STAYS,
  "roster.yaml": `${COMMITTED["roster.yaml"]}protected: [daniel]\n`,
};

/** By page and section; a section that is not here has a copy of the checkout and an empty account. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  "docs/permissions.md: What is missing": { account: BY_HAND },
  "README.md: ": { account: LEAVING },
  "README.md: An account with users in it": { account: BY_HAND, committed: COMMITTED },
  "README.md: Day to day": { account: MANAGED, committed: COMMITTED },
  "README.md: The files": { committed: COMMITTED },
  "docs/how-it-works.md: From the branch to the account": { account: LEAVING, committed: DANIEL_STAYS },
  "docs/how-it-works.md: When a call fails": {
    account: LEAVING,
    committed: DANIEL_STAYS,
    faults: [{ kind: "access-denied", operations: ["UpdateAccessKey"], times: 2 }],
  },
  "docs/reference/files.md: An example": { committed: COMMITTED },
  "docs/reference/json.md: An example": { account: MANAGED, committed: COMMITTED },
  "docs/threat-model.md: A guard that goes in the same change": {
    account: LEAVING,
    committed: DANIEL_PROTECTED,
  },
};
