import { expect, test } from "vitest";

import { allow, awsPolicy, start } from "./start.ts";

/** Five thousand users and three hundred groups, the quotas of a new account. */
function fullAccount() {
  const groups = Array.from({ length: 300 }, (_, index) => ({
    name: `group-${index}`,
    policies: [awsPolicy("ReadOnlyAccess")],
    inlinePolicies: { one: allow("s3:*") },
  }));
  const users = Array.from({ length: 5000 }, (_, index) => ({
    name: `user-${index}`,
    tags: { "iam-roster:owner": "acme/access", team: "platform" },
    groups: [`group-${index % 300}`, `group-${(index * 7 + 1) % 300}`],
    policies: [awsPolicy("IAMUserChangePassword")],
    password: { secret: "Abcdef12!" },
    accessKeys: [{}],
  }));
  return { users, groups };
}

// The bounds are wide: they are to notice work that grows with the square of the account, not a slow machine.
test("a full account loads in a second, and is read in pages of a thousand in seconds", async () => {
  const state = fullAccount();
  const begun = performance.now();
  const { iam } = await start({ state });
  expect(performance.now() - begun).toBeLessThan(2000);
  let users = 0;
  let Marker: string | undefined;
  do {
    const page = await iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 1000, Marker });
    users += page.UserDetailList?.length ?? 0;
    Marker = page.Marker;
  } while (Marker !== undefined);
  expect(users).toBe(5000);
  await iam.generateCredentialReport({});
  await iam.getCredentialReport({});
  expect(performance.now() - begun).toBeLessThan(8000);
});

test("two thousand users made one after the other cost no more at the end than at the beginning", async () => {
  const { sandbox } = await start();
  const make = (from: number) => {
    const begun = performance.now();
    for (let index = from; index < from + 1000; index += 1) {
      sandbox.act("CreateUser", { UserName: `user-${index}`, Tags: [{ Key: "team", Value: "one" }] });
    }
    return performance.now() - begun;
  };
  const first = make(0);
  make(1000);
  make(2000);
  make(3000);
  expect(make(4000)).toBeLessThan(5 * first + 50);
});
