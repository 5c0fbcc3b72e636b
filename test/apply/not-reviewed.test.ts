import { describe, expect, test } from "vitest";

import { isComplete } from "../../src/core/report.ts";
import type { ReviewedPlan } from "../../src/core/reviewed-plan.ts";
import type { AccountData } from "../../src/sandbox/data.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { reviewOf } from "./review.ts";
import { arn, entryOf, EVERYTHING, outcomes, OURS, type Story, story } from "./story.ts";

const GROUPS = [
  declaredGroup("admins", { policies: ["AdministratorAccess"] }),
  declaredGroup("developers", { policies: ["PowerUserAccess"] }),
  declaredGroup("oncall"),
];
const ACCOUNT: AccountData = {
  groups: [
    { name: "admins", policies: [arn("AdministratorAccess")] },
    { name: "developers", policies: [arn("PowerUserAccess")] },
    { name: "oncall" },
  ],
  users: [
    { name: "ann", tags: OURS, groups: ["admins", "developers", "oncall"] },
    { name: "bob", tags: OURS, groups: ["developers"] },
    { name: "emily", ...EVERYTHING },
  ],
};
const ANN = declaredUser("ann", { groups: ["admins", "developers", "oncall"] });
const EMILY = declaredUser("emily", {
  groups: ["developers", "oncall"],
  policies: ["ReadOnlyAccess"],
  inlinePolicies: {
    own: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
  },
  access: ["console", "programmatic"],
});
const BOB = declaredUser("bob", { groups: ["developers"] });

async function reviewed({ plan }: Story, ...files: Parameters<Story["plan"]>): Promise<ReviewedPlan> {
  return reviewOf((await plan(...files)).plan);
}

describe("with a reviewed plan", () => {
  const moved = roster([ANN, EMILY, declaredUser("bob", { groups: ["oncall"] })], GROUPS);

  test("that is the plan still, all of it is applied", async () => {
    const account = await story(ACCOUNT);
    const { report, writes } = await account.apply(moved, { review: await reviewed(account, moved) });
    expect(writes).toEqual(["RemoveUserFromGroup bob developers", "AddUserToGroup bob oncall"]);
    expect(isComplete(report)).toBe(true);
  });

  test("what else became of the files is listed, not applied", async () => {
    const account = await story(ACCOUNT);
    const review = await reviewed(account, moved);
    const files = roster(
      [ANN, EMILY, declaredUser("bob", { groups: ["oncall", "admins"] }), declaredUser("new")],
      GROUPS,
    );
    const { report, writes } = await account.apply(files, { review });
    expect(writes).toEqual(["RemoveUserFromGroup bob developers", "AddUserToGroup bob oncall"]);
    expect(outcomes(entryOf(report, "bob"))).toEqual([
      "RemoveUserFromGroup done",
      "AddUserToGroup not-reviewed",
      "AddUserToGroup done",
    ]);
    // What it would give that nobody has seen.
    expect(entryOf(report, "bob").changes[1]).toMatchObject({
      unreviewed: [
        { user: "bob", group: "admins" },
        { user: "bob", via: "admins", policy: arn("AdministratorAccess") },
      ],
    });
    expect(entryOf(report, "new").changes).toMatchObject([
      { kind: "CreateUser", outcome: "not-reviewed", unreviewed: [] },
    ]);
    expect(entryOf(report, "new").problem).toMatch(/^new has changes that no review covers/);
    expect(isComplete(report)).toBe(false);
  });

  test("what drifted meanwhile and the files asked for already is left, which is no failure", async () => {
    const account = await story(ACCOUNT);
    const { sandbox } = account;
    const base = roster([ANN, EMILY, BOB], GROUPS);
    const review = await reviewed(account, moved, base);
    sandbox.act("RemoveUserFromGroup", { UserName: "ann", GroupName: "oncall" });
    const { report } = await account.apply(moved, { review, base });
    expect(entryOf(report, "ann").changes).toMatchObject([
      { kind: "AddUserToGroup", cause: "pending", outcome: "not-reviewed" },
    ]);
    expect(entryOf(report, "ann").problem).toBe(
      "ann has changes left that were not part of the reviewed plan.",
    );
    expect(isComplete(report)).toBe(true);
  });

  test("of somebody who is not in it only what is due is done, and nothing besides", async () => {
    const account = await story(ACCOUNT);
    const ended = { ...EMILY, until: "2026-11-21", policies: [] };
    const files = roster([ANN, BOB, ended], GROUPS);
    const review = { ...(await reviewed(account, files)), subjects: [], grants: [] };
    const { report, writes } = await account.apply(files, { review, base: files });
    const { changes, extra } = entryOf(report, "emily");
    const left = changes.filter(({ outcome }) => outcome === "not-reviewed");
    // That the policy goes is not for want of time, so it waits for a review, though all else is closed.
    expect(left.map(({ kind, cause }) => `${kind} ${cause}`)).toEqual(["DetachUserPolicy pending"]);
    expect(changes.filter(({ cause }) => cause === "due").every(({ outcome }) => outcome === "done")).toBe(
      true,
    );
    expect(extra).toEqual([]);
    expect(writes.filter((write) => write.startsWith("DetachUserPolicy"))).toEqual([]);
    expect(writes[0]).toBe("AttachUserPolicy emily AWSDenyAll");
  });
});
