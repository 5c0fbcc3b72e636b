import { describe, expect, test } from "vitest";

import { type AppliedChange, isComplete, type Report } from "../../src/core/report.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { declaredGroup, declaredUser, NOW, roster, SETTINGS } from "../core/build.ts";
import { sshKeyPair } from "../credentials/tools.ts";
import { isPasswordOf, keyIdIn, openDesk, type OpenDesk, passwordIn } from "./desk.ts";
import { faultOf, troublesOf } from "./modelled-errors.ts";
import { reviewOf } from "./review.ts";
import { arn, changesOf, entryOf, isWrite, outcomes, OURS, story, type Story } from "./story.ts";

const DAY = 24 * 60 * 60 * 1000;
const both = ["console", "programmatic"] as const;

function filesFor(parts: Parameters<typeof declaredUser>[1] = {}) {
  return roster(
    [declaredUser("emily", { github: "emilyc", access: both, groups: ["staff"], ...parts })],
    [declaredGroup("staff", { policies: ["IAMUserChangePassword"] })],
  );
}

const FILES = filesFor();

function tagsOf(sandbox: Sandbox, name = "emily"): Readonly<Record<string, string>> {
  return sandbox.snapshot().users.find((user) => user.name === name)?.tags ?? {};
}

/** `AKIA… Active` */
function keysOf(sandbox: Sandbox, name = "emily"): readonly string[] {
  const found = sandbox.snapshot().users.find((user) => user.name === name);
  return (found?.accessKeys ?? []).map(({ id, status }) => `${id} ${status ?? "Active"}`);
}

async function scene(state: Parameters<typeof story>[0] = {}): Promise<Story & { readonly desk: OpenDesk }> {
  const desk = await openDesk("emilyc");
  return { ...(await story(state, { desk })), desk };
}

function failures(report: Report): readonly string[] {
  return changesOf(report).flatMap((change: AppliedChange) =>
    change.outcome === "failed" ? [`${change.kind}: ${change.error}`] : [],
  );
}

/** Whoever has the letters can sign in with them, nothing else works, and nothing is left to do. */
async function expectIssued({ sandbox, desk, plan }: Story & { readonly desk: OpenDesk }, files = FILES) {
  expect(isPasswordOf(sandbox, "emily", passwordIn(await desk.opened("emily", "password")))).toBe(true);
  expect(keysOf(sandbox)).toEqual([`${keyIdIn(await desk.opened("emily", "key"))} Active`]);
  expect(tagsOf(sandbox)).toMatchObject({
    "iam-roster:password": expect.stringMatching(/^issued \S+ SHA256:\S+$/) as string,
    "iam-roster:key": expect.stringMatching(/^issued \S+ AKIA\S+ SHA256:\S+$/) as string,
  });
  const again = await plan(files);
  expect(again.plan.entries).toEqual([]);
  expect(again.plan.refusals).toEqual([]);
}

describe("who is to sign in", () => {
  test("gets a password to be changed and a key, which only the own private key opens", async () => {
    const told = await scene();
    const { report } = await told.apply(FILES);
    expect(isComplete(report)).toBe(true);
    expect(await told.desk.letters()).toEqual(["emily.key.age", "emily.password.age"]);
    await expectIssued(told);
    const [emily] = told.sandbox.snapshot().users;
    expect(emily?.password?.resetRequired).toBe(true);
    expect(await told.desk.opened("emily", "password")).toContain(
      "https://123456789012.signin.aws.amazon.com/console",
    );
  });

  test("is noted before anything is made, and again when it is handed over", async () => {
    const { apply } = await scene({ users: [{ name: "emily", tags: OURS }], groups: [{ name: "staff" }] });
    const { writes } = await apply(filesFor({ groups: [], access: both }));
    const emilys = writes.filter((write) => write.includes("emily"));
    expect(emilys.map((write) => write.split(" ").slice(0, 2).join(" "))).toEqual([
      "TagUser emily",
      "CreateLoginProfile emily",
      "TagUser emily",
      "TagUser emily",
      "CreateAccessKey emily",
      "TagUser emily",
    ]);
  });

  test("who comes back gets both before the deny is lifted", async () => {
    const told = await scene({
      users: [
        {
          name: "emily",
          tags: { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" },
          policies: [arn("AWSDenyAll")],
          accessKeys: [{ id: "AKIAOLD0000000000001" }, { id: "AKIAOLD0000000000002", status: "Inactive" }],
          password: { secret: "Before-1!" },
        },
      ],
      groups: [{ name: "staff", policies: [arn("IAMUserChangePassword")] }],
    });
    const { report, writes } = await told.apply(FILES);
    expect(failures(report)).toEqual([]);
    expect(isComplete(report)).toBe(true);
    const places = ["CreateLoginProfile", "CreateAccessKey", "DetachUserPolicy"].map((kind) =>
      writes.findIndex((write) => write.startsWith(kind)),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    const issued = keyIdIn(await told.desk.opened("emily", "key"));
    expect(keysOf(told.sandbox)).toEqual(["AKIAOLD0000000000001 Inactive", `${issued} Active`]);
    expect((await told.plan(FILES)).plan.entries).toEqual([]);
  });
});

describe("a hand-over that fails", () => {
  test("is told, nobody counts as served, and the next run issues anew", async () => {
    const told = await scene();
    const { report } = await told.apply(FILES, { meanwhile: () => told.desk.close() });
    expect(failures(report)).toEqual([
      expect.stringMatching(/^IssuePassword: cannot write \S+emily.password.age: no such directory$/),
    ]);
    expect(isComplete(report)).toBe(false);
    expect(outcomes(entryOf(report, "emily")).at(-1)).toBe("IssueKey skipped");
    // It was found out before anything was made.
    expect(tagsOf(told.sandbox)).not.toHaveProperty("iam-roster:password");
    expect(told.sandbox.snapshot().users[0]?.password).toBeUndefined();
    await told.desk.open();
    const again = await told.apply(FILES);
    expect(isComplete(again.report)).toBe(true);
    await expectIssued(told);
  });

  test("of a key leaves none that works and that nobody has, once the next run is through", async () => {
    const told = await scene();
    const files = filesFor({ access: ["programmatic"] });
    await told.apply(files, { meanwhile: () => told.desk.close() });
    const [left] = keysOf(told.sandbox);
    expect(tagsOf(told.sandbox)["iam-roster:key"]).toMatch(/^pending /);
    await told.desk.open();
    await told.apply(files);
    expect(keysOf(told.sandbox)).toEqual([`${keyIdIn(await told.desk.opened("emily", "key"))} Active`]);
    expect(keysOf(told.sandbox)).not.toContain(left);
  });
});

test("a reset that cannot be handed over leaves the present password as it is", async () => {
  const told = await scene();
  await told.apply(FILES);
  const before = passwordIn(await told.desk.opened("emily", "password"));
  const { report } = await told.apply(filesFor({ resetPassword: "2" }), {
    meanwhile: () => told.desk.close(),
  });
  expect(failures(report)).toHaveLength(1);
  expect(isPasswordOf(told.sandbox, "emily", before)).toBe(true);
  await told.desk.open();
  await expectIssued(told);
});

describe("what IAM refuses to make", () => {
  test("was never under way: no note stays, and a key that somebody makes by hand instead is left alone", async () => {
    const told = await scene();
    const files = filesFor({ access: ["programmatic"] });
    told.sandbox.setFaults([{ kind: "access-denied", operations: ["CreateAccessKey"] }]);
    await told.apply(files);
    expect(tagsOf(told.sandbox)).not.toHaveProperty("iam-roster:key");
    told.sandbox.setFaults([]);
    told.sandbox.act("CreateAccessKey", { UserName: "emily" });
    expect((await told.plan(files)).plan.entries).toEqual([]);
  });

  test("leaves the note of what was issued before", async () => {
    const told = await scene();
    await told.apply(FILES);
    const before = tagsOf(told.sandbox);
    told.sandbox.setFaults([{ kind: "access-denied", operations: ["UpdateLoginProfile"] }]);
    await told.apply(filesFor({ resetPassword: "2" }));
    expect(tagsOf(told.sandbox)).toEqual(before);
  });
});

describe("where another run issues at the same time", () => {
  const other = { Key: "iam-roster:password", Value: `pending ${NOW} other` };

  test("a password is handed over by neither until one of them is alone, and no letter lies about", async () => {
    const told = await scene();
    told.sandbox.before("CreateLoginProfile", () =>
      told.sandbox.act("TagUser", { UserName: "emily", Tags: [other] }),
    );
    const { report } = await told.apply(filesFor({ access: ["console"] }));
    expect(failures(report)).toEqual([
      expect.stringContaining("another run issues for emily at the same time"),
    ]);
    expect(await told.desk.letters()).toEqual([]);
    expect(tagsOf(told.sandbox)["iam-roster:password"]).toMatch(/^pending \S+ [0-9a-f]{8}$/);
    const again = await told.apply(FILES);
    expect(isComplete(again.report)).toBe(true);
    await expectIssued(told);
  });

  test("a key is taken away again by the run that came second", async () => {
    const told = await scene();
    told.sandbox.before("CreateAccessKey", () =>
      told.sandbox.act("TagUser", { UserName: "emily", Tags: [{ ...other, Key: "iam-roster:key" }] }),
    );
    const { report } = await told.apply(filesFor({ access: ["programmatic"] }));
    expect(failures(report)).toEqual([expect.stringContaining("another run issues for emily")]);
    expect(keysOf(told.sandbox)).toEqual([]);
    expect(await told.desk.letters()).toEqual([]);
  });
});

test("a key whose answer is lost is found and taken away before another is made", async () => {
  const told = await scene();
  told.sandbox.setFaults([{ kind: "lost-answer", operations: ["CreateAccessKey"], times: 1 }]);
  const { report, writes } = await told.apply(FILES);
  expect(isComplete(report)).toBe(true);
  const made = writes.filter((write) => /AccessKey/.test(write)).map((write) => write.split(" ")[0]);
  expect(made).toEqual(["CreateAccessKey", "DeleteAccessKey", "CreateAccessKey"]);
  await expectIssued(told);
});

test("a password whose answer is lost is the one in the letter", async () => {
  const told = await scene();
  told.sandbox.setFaults([{ kind: "lost-answer", operations: ["CreateLoginProfile"], times: 1 }]);
  const { report } = await told.apply(FILES);
  expect(isComplete(report)).toBe(true);
  await expectIssued(told);
});

describe("after an answer that was lost no refusal is certain: the note stays, and the next run issues another,", () => {
  const REFUSALS: readonly Fault[] = [{ kind: "locked" }, { kind: "access-denied" }, { kind: "throttle" }];
  const MADE =
    /^Issue\w+: it may have been made all the same, and nobody has it, so the next run issues another: /;

  test.each(REFUSALS)(
    "where the password is set, and setting it once more ends in $kind",
    async (refusal) => {
      const told = await scene();
      told.sandbox.setFaults([
        { kind: "lost-answer", operations: ["CreateLoginProfile"], times: 1 },
        { ...refusal, operations: ["UpdateLoginProfile"] },
      ]);
      const { report } = await told.apply(FILES);
      expect(failures(report)).toEqual([expect.stringMatching(MADE)]);
      expect(told.sandbox.snapshot().users[0]?.password).toBeDefined();
      expect(await told.desk.letters()).toEqual([]);
      expect(tagsOf(told.sandbox)["iam-roster:password"]).toMatch(/^pending /);
      told.sandbox.setFaults([]);
      expect(isComplete((await told.apply(FILES)).report)).toBe(true);
      await expectIssued(told);
    },
  );

  /** From the second listing on in which a key is made, it shows nothing new; or what follows is refused. */
  const AFTERWARDS: Readonly<Record<string, Fault>> = {
    "the listing does not show it, and there is no room for another": {
      kind: "missing-items",
      operations: ["ListAccessKeys"],
      items: 2,
    },
    "the listing is refused": { kind: "access-denied", operations: ["ListAccessKeys"] },
    "the listing is throttled": { kind: "throttle", operations: ["ListAccessKeys"] },
    "taking it away is refused": { kind: "access-denied", operations: ["DeleteAccessKey"] },
    "making another is throttled": { kind: "throttle", operations: ["CreateAccessKey"], after: 1 },
  };

  test.each(Object.entries(AFTERWARDS))("where a key is made, and %s", async (_case, fault) => {
    const OLD = "AKIAOLD0000000000001";
    const accessKeys = [{ id: OLD, status: "Inactive" as const }];
    const told = await scene({ users: [{ name: "emily", tags: OURS, accessKeys }] });
    const files = filesFor({ groups: [], access: ["programmatic"] });
    told.sandbox.before("CreateAccessKey", () =>
      told.sandbox.setFaults([{ kind: "lost-answer", operations: ["CreateAccessKey"], times: 1 }, fault]),
    );
    const { report } = await told.apply(files);
    expect(failures(report)).toEqual([expect.stringMatching(MADE)]);
    expect(tagsOf(told.sandbox)["iam-roster:key"]).toMatch(new RegExp(`^pending \\S+ \\S+ ${OLD}$`));
    expect(await told.desk.letters()).toEqual([]);
    told.sandbox.setFaults([]);
    expect(isComplete((await told.apply(files)).report)).toBe(true);
    const issued = keyIdIn(await told.desk.opened("emily", "key"));
    expect(keysOf(told.sandbox)).toEqual([`${OLD} Inactive`, `${issued} Active`]);
    expect((await told.plan(files)).plan.entries).toEqual([]);
  });
});

test("a run that is cut off, after whichever call, is mended by the next one: what works is what is in the letters", async () => {
  const told = await scene();
  const { calls } = await told.apply(FILES);
  for (let after = 0; after < calls.length; after += 1) {
    told.sandbox.load({});
    told.sandbox.setFaults([]);
    await told.apply(FILES, {
      meanwhile: () =>
        told.sandbox.setFaults([
          { kind: "lost-answer", after, times: 1 },
          { kind: "lost-request", after: after + 1 },
        ]),
    });
    told.sandbox.setFaults([]);
    const { report } = await told.apply(FILES);
    expect({ after, failures: failures(report) }).toEqual({ after, failures: [] });
    await expectIssued(told);
  }
}, 120_000);

describe("a token that changes", () => {
  test("issues anew, once, and of two keys the old one ends when the overlap does", async () => {
    const told = await scene();
    await told.apply(FILES);
    const first = keyIdIn(await told.desk.opened("emily", "key"));
    const password = passwordIn(await told.desk.opened("emily", "password"));
    told.pass(60_000);
    const turned = filesFor({ resetPassword: "2", rotateKey: "2026-12" });
    const { report, plan } = await told.apply(turned);
    expect(isComplete(report)).toBe(true);
    expect(changesOf(report).map(({ kind }) => kind)).toEqual(["IssuePassword", "IssueKey"]);
    expect(plan.grants).toHaveLength(2);
    const second = keyIdIn(await told.desk.opened("emily", "key"));
    expect(keysOf(told.sandbox)).toEqual([`${first} Active`, `${second} Active`]);
    expect(isPasswordOf(told.sandbox, "emily", password)).toBe(false);
    expect((await told.plan(turned)).plan.entries).toEqual([]);
    told.pass(SETTINGS.credentials.rotationOverlap);
    const due = await told.plan(turned);
    expect(due.plan.entries[0]?.changes).toContainEqual(
      expect.objectContaining({ kind: "UpdateAccessKey", key: first, cause: "due" }),
    );
    // It ends whatever was reviewed: nothing is in this review.
    const nothing = reviewOf({ ...due.plan, entries: [], grants: [] });
    await told.apply(turned, { review: nothing });
    expect(keysOf(told.sandbox)).toEqual([`${first} Inactive`, `${second} Active`]);
    expect((await told.plan(turned)).plan.entries).toEqual([]);
  });
});

test("a password that nobody claimed is withdrawn, once, and comes again only when it is asked for", async () => {
  const told = await scene();
  const files = filesFor({ access: ["console"] });
  await told.apply(files);
  told.pass(SETTINGS.credentials.unclaimedAfter + DAY);
  const { writes, report } = await told.apply(files);
  expect(isComplete(report)).toBe(true);
  expect(writes.map((write) => write.split(" ")[0])).toEqual(["TagUser", "DeleteLoginProfile"]);
  expect(told.sandbox.snapshot().users[0]?.password).toBeUndefined();
  for (let day = 0; day < 3; day += 1) {
    told.pass(DAY);
    expect((await told.plan(files)).plan.entries).toEqual([]);
  }
  const asked = filesFor({ access: ["console"], resetPassword: "again" });
  await told.apply(asked);
  expect(isPasswordOf(told.sandbox, "emily", passwordIn(await told.desk.opened("emily", "password")))).toBe(
    true,
  );
  expect((await told.plan(asked)).plan.entries).toEqual([]);
});

test("a withdrawal that is cut after its note is brought to its end, and the password is not issued again", async () => {
  const told = await scene();
  const files = filesFor({ access: ["console"] });
  await told.apply(files);
  told.pass(SETTINGS.credentials.unclaimedAfter + DAY);
  await told.apply(files, {
    meanwhile: () =>
      told.sandbox.setFaults([{ kind: "access-denied", operations: ["DeleteLoginProfile"], times: 1 }]),
  });
  expect(told.sandbox.snapshot().users[0]?.password).toBeDefined();
  const { writes } = await told.apply(files);
  expect(writes.map((write) => write.split(" ")[0])).toEqual(["DeleteLoginProfile"]);
  expect((await told.plan(files)).plan.entries).toEqual([]);
});

test("what time ends is ended by the job that may do no more than that", async () => {
  const issuedAt = new Date(Date.parse(NOW) - 9 * DAY).toISOString();
  const before = new Date(Date.parse(NOW) - 90 * DAY).toISOString();
  const tags = {
    ...OURS,
    "iam-roster:password": `issued ${issuedAt} SHA256:x`,
    "iam-roster:key": `issued ${issuedAt} AKIANEW0000000000000 SHA256:x`,
  };
  const emily = {
    name: "emily",
    tags,
    password: { secret: "Never-used-1!", createdAt: issuedAt, resetRequired: true },
    accessKeys: [
      { id: "AKIAOLD0000000000000", createdAt: before },
      { id: "AKIANEW0000000000000", createdAt: issuedAt },
    ],
  };
  const desk = await openDesk("emilyc");
  const told = await story({ users: [emily] }, { desk, job: "expire" });
  const { report, writes } = await told.apply(filesFor({ groups: [] }), {
    review: reviewOf({ ...(await told.plan(filesFor({ groups: [] }))).plan, entries: [], grants: [] }),
  });
  expect(outcomes(entryOf(report, "emily"))).toEqual([
    "TagUser done",
    "DeleteLoginProfile done",
    "UpdateAccessKey done",
  ]);
  expect(writes).toEqual([
    "TagUser emily",
    "DeleteLoginProfile emily",
    "UpdateAccessKey emily AKIAOLD0000000000000 Inactive",
  ]);
});

describe("what was reviewed is what is issued:", () => {
  test("for another token nothing is, and no key makes room for one that is not made", async () => {
    const emily = {
      name: "emily",
      tags: OURS,
      accessKeys: [
        { id: "AKIAONE0000000000000" },
        { id: "AKIATWO0000000000000", status: "Inactive" as const },
      ],
    };
    const told = await scene({ users: [emily] });
    const asking = (rotateKey: string) =>
      roster([declaredUser("emily", { github: "emilyc", access: ["programmatic"], rotateKey })]);
    const review = reviewOf((await told.plan(asking("1"))).plan);
    const { report, writes } = await told.apply(asking("2"), { review });
    expect(outcomes(entryOf(report, "emily"))).toEqual([
      "DeleteAccessKey not-reviewed",
      "IssueKey not-reviewed",
    ]);
    expect(writes).toEqual([]);
    expect(isComplete((await told.apply(asking("1"), { review })).report)).toBe(true);
  });

  test("to other keys than those of the review nothing is", async () => {
    const told = await scene({ users: [{ name: "emily", tags: OURS }] });
    const files = roster([declaredUser("emily", { github: "emilyc", access: ["console"] })]);
    const review = reviewOf((await told.plan(files)).plan);
    const { line } = await sshKeyPair("ed25519");
    told.desk.keys.set("emilyc", [told.desk.pair.line, line]);
    const { report, writes } = await told.apply(files, { review });
    expect(outcomes(entryOf(report, "emily"))).toEqual(["IssuePassword not-reviewed"]);
    expect(writes).toEqual([]);
    told.desk.keys.set("emilyc", [told.desk.pair.line]);
    expect(isComplete((await told.apply(files, { review })).report)).toBe(true);
  });

  test.each([
    {
      is: "a password",
      act: (sandbox: Sandbox) =>
        sandbox.act("CreateLoginProfile", { UserName: "emily", Password: "By-hand-1!" }),
      access: ["console"] as const,
    },
    {
      is: "a key",
      act: (sandbox: Sandbox) => sandbox.act("CreateAccessKey", { UserName: "emily" }),
      access: ["programmatic"] as const,
    },
    {
      is: "another owner",
      act: (sandbox: Sandbox) =>
        sandbox.act("TagUser", { UserName: "emily", Tags: [{ Key: "iam-roster:owner", Value: "other" }] }),
      access: ["console"] as const,
    },
  ])("where somebody gave the user $is meanwhile, nothing is", async ({ act, access }) => {
    const told = await scene({ users: [{ name: "emily", tags: OURS }] });
    const files = roster([declaredUser("emily", { github: "emilyc", access })]);
    const { report } = await told.apply(files, { meanwhile: () => act(told.sandbox) });
    expect(isComplete(report)).toBe(false);
    expect(await told.desk.letters()).toEqual([]);
    expect(told.sandbox.calls.filter(isWrite).map(({ operation }) => operation)).toEqual([]);
  });
});

/** Of the three calls that make a credential. Source: the service model, as in modelled-errors.ts. */
const ISSUE_ERRORS = {
  CreateLoginProfile: "EntityAlreadyExists NoSuchEntity PasswordPolicyViolation LimitExceeded ServiceFailure",
  UpdateLoginProfile:
    "EntityTemporarilyUnmodifiable NoSuchEntity PasswordPolicyViolation LimitExceeded ServiceFailure",
  CreateAccessKey: "NoSuchEntity LimitExceeded ServiceFailure",
} as const;

test.each(Object.entries(ISSUE_ERRORS))(
  "whatever %s ends with, every time, the report says what failed, and the next run issues",
  async (operation, errors) => {
    const told = await scene();
    const isReset = operation === "UpdateLoginProfile";
    for (const trouble of troublesOf(errors)) {
      told.sandbox.setFaults([]);
      told.sandbox.load({});
      if (isReset) await told.apply(FILES);
      const files = isReset ? filesFor({ resetPassword: trouble }) : FILES;
      told.sandbox.setFaults([faultOf(trouble, operation)]);
      const { report } = await told.apply(files);
      const failed = failures(report).filter((each) => each.startsWith("Issue"));
      // What is there already is the password whose answer was lost, and gets the same once more.
      const isMended = !isReset && ["EntityAlreadyExists", "no answer", "half an answer"].includes(trouble);
      if (!isMended || operation === "CreateAccessKey")
        expect({ trouble, failed }).toEqual({ trouble, failed: [expect.any(String) as string] });
      for (const each of failed) expect(each.split("\n").length).toBeLessThanOrEqual(2);
      told.sandbox.setFaults([]);
      const again = await told.apply(files);
      expect({ trouble, failures: failures(again.report) }).toEqual({ trouble, failures: [] });
      await expectIssued(told, files);
    }
  },
  120_000,
);
