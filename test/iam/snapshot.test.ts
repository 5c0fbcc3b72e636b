import { expect, test } from "vitest";

import { IamFailure } from "../../src/core/failure.ts";
import type { UserData } from "../../src/sandbox/data.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { readDetails } from "../../src/iam/details.ts";
import { iamRead } from "../../src/iam/read.ts";
import { clientsOf, connect, HURRY } from "./connect.ts";
import { answerOf, impostor } from "./impostor.ts";

const DENY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "arn:aws:s3:::100% of it" }],
};

function users(count: number): readonly UserData[] {
  return Array.from({ length: count }, (_, index) => ({ name: `user${String(index).padStart(4, "0")}` }));
}

test("a snapshot holds every user and group with all that hangs on them", async () => {
  const { read } = await connect({
    state: {
      groups: [
        { name: "Admins", path: "/team/", policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
        { name: "readers", inlinePolicies: { Deny: DENY } },
      ],
      users: [
        {
          name: "Emily",
          id: "AIDAEMILY",
          path: "/people/",
          createdAt: "2026-01-02T03:04:05Z",
          tags: { "iam-roster:owner": "acme/access", Team: "platform" },
          boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
          groups: ["Admins", "readers"],
          policies: ["arn:aws:iam::aws:policy/AWSDenyAll"],
          inlinePolicies: { own: DENY },
        },
      ],
    },
  });
  const { state, warnings } = await read.snapshot();
  expect(warnings).toEqual([]);
  expect(state.account.id).toBe("123456789012");
  expect([...state.users.keys()]).toEqual(["emily"]);
  expect(state.users.get("emily")).toEqual({
    name: "Emily",
    id: "AIDAEMILY",
    createdAt: "2026-01-02T03:04:05Z",
    path: "/people/",
    tags: new Map([
      ["iam-roster:owner", { key: "iam-roster:owner", value: "acme/access" }],
      ["team", { key: "Team", value: "platform" }],
    ]),
    boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    groups: new Map([
      ["admins", "Admins"],
      ["readers", "readers"],
    ]),
    policies: new Set(["arn:aws:iam::aws:policy/AWSDenyAll"]),
    inlinePolicies: new Map([["own", { name: "own", document: DENY }]]),
    credentials: undefined,
    reported: expect.objectContaining({ password: false }),
  });
  expect([...state.groups.keys()]).toEqual(["admins", "readers"]);
  expect(state.groups.get("admins")).toEqual({
    name: "Admins",
    id: expect.stringMatching(/^AGPA/),
    path: "/team/",
    policies: new Set(["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
    inlinePolicies: new Map(),
  });
  expect(state.groups.get("readers")?.inlinePolicies.get("deny")?.document).toEqual(DENY);
});

test("fifty users cost about ten calls, five thousand fewer than twenty", async () => {
  const small = await connect({ state: { users: users(50) } });
  await small.read.snapshot();
  expect(small.sandbox.calls.length).toBeLessThanOrEqual(10);

  const groups = Array.from({ length: 300 }, (_, index) => ({ name: `group${index}` }));
  const large = await connect({ state: { users: users(5000), groups }, reportDelay: 2500 });
  const { state, warnings } = await large.read.snapshot();
  expect(state.users.size).toBe(5000);
  expect(state.groups.size).toBe(300);
  expect(warnings).toEqual([]);
  expect(large.sandbox.calls.length).toBeLessThan(20);
});

test("pages that come shorter than asked for are all read", async () => {
  const { read, sandbox } = await connect({
    state: { users: users(25), groups: [{ name: "one" }, { name: "two" }, { name: "three" }] },
    faults: [{ kind: "short-page", items: 2 }],
  });
  const { state, warnings } = await read.snapshot();
  expect(state.users.size).toBe(25);
  expect(state.groups.size).toBe(3);
  expect(warnings).toEqual([]);
  expect(
    sandbox.calls.filter(({ operation }) => operation === "GetAccountAuthorizationDetails"),
  ).toHaveLength(15);
});

test("a user who is renamed between two pages is there once", async () => {
  const { read, sandbox, operations } = await connect({
    state: { users: users(4) },
    faults: [{ kind: "short-page", items: 2 }],
  });
  const [first] = sandbox.snapshot().users;
  let pages = 0;
  sandbox.before(
    (call) => call.operation === "GetAccountAuthorizationDetails" && (pages += 1) === 3,
    () => sandbox.act("UpdateUser", { UserName: "user0000", NewUserName: "zoe" }),
  );
  const { state } = await read.snapshot();
  const found = [...state.users.values()].filter((user) => user.id === first?.id);
  expect(found.map((user) => user.name)).toEqual(["zoe"]);
  expect(state.users.size).toBe(4);
  // Once is enough to tell: three pages of users, one of groups.
  expect(operations().filter((name) => name === "GetAccountAuthorizationDetails")).toHaveLength(4);
});

test("pages that do not add up to the account's count are read once more", async () => {
  const { read, operations } = await connect({
    state: { users: users(5) },
    faults: [{ kind: "missing-items", items: 2, operations: ["GetAccountAuthorizationDetails"], times: 2 }],
  });
  const { state, warnings } = await read.snapshot();
  expect(state.users.size).toBe(5);
  expect(warnings).toEqual([]);
  expect(operations().filter((name) => name === "GetAccountAuthorizationDetails")).toHaveLength(4);
  expect(operations().filter((name) => name === "GetAccountSummary")).toHaveLength(2);
});

test("pages that do not add up twice are a warning with both numbers", async () => {
  const { read } = await connect({
    state: { users: users(5), groups: [{ name: "one" }] },
    faults: [{ kind: "missing-items", items: 1, operations: ["GetAccountAuthorizationDetails"] }],
  });
  expect((await read.snapshot()).warnings).toEqual([
    { code: "count-mismatch", what: "users", read: 4, counted: 5 },
    { code: "count-mismatch", what: "groups", read: 0, counted: 1 },
  ]);
});

test("the report's row goes with the user of that ARN and moment of creation, and with no other", async () => {
  const { read, sandbox } = await connect({
    state: {
      users: [
        {
          name: "emily",
          createdAt: "2026-01-01T00:00:00Z",
          password: {},
          accessKeys: [{}, { status: "Inactive" }],
        },
        { name: "oscar", createdAt: "2026-01-01T00:00:00Z" },
      ],
    },
  });
  const before = (await read.snapshot()).state.users;
  expect(before.get("emily")?.reported).toMatchObject({ password: true, activeKeys: 1 });
  expect(before.get("oscar")?.reported).toMatchObject({ password: false, activeKeys: 0 });

  sandbox.act("DeleteUser", { UserName: "oscar" });
  sandbox.act("CreateUser", { UserName: "oscar" });
  sandbox.act("UpdateUser", { UserName: "emily", NewPath: "/elsewhere/" });
  const after = (await read.snapshot()).state.users;
  expect(after.get("oscar")?.reported).toBeUndefined();
  expect(after.get("emily")?.reported).toBeUndefined();
});

test("a report that takes its time is waited for", async () => {
  const { read, waits } = await connect({ state: { users: users(1) }, reportDelay: 9000 });
  const { state } = await read.snapshot();
  expect(state.users.get("user0000")?.reported).toBeDefined();
  expect(waits.length).toBeGreaterThan(2);
});

test("a report that is never ready is an error", async () => {
  const { read } = await connect({ reportDelay: 60 * 60 * 1000 });
  await expect(read.snapshot()).rejects.toThrow(/credential report/);
});

test("where no new report may be made, the one that exists is taken", async () => {
  const { read, sandbox } = await connect({ state: { users: users(1) } });
  await read.snapshot();
  sandbox.setFaults([{ kind: "error", code: "LimitExceeded", operations: ["GenerateCredentialReport"] }]);
  const { state } = await read.snapshot();
  expect(state.users.get("user0000")?.reported).toBeDefined();
});

test("where no report exists and none may be made, IAM's refusal is the error", async () => {
  const { read, operations } = await connect({
    faults: [{ kind: "error", code: "LimitExceeded", operations: ["GenerateCredentialReport"] }],
  });
  await expect(read.snapshot()).rejects.toMatchObject({
    code: "LimitExceeded",
    operation: "GenerateCredentialReport",
  });
  expect(operations().filter((name) => name === "GenerateCredentialReport").length).toBeGreaterThan(1);
});

const READS = [
  "GetCallerIdentity",
  "GetAccountSummary",
  "GetAccountPasswordPolicy",
  "ListAccountAliases",
  "GetAccountAuthorizationDetails",
  "GenerateCredentialReport",
  "GetCredentialReport",
];

test.each(READS)("without %s there is no snapshot, and the error names it", async (operation) => {
  const { read } = await connect({ faults: [{ kind: "access-denied", operations: [operation] }] });
  const failure = await read.snapshot().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(IamFailure);
  expect(failure).toMatchObject({ code: "AccessDenied", kind: "answer", operation });
  expect((failure as Error).message).toContain(`needs iam:${operation}`);
});

const STORMS: readonly Fault[] = [
  { kind: "throttle", share: 0.1 },
  { kind: "failure", share: 0.1 },
  { kind: "lost-request", share: 0.1 },
  { kind: "lost-answer", share: 0.1 },
];

test.each(STORMS)("the snapshot is the same when one call in ten ends in $kind", async (fault) => {
  const { read, sandbox } = await connect({ state: { users: users(40) }, seed: "storm" });
  const calm = await read.snapshot();
  sandbox.setFaults([fault, { kind: "short-page", items: 3 }]);
  expect(await read.snapshot()).toEqual(calm);
});

const PAGE = "GetAccountAuthorizationDetails";
const PAGE_OF_TWO = `<UserDetailList><member><UserName>emily</UserName></member><member>`;

test.each([
  ["is cut in the middle", { body: answerOf(PAGE, PAGE_OF_TWO), promised: 10_000 }],
  ["ends in the middle of its XML", { body: `<${PAGE}Response><${PAGE}Result>${PAGE_OF_TWO}` }],
  ["is empty", { body: "" }],
  ["is a page of something else", { body: "<html><body>Please sign in</body></html>" }],
  ["is truncated without saying where to go on", { body: answerOf(PAGE, "<IsTruncated>true</IsTruncated>") }],
  [
    "leads back to itself",
    {
      body: answerOf(
        PAGE,
        "<UserDetailList/><GroupDetailList/><IsTruncated>true</IsTruncated><Marker>a</Marker>",
      ),
    },
  ],
  ["has a user without an id", { body: answerOf(PAGE, `${PAGE_OF_TWO}</member></UserDetailList>`) }],
])("a page that %s is an error, never a short list", async (_how, words) => {
  const summary =
    "<SummaryMap><entry><key>Users</key><value>0</value></entry><entry><key>Groups</key><value>0</value></entry></SummaryMap>";
  const url = await impostor({
    [PAGE]: words,
    GetCallerIdentity: {
      body: answerOf(
        "GetCallerIdentity",
        "<Arn>arn:aws:iam::123456789012:user/ci</Arn><Account>123456789012</Account>",
      ),
    },
    GetAccountSummary: { body: answerOf("GetAccountSummary", summary) },
    GetAccountPasswordPolicy: {
      body: answerOf(
        "GetAccountPasswordPolicy",
        "<PasswordPolicy><MinimumPasswordLength>8</MinimumPasswordLength></PasswordPolicy>",
      ),
    },
    ListAccountAliases: {
      body: answerOf("ListAccountAliases", "<AccountAliases/><IsTruncated>false</IsTruncated>"),
    },
    GenerateCredentialReport: { body: answerOf("GenerateCredentialReport", "<State>COMPLETE</State>") },
    GetCredentialReport: { body: answerOf("GetCredentialReport", `<Content>${btoa("user,arn")}</Content>`) },
  });
  await expect(iamRead(clientsOf(url, HURRY), HURRY).snapshot()).rejects.toMatchObject({ operation: PAGE });
});

test("a policy document that cannot be read is an error that names its user", async () => {
  const policy =
    "<member><PolicyName>own</PolicyName><PolicyDocument>%7B%22Version</PolicyDocument></member>";
  const user =
    "<member><Path>/</Path><UserName>emily</UserName><UserId>AIDAEMILY</UserId><Arn>arn:aws:iam::1:user/emily</Arn>" +
    `<CreateDate>2026-01-01T00:00:00Z</CreateDate><UserPolicyList>${policy}</UserPolicyList></member>`;
  const url = await impostor({
    [PAGE]: {
      body: answerOf(
        PAGE,
        `<UserDetailList>${user}</UserDetailList><GroupDetailList/><IsTruncated>false</IsTruncated>`,
      ),
    },
  });
  await expect(readDetails(clientsOf(url, HURRY).iam)).rejects.toThrow("user emily, policy own");
});
