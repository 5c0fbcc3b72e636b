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

/** So was what makes Emily an administrator. */
const DRIFTED: AccountData = {
  groups: GROUPS,
  users: [{ ...EMILY, groups: ["administrators", "auditors"] }, DANIEL],
};

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

const FINGERPRINT = "SHA256:MMxxamPpw7icEcNe9WMmNjvlXcWStezeUL3rTo2+jdI";
const FINGERPRINT_OF_BOT = "age1p0lz32qrsynwngy9wgl8df7tawqw9psgtktwwettvupq2rteuu3sycjvd6";

const CREDENTIALS = {
  ...COMMITTED,
  "groups.yaml":
    "groups:\n  auditors: { policies: [SecurityAudit] }\n  deployers: { policies: [AmazonS3FullAccess] }\n",
};

/** Users may change their own passwords, as who is given one has to. */
const ISSUING: AccountData = {
  passwordPolicy: {
    minimumLength: 14,
    requireSymbols: true,
    requireNumbers: true,
    requireUppercase: true,
    requireLowercase: true,
    usersMayChange: true,
    maxAge: undefined,
    reusePrevention: undefined,
    hardExpiry: undefined,
  },
  groups: [
    { name: "auditors", policies: [awsPolicy("SecurityAudit")] },
    { name: "deployers", policies: [awsPolicy("AmazonS3FullAccess")] },
  ],
};

const EMILY_SIGNS_IN = {
  ...EMILY,
  password: { createdAt: "2026-03-02T09:00:00Z" },
  passwordLastUsed: "2026-11-02T08:15:00Z",
  tags: { ...OURS, "iam-roster:password": `issued 2026-03-02T09:00:00Z ${FINGERPRINT}` },
};

const EMILY_WAITS = {
  ...EMILY,
  password: { createdAt: "2026-11-10T09:00:00Z", resetRequired: true },
  tags: { ...OURS, "iam-roster:password": `issued 2026-11-10T09:00:00Z ${FINGERPRINT}` },
};

const BOT = {
  name: "build-bot",
  createdAt: "2026-03-02T09:00:00Z",
  groups: ["deployers"],
  accessKeys: [{ id: "AKIAIOSFODNN7EXAMPLE", createdAt: "2026-03-02T09:00:00Z" }],
  tags: {
    ...OURS,
    "iam-roster:key": `issued 2026-03-02T09:00:00Z AKIAIOSFODNN7EXAMPLE ${FINGERPRINT_OF_BOT}`,
  },
};

/** Both files are there, and the person's own key. */
const RECEIVED = `mkdir -m 700 ~/.ssh && cp ~/keys/emily ~/.ssh/id_ed25519
cat > users.yaml <<END
users:
  emily: { groups: [auditors], access: [console, programmatic], encryptTo: "$(cat ~/keys/emily.pub)" }
END
iam-roster apply --yes --credentials-dir ~/handover
mv ~/handover/* .`;

/** By page and section; a section that is not here has a copy of the checkout and an empty account. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  "docs/permissions.md: What is missing": { account: BY_HAND },
  "README.md: ": { account: LEAVING },
  "README.md: An account with users in it": { account: BY_HAND, committed: COMMITTED },
  "README.md: Day to day": { account: MANAGED, committed: COMMITTED },
  "README.md: The files": { committed: COMMITTED },
  "README.md: Passwords and keys": { account: { ...ISSUING, users: [EMILY] }, committed: CREDENTIALS },
  "docs/credentials.md: From the line to the file": {
    account: { ...ISSUING, users: [EMILY] },
    committed: CREDENTIALS,
  },
  "docs/credentials.md: A new password": {
    account: { ...ISSUING, users: [EMILY_SIGNS_IN] },
    committed: CREDENTIALS,
  },
  "docs/credentials.md: A new key": { account: { ...ISSUING, users: [BOT] }, committed: CREDENTIALS },
  "docs/credentials.md: A password that nobody claims": {
    account: { ...ISSUING, users: [EMILY_WAITS] },
    committed: CREDENTIALS,
  },
  "docs/credentials.md: A run that is cut": {
    account: { ...ISSUING, users: [EMILY] },
    committed: CREDENTIALS,
    faults: [{ kind: "access-denied", operations: ["TagUser"], after: 1, times: 1 }],
  },
  "docs/credentials-for-you.md: 2. Open it": {
    account: { ...ISSUING, users: [EMILY] },
    committed: CREDENTIALS,
    before: RECEIVED,
  },
  "docs/credentials-for-you.md: 3. Use it": {
    account: { ...ISSUING, users: [EMILY] },
    committed: CREDENTIALS,
    before: `${RECEIVED}\nage -d -i ~/.ssh/id_ed25519 -o emily-key.csv emily.key.age`,
  },
  "docs/how-it-works.md: From the branch to the account": { account: LEAVING, committed: DANIEL_STAYS },
  "docs/how-it-works.md: When a call fails": {
    account: LEAVING,
    committed: DANIEL_STAYS,
    faults: [{ kind: "access-denied", operations: ["UpdateAccessKey"], times: 2 }],
  },
  "docs/how-it-works.md: What was done by hand": { account: DRIFTED, committed: COMMITTED },
  "docs/reference/files.md: An example": { committed: COMMITTED },
  "docs/reference/json.md: An example": { account: MANAGED, committed: COMMITTED },
  "docs/threat-model.md: A guard that goes in the same change": {
    account: LEAVING,
    committed: DANIEL_PROTECTED,
  },
};
