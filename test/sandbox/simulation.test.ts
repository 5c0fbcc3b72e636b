import { describe, expect, test } from "vitest";

import { failure, start } from "./start.ts";

const ADMINISTRATOR = "arn:aws:iam::123456789012:role/sandbox-admin";

describe("SimulatePrincipalPolicy", () => {
  test("answers for each action on each resource what a call would: all is allowed but for a fault", async () => {
    const { iam, sandbox } = await start();
    sandbox.setFaults([{ kind: "access-denied", operations: ["DeleteUser"] }]);
    const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
      PolicySourceArn: ADMINISTRATOR,
      ActionNames: ["iam:DeleteUser", "iam:GetUser"],
      ResourceArns: ["arn:aws:iam::123456789012:user/a", "arn:aws:iam::123456789012:user/b"],
    });
    expect(
      EvaluationResults.map((each) => [
        each.EvalActionName,
        each.EvalResourceName?.at(-1),
        each.EvalDecision,
      ]),
    ).toEqual([
      ["iam:DeleteUser", "a", "implicitDeny"],
      ["iam:DeleteUser", "b", "implicitDeny"],
      ["iam:GetUser", "a", "allowed"],
      ["iam:GetUser", "b", "allowed"],
    ]);
  });

  test("gives pages", async () => {
    const { iam } = await start();
    const asking = {
      PolicySourceArn: ADMINISTRATOR,
      ActionNames: ["iam:GetUser", "iam:GetGroup"],
      MaxItems: 1,
    };
    const first = await iam.simulatePrincipalPolicy(asking);
    expect(first).toMatchObject({
      IsTruncated: true,
      EvaluationResults: [{ EvalActionName: "iam:GetGroup", EvalResourceName: "*" }],
    });
    const second = await iam.simulatePrincipalPolicy({ ...asking, Marker: first.Marker });
    expect(second).toMatchObject({
      IsTruncated: false,
      EvaluationResults: [{ EvalActionName: "iam:GetUser" }],
    });
  });

  test("knows the account's users and the caller's role, and nobody else", async () => {
    const { iam } = await start({ state: { users: [{ name: "emily", path: "/people/" }] } });
    const asked = (PolicySourceArn: string, ActionNames = ["iam:GetUser"]): Promise<string> =>
      failure(iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames }));
    expect(await asked("arn:aws:iam::123456789012:user/people/emily")).toBe("no failure");
    expect(await asked("arn:aws:iam::123456789012:user/bob")).toMatch(/^NoSuchEntity/);
    expect(await asked("arn:aws:iam::123456789012:role/other")).toMatch(/^NoSuchEntity/);
    expect(await asked("arn:aws:iam::123456789012:root")).toMatch(/^InvalidInput/);
    expect(await asked("arn:aws:iam::210987654321:user/emily")).toMatch(/^InvalidInput/);
    expect(await asked(ADMINISTRATOR, ["GetUser"])).toMatch(/^InvalidInput/);
    expect(await asked(ADMINISTRATOR, [])).toMatch(/^InvalidInput/);
  });
});

describe("the log says what IAM would ask the caller's policies:", () => {
  test("permissions, ARNs as they are when the call comes, and what conditions look at", async () => {
    const { iam, sandbox } = await start();
    await iam.createUser({ UserName: "emily", Path: "/people/", Tags: [{ Key: "team", Value: "x" }] });
    await iam.createGroup({ GroupName: "readers", Path: "/teams/" });
    await iam.addUserToGroup({ UserName: "emily", GroupName: "readers" });
    await iam.attachUserPolicy({ UserName: "emily", PolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" });
    const { AccessKey } = await iam.createAccessKey({ UserName: "emily" });
    await iam.getAccessKeyLastUsed({ AccessKeyId: AccessKey?.AccessKeyId });
    await iam.updateUser({ UserName: "emily", NewUserName: "em", NewPath: "/staff/" });
    await iam.untagUser({ UserName: "em", TagKeys: ["team"] });
    await iam.getPolicy({ PolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" });
    await iam.listUsers({});
    await failure(iam.getUser({ UserName: "gone" }));
    const asked = sandbox.calls.flatMap((call) => call.asked);
    const short = (resource: string): string => resource.replace("arn:aws:iam::123456789012:", "");
    expect(asked.map(({ permission, resource }) => `${permission.slice(4)} ${short(resource)}`)).toEqual([
      "CreateUser user/people/emily",
      "TagUser user/people/emily",
      "CreateGroup group/teams/readers",
      "AddUserToGroup group/teams/readers",
      "AttachUserPolicy user/people/emily",
      "CreateAccessKey user/people/emily",
      "GetAccessKeyLastUsed user/people/emily",
      "UpdateUser user/people/emily",
      "UpdateUser user/staff/em",
      "UntagUser user/staff/em",
      "GetPolicy arn:aws:iam::aws:policy/AWSDenyAll",
      "ListUsers *",
      "GetUser user/gone",
    ]);
    expect(
      asked.filter(({ context }) => Object.keys(context).length > 0).map(({ context }) => context),
    ).toEqual([
      { "aws:TagKeys": ["team"] },
      { "aws:TagKeys": ["team"] },
      { "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSDenyAll" },
      { "aws:TagKeys": ["team"] },
      { "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSDenyAll" },
    ]);
  });

  test("of virtual MFA devices their own ARN", async () => {
    const { iam, sandbox } = await start();
    const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone" });
    await iam.deleteVirtualMFADevice({ SerialNumber: VirtualMFADevice?.SerialNumber });
    await iam.listVirtualMFADevices({});
    expect(sandbox.calls.flatMap(({ asked }) => asked.map(({ resource }) => resource))).toEqual([
      "arn:aws:iam::123456789012:mfa/phone",
      "arn:aws:iam::123456789012:mfa/phone",
      "*",
    ]);
  });
});
