import type { GetAccountAuthorizationDetailsCommandInput, IAM } from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";

import { allow, awsPolicy, failure, start } from "./start.ts";

type Filter = GetAccountAuthorizationDetailsCommandInput["Filter"];

const numbered = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${String(index).padStart(4, "0")}` }));

/** All pages, and how many there were. */
async function readAll(iam: IAM, input: GetAccountAuthorizationDetailsCommandInput) {
  const users: string[] = [];
  const groups: string[] = [];
  let pages = 0;
  let Marker: string | undefined;
  do {
    const page = await iam.getAccountAuthorizationDetails({ ...input, Marker });
    users.push(...(page.UserDetailList ?? []).map(({ UserName }) => UserName ?? ""));
    groups.push(...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName ?? ""));
    Marker = page.Marker;
    pages += 1;
    expect(page.IsTruncated).toBe(Marker !== undefined);
  } while (Marker !== undefined);
  return { users, groups, pages };
}

describe("GetAccountAuthorizationDetails", () => {
  test("gives a user whole, with documents percent-encoded", async () => {
    const document = allow("s3:Get*").replace("s3", "s3'(!)");
    const user = {
      name: "Emily",
      tags: { Team: "one & <two>" },
      boundary: awsPolicy("PowerUserAccess"),
      groups: ["power"],
      policies: [awsPolicy("job-function/ViewOnlyAccess")],
      inlinePolicies: { one: document },
    };
    const { iam } = await start({ state: { users: [user], groups: [{ name: "Power" }] } });
    const { UserDetailList } = await iam.getAccountAuthorizationDetails({ Filter: ["User"] });
    expect(UserDetailList).toMatchObject([
      {
        UserName: "Emily",
        Tags: [{ Key: "Team", Value: "one & <two>" }],
        PermissionsBoundary: { PermissionsBoundaryArn: awsPolicy("PowerUserAccess") },
        GroupList: ["Power"],
        AttachedManagedPolicies: [{ PolicyName: "ViewOnlyAccess" }],
      },
    ]);
    const encoded = UserDetailList?.[0]?.UserPolicyList?.[0]?.PolicyDocument ?? "";
    expect(encoded).toMatch(/^[A-Za-z0-9%._~-]+$/);
    expect(decodeURIComponent(encoded)).toBe(document);
  });

  test("leaves an empty list of inline policies of a user out, and no other list", async () => {
    const { iam } = await start({ state: { users: [{ name: "emily" }], groups: [{ name: "power" }] } });
    const page = await iam.getAccountAuthorizationDetails({});
    expect(page.UserDetailList?.[0]).toMatchObject({ GroupList: [], AttachedManagedPolicies: [], Tags: [] });
    expect(page.UserDetailList?.[0]).not.toHaveProperty("UserPolicyList");
    expect(page.GroupDetailList?.[0]).toMatchObject({ GroupPolicyList: [], AttachedManagedPolicies: [] });
  });

  test("gives a hundred items a page unless told otherwise, users before groups, in one budget", async () => {
    const state = { users: numbered(95, "u"), groups: numbered(10, "g") };
    const { iam } = await start({ state });
    const first = await iam.getAccountAuthorizationDetails({});
    expect(first.UserDetailList).toHaveLength(95);
    expect(first.GroupDetailList).toHaveLength(5);
    const all = await readAll(iam, { MaxItems: 7 });
    expect(all).toEqual({
      users: state.users.map(({ name }) => name),
      groups: state.groups.map(({ name }) => name),
      pages: 15,
    });
    expect(await readAll(iam, { MaxItems: 105 })).toMatchObject({ pages: 1 });
  });

  test("gives only the kinds that are asked for", async () => {
    const state = { users: numbered(2, "u"), groups: numbered(2, "g"), policies: [{ name: "base" }] };
    const { iam } = await start({ state });
    const counts = async (filter: Filter) => {
      const page = await iam.getAccountAuthorizationDetails({ Filter: filter });
      return [page.UserDetailList?.length, page.GroupDetailList?.length, page.Policies?.length];
    };
    expect(await counts(["User"])).toEqual([2, 0, 0]);
    expect(await counts(["Group"])).toEqual([0, 2, 0]);
    expect(await counts(["LocalManagedPolicy"])).toEqual([0, 0, 1]);
    expect(await counts(["Role"])).toEqual([0, 0, 0]);
    expect(await counts([])).toEqual([2, 2, 1]);
  });

  test("binds a marker to the set of filters, not to their order and not to the page's size", async () => {
    const { iam } = await start({ state: { users: numbered(5, "u"), groups: numbered(5, "g") } });
    const { Marker } = await iam.getAccountAuthorizationDetails({ Filter: ["User", "Group"], MaxItems: 2 });
    const next = await iam.getAccountAuthorizationDetails({ Filter: ["Group", "User"], MaxItems: 4, Marker });
    expect(next.UserDetailList?.map(({ UserName }) => UserName)).toEqual(["u0002", "u0003", "u0004"]);
    expect(next.GroupDetailList).toHaveLength(1);
    const other = failure(iam.getAccountAuthorizationDetails({ Filter: ["User"], Marker }));
    expect(await other).toBe("ValidationError: Marker and Filter do not match");
    const made = failure(iam.getAccountAuthorizationDetails({ Filter: ["User"], Marker: "made-up" }));
    expect(await made).toBe("ValidationError: Marker and Filter do not match");
  });

  test("goes on behind the last item, whatever was deleted meanwhile", async () => {
    const { iam, sandbox } = await start({ state: { users: numbered(6, "u") } });
    const { Marker } = await iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 3 });
    sandbox.act("DeleteUser", { UserName: "u0001" });
    sandbox.act("DeleteUser", { UserName: "u0002" });
    const next = await iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 3, Marker });
    expect(next.UserDetailList?.map(({ UserName }) => UserName)).toEqual(["u0003", "u0004", "u0005"]);
  });

  test.each([{ Filter: ["user"] as unknown as Filter }, { MaxItems: 0 }, { MaxItems: 1001 }])(
    "refuses %j",
    async (input) => {
      const { iam } = await start();
      expect(await failure(iam.getAccountAuthorizationDetails(input))).toMatch(/^ValidationError/);
    },
  );
});

describe("every list", () => {
  const user = {
    name: "emily",
    groups: ["g0", "g1", "g2"],
    tags: { a: "", b: "", c: "" },
    policies: ["ReadOnlyAccess", "PowerUserAccess", "SecurityAudit"].map(awsPolicy),
    inlinePolicies: { a: allow("a:a"), b: allow("b:b"), c: allow("c:c") },
    accessKeys: [{}, {}, {}],
    sshKeys: [{}, {}, {}],
    certificates: [{}, {}, {}],
    serviceCredentials: [{}, {}, {}],
    mfaDevices: [{ serial: "GAHT00000001" }, { serial: "GAHT00000002" }, { serial: "GAHT00000003" }],
  };
  const group = { policies: user.policies, inlinePolicies: user.inlinePolicies };
  const state = {
    users: [user, { name: "u1", groups: ["g0"] }, { name: "u2", groups: ["g0"] }],
    groups: [{ name: "g0", ...group }, { name: "g1" }, { name: "g2" }],
    policies: [{ name: "a" }, { name: "b" }, { name: "c" }],
    virtualDevices: ["1", "2", "3"].map((serial) => ({ serial, seed: "", tags: [], user: undefined })),
  };

  const lists = {
    listUsers: {},
    listGroups: {},
    getGroup: { GroupName: "g0" },
    listGroupsForUser: { UserName: "emily" },
    listUserTags: { UserName: "emily" },
    listUserPolicies: { UserName: "emily" },
    listGroupPolicies: { GroupName: "g0" },
    listAttachedUserPolicies: { UserName: "emily" },
    listAttachedGroupPolicies: { GroupName: "g0" },
    listAccessKeys: { UserName: "emily" },
    listSSHPublicKeys: { UserName: "emily" },
    listSigningCertificates: { UserName: "emily" },
    listServiceSpecificCredentials: { AllUsers: true },
    listMFADevices: { UserName: "emily" },
    listVirtualMFADevices: {},
    listPolicies: { Scope: "Local" },
  } as const;

  type Page = { readonly IsTruncated?: boolean; readonly Marker?: string } & Readonly<
    Record<string, unknown>
  >;

  test.each(Object.entries(lists))("%s comes in pages of the size asked for", async (name, input) => {
    const { iam } = await start({ state });
    const read = async (page: object): Promise<Page> =>
      (iam[name as keyof typeof lists] as unknown as (input: object) => Promise<Page>).call(iam, {
        ...input,
        ...page,
      });
    const items = (page: Page): readonly unknown[] =>
      Object.values(page).find(Array.isArray) as readonly unknown[];
    const first = await read({ MaxItems: 2 });
    expect(items(first)).toHaveLength(2);
    expect(first.IsTruncated).toBe(true);
    const second = await read({ MaxItems: 2, Marker: first.Marker });
    expect(items(second)).toHaveLength(1);
    expect(second).toMatchObject({ IsTruncated: false });
    expect(second.Marker).toBeUndefined();
    const whole = await read({});
    expect([...items(first), ...items(second)]).toEqual(items(whole));
    expect(await failure(read({ Marker: "made-up" }))).toBe("ValidationError: Invalid Marker.");
    expect(await failure(read({ MaxItems: 1001 }))).toMatch(/^ValidationError/);
  });
});
