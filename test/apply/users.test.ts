import { describe, expect, test } from "vitest";

import { DEACTIVATED_TAG } from "../../src/core/change.ts";
import { instant } from "../../src/core/time.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { ALLOW, arn, contents, entryOf, EVERYTHING, outcomes, OURS, story } from "./story.ts";

const GROUPS = [declaredGroup("developers", { policies: ["PowerUserAccess"] }), declaredGroup("oncall")];
const LIVE_GROUPS = [{ name: "developers", policies: [arn("PowerUserAccess")] }, { name: "oncall" }];
const PHONE = "arn:aws:iam::123456789012:mfa/emily";
const TOKEN = "GAHT12345678";

/** Emily, who has everything, and Bob, so that the groups stay ours. */
const ACCOUNT: AccountData = {
  groups: LIVE_GROUPS,
  users: [
    { name: "emily", ...EVERYTHING, mfaDevices: [{ serial: TOKEN }, { serial: PHONE }] },
    { name: "bob", tags: OURS, groups: ["developers", "oncall"] },
  ],
  virtualDevices: [{ serial: PHONE, seed: "", tags: [], user: undefined }],
};
const BOB = declaredUser("bob", { groups: ["developers", "oncall"] });

const CLOSING = [
  "AttachUserPolicy emily AWSDenyAll",
  "UpdateAccessKey emily AKIAONE0000000000000 Inactive",
  "UpdateAccessKey emily AKIATWO0000000000000 Inactive",
  "DeleteLoginProfile emily",
  "UpdateServiceSpecificCredential emily ACCASERVICE0000000000 Inactive",
  "UpdateSSHPublicKey emily APKASSH0000000000000 Inactive",
  "UpdateSigningCertificate emily CERTIFICATE000000000000000000000 Inactive",
  "RemoveUserFromGroup emily developers",
  "RemoveUserFromGroup emily oncall",
  "DetachUserPolicy emily ReadOnlyAccess",
  "DeleteUserPolicy emily own",
];

const DELETING = [
  "DeleteAccessKey emily AKIAONE0000000000000",
  "DeleteAccessKey emily AKIATWO0000000000000",
  "DeleteSigningCertificate emily CERTIFICATE000000000000000000000",
  "DeleteSSHPublicKey emily APKASSH0000000000000",
  "DeleteServiceSpecificCredential emily ACCASERVICE0000000000",
  `DeactivateMFADevice emily ${TOKEN}`,
  `DeactivateMFADevice emily ${PHONE}`,
  `DeleteVirtualMFADevice ${PHONE}`,
  "DetachUserPolicy emily AWSDenyAll",
  "DeleteUser emily",
];

describe("a new user", () => {
  test("is made with path, tags and boundary in one call, and then joins and is given what is declared", async () => {
    const { apply, sandbox } = await story({ groups: LIVE_GROUPS, users: [{ name: "bob", tags: OURS }] });
    const emily = declaredUser("emily", {
      path: "/people/",
      tags: { team: "platform" },
      boundary: arn("ReadOnlyAccess"),
      groups: ["developers"],
      policies: ["SecurityAudit"],
      inlinePolicies: { own: ALLOW },
    });
    const { writes, report } = await apply(
      roster([declaredUser("bob", { groups: ["oncall", "developers"] }), emily], GROUPS),
    );
    expect(writes.filter((write) => write.includes("emily"))).toEqual([
      "CreateUser emily /people/ ReadOnlyAccess",
      "AddUserToGroup emily developers",
      "AttachUserPolicy emily SecurityAudit",
      "PutUserPolicy emily own",
    ]);
    const made = sandbox.snapshot().users.find(({ name }) => name === "emily");
    expect(entryOf(report, "emily").id).toBe(made?.id);
    expect(made).toMatchObject({
      path: "/people/",
      tags: { ...OURS, team: "platform" },
      boundary: arn("ReadOnlyAccess"),
      groups: ["developers"],
    });
  });
});

describe("a user who stays", () => {
  const CHANGED = declaredUser("emily", {
    path: "/people/",
    tags: { team: "new" },
    boundary: arn("PowerUserAccess"),
    groups: ["oncall"],
    policies: ["SecurityAudit"],
    access: ["programmatic"],
  });

  test("loses what is no longer declared before gaining what newly is", async () => {
    const { apply } = await story({
      groups: LIVE_GROUPS,
      users: [{ name: "emily", ...EVERYTHING, groups: ["developers"], tags: { ...OURS, Cost: "1" } }],
    });
    const { writes, report } = await apply(roster([CHANGED], [...GROUPS]));
    expect(writes).toEqual([
      "DeleteLoginProfile emily",
      "PutUserPermissionsBoundary emily PowerUserAccess",
      "RemoveUserFromGroup emily developers",
      "DetachUserPolicy emily ReadOnlyAccess",
      "DeleteUserPolicy emily own",
      "UpdateUser emily /people/",
      "UntagUser emily",
      "TagUser emily",
      "AddUserToGroup emily oncall",
      "AttachUserPolicy emily SecurityAudit",
    ]);
    expect(entryOf(report, "emily")).toMatchObject({ intent: "update", problem: undefined, extra: [] });
  });

  test("keeps the credentials that the file allows, and those that are none of its business", async () => {
    const { apply, account } = await story({
      groups: LIVE_GROUPS,
      users: [{ name: "emily", ...EVERYTHING }],
    });
    await apply(roster([CHANGED], GROUPS));
    const emily = (await account()).users.get("emily");
    expect(emily?.credentials).toMatchObject({
      password: undefined,
      accessKeys: [{ status: "Active" }, { status: "Active" }],
      sshKeys: [{ status: "Active" }],
      certificates: [{ status: "Active" }],
      serviceCredentials: [{ status: "Active" }],
    });
  });

  test("who is taken over gets our tag and what is declared", async () => {
    const { apply, sandbox } = await story({
      groups: LIVE_GROUPS,
      users: [
        { name: "emily", groups: ["oncall"] },
        { name: "bob", tags: OURS, groups: ["developers", "oncall"] },
      ],
    });
    const emily = declaredUser("emily", { groups: ["developers"], adopt: true });
    const { writes, report } = await apply(roster([BOB, emily], GROUPS));
    expect(writes).toEqual([
      "RemoveUserFromGroup emily oncall",
      "TagUser emily",
      "AddUserToGroup emily developers",
    ]);
    expect(entryOf(report, "emily").intent).toBe("adopt");
    expect(sandbox.snapshot().users.find(({ name }) => name === "emily")?.tags).toEqual(OURS);
  });

  test("is renamed with all that hangs on it, in a chain too, and what is lost goes under the old name", async () => {
    const { apply, account } = await story({
      groups: LIVE_GROUPS,
      users: [
        { name: "ann", tags: OURS, groups: ["developers", "oncall"] },
        { name: "bea", tags: OURS, groups: ["developers"] },
      ],
    });
    const before = await account();
    const renamed = [
      declaredUser("bea", { renamedFrom: "ann", groups: ["developers"] }),
      declaredUser("cleo", { renamedFrom: "bea", groups: ["oncall"], path: "/people/" }),
    ];
    const { writes } = await apply(roster(renamed, GROUPS));
    expect(writes.toSorted()).toEqual(
      [
        "RemoveUserFromGroup ann oncall",
        "RemoveUserFromGroup bea developers",
        "UpdateUser bea cleo /people/",
        "UpdateUser ann bea",
        "AddUserToGroup cleo oncall",
      ].toSorted(),
    );
    const { users } = await account();
    expect(users.get("bea")?.id).toBe(before.users.get("ann")?.id);
    expect(users.get("cleo")?.id).toBe(before.users.get("bea")?.id);
    expect([...(users.get("cleo")?.groups.values() ?? [])]).toEqual(["oncall"]);
  });
});

describe("a user who leaves", () => {
  test("is denied everything first, then loses every kind of credential and all that was given, the tag last", async () => {
    const { apply, account, sandbox } = await story(ACCOUNT);
    const { writes, report, progress, calls } = await apply(roster([BOB], GROUPS));
    const at = (operation: string): number => calls.find((call) => call.operation === operation)?.at ?? 0;
    expect(writes).toEqual([...CLOSING, "TagUser emily"]);
    expect(at("TagUser") - at("AttachUserPolicy")).toBe(15_000);
    expect(entryOf(report, "emily")).toMatchObject({ intent: "deactivate", problem: undefined, extra: [] });
    expect(progress.filter(({ step }) => step === "wait")).toEqual([{ step: "wait", milliseconds: 15_000 }]);
    const emily = (await account()).users.get("emily");
    expect(emily).toMatchObject({
      groups: new Map(),
      policies: new Set([arn("AWSDenyAll")]),
      inlinePolicies: new Map(),
    });
    expect(emily?.credentials).toMatchObject({
      password: undefined,
      accessKeys: [{ status: "Inactive" }, { status: "Inactive" }],
      sshKeys: [{ status: "Inactive" }],
      certificates: [{ status: "Inactive" }],
      serviceCredentials: [{ status: "Inactive" }],
      mfaDevices: [{ serial: TOKEN }, { serial: PHONE }],
    });
    expect(sandbox.snapshot().users.find(({ name }) => name === "emily")?.tags).toMatchObject({
      ...OURS,
      [DEACTIVATED_TAG]: instant(at("TagUser")),
    });
  });

  test("comes back with what the file says, the deny lifted last and the tag after it; old keys stay Inactive", async () => {
    const { apply, account } = await story(ACCOUNT);
    await apply(roster([BOB], GROUPS));
    const back = declaredUser("emily", {
      groups: ["developers"],
      policies: ["SecurityAudit"],
    });
    const { writes, report } = await apply(roster([BOB, back], GROUPS));
    expect(writes).toEqual([
      "AddUserToGroup emily developers",
      "AttachUserPolicy emily SecurityAudit",
      "DetachUserPolicy emily AWSDenyAll",
      "UntagUser emily",
    ]);
    expect(entryOf(report, "emily").intent).toBe("reactivate");
    const emily = (await account()).users.get("emily");
    expect(emily?.credentials?.accessKeys.map(({ status }) => status)).toEqual(["Inactive", "Inactive"]);
    expect(emily?.tags.has(DEACTIVATED_TAG)).toBe(false);
  });

  test("with status absent is closed, looked at again and deleted in one go, the deny last of all", async () => {
    const { apply, sandbox } = await story(ACCOUNT);
    const absent = declaredUser("emily", { status: "absent" });
    const { writes, report, calls } = await apply(roster([BOB, absent], GROUPS));
    expect(writes).toEqual([...CLOSING, "TagUser emily", ...DELETING]);
    expect(outcomes(entryOf(report, "emily")).every((outcome) => outcome.endsWith(" done"))).toBe(true);
    const [tagged] = calls.filter(({ operation }) => operation === "TagUser");
    const [denied] = calls.filter(({ operation }) => operation === "AttachUserPolicy");
    expect((tagged?.at ?? 0) - (denied?.at ?? 0)).toBe(15_000);
    expect(sandbox.snapshot().users.map(({ name }) => name)).toEqual(["bob"]);
    expect(sandbox.snapshot().virtualDevices).toEqual([]);
  });

  test("long enough deactivated is deleted, without another wait", async () => {
    const { apply, pass } = await story(ACCOUNT);
    const files = roster([BOB], GROUPS, { offboarding: { deleteAfter: 86_400_000, verifyAfter: 15_000 } });
    await apply(files);
    pass(86_300_000);
    expect((await apply(files)).plan.entries).toEqual([]);
    pass(100_000);
    const { writes, progress } = await apply(files);
    expect(writes).toEqual(DELETING);
    expect(progress.filter(({ step }) => step === "wait")).toEqual([]);
  });
});

test("each of these leaves an empty plan, and applying it again changes nothing", async () => {
  const { apply, sandbox } = await story(ACCOUNT);
  const steps = [
    roster([BOB], GROUPS),
    roster([BOB, declaredUser("emily", { groups: ["oncall"], path: "/people/" })], GROUPS),
    roster([BOB, declaredUser("emma", { renamedFrom: "emily", groups: ["developers"] })], GROUPS),
    roster([BOB, declaredUser("emma", { status: "inactive" })], GROUPS),
    roster([BOB, declaredUser("emma", { status: "absent" })], GROUPS),
  ];
  for (const files of steps) {
    const first = await apply(files);
    expect(first.report.entries.map(({ problem }) => problem)).toEqual([undefined]);
    const then = contents(sandbox);
    const second = await apply(files);
    expect({ entries: second.plan.entries, writes: second.writes }).toEqual({ entries: [], writes: [] });
    expect(contents(sandbox)).toEqual(then);
  }
});
