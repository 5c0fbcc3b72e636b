import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { Plan } from "../../src/core/plan.ts";
import { codeAt } from "../../src/sandbox/totp.ts";
import { ALLOW, arn, OURS, story, type Story } from "../apply/story.ts";
import { directory } from "../cli/run.ts";
import { goTheWay } from "../contract/way.ts";
import { declaredGroup, declaredUser, roster } from "../core/build.ts";
import { numbered, PASSWORD } from "../contract/given.ts";
import { certificate, rsaKey } from "../sandbox/material.ts";
import { type Aws, awsAt } from "./aws.ts";

/*
 * An administrator with the AWS command line, at the sandbox: what the command line does there, and what our plan says of
 * what was done by hand.
 */

const USER = "--user-name emily";
const PHONE = "arn:aws:iam::123456789012:mfa/phone";

/** The credentials of the way, made by the command line. */
async function giveCredentials(aws: Aws): Promise<void> {
  const seedFile = join(await directory(), "seed");
  const made = await Promise.all([
    aws(`create-access-key ${USER} --query AccessKey.Status`),
    aws(`create-login-profile ${USER} --query LoginProfile.UserName --password`, PASSWORD),
    aws(`upload-ssh-public-key ${USER} --query SSHPublicKey.Status --ssh-public-key-body`, rsaKey(2048)),
    aws(`upload-signing-certificate ${USER} --query Certificate.Status --certificate-body`, certificate(1)),
    aws(
      `create-virtual-mfa-device --virtual-mfa-device-name phone --query VirtualMFADevice.SerialNumber --bootstrap-method Base32StringSeed --outfile`,
      seedFile,
    ),
  ]);
  expect(made).toEqual(['"Active"', '"emily"', '"Active"', '"Active"', `"${PHONE}"`]);
  const seed = await readFile(seedFile, "utf8");
  const [first, second] = [0, 30_000].map((ahead) => codeAt(seed, Date.now() + ahead));
  const codes = `--authentication-code1 ${first} --authentication-code2 ${second}`;
  expect(await aws(`enable-mfa-device ${USER} --serial-number ${PHONE} ${codes}`)).toBe("");
}

test("the core goes its whole way beside the command line", { timeout: 60_000 }, async () => {
  const told = await story({}, { clock: Date.now });
  const aws = await awsAt(told.sandbox.url);
  await goTheWay(told, () => giveCredentials(aws));
  expect(await aws("list-users --query Users[].UserName")).toEqual(["ben"]);
});

describe("the command line", { timeout: 60_000 }, () => {
  const open = async (...parameters: Parameters<typeof story>): Promise<{ aws: Aws } & Story> => {
    const told = await story(...parameters);
    return { ...told, aws: await awsAt(told.sandbox.url) };
  };

  test("makes a user with everything and finds it again", async () => {
    const { aws } = await open();
    const boundary = arn("PowerUserAccess");
    await Promise.all([
      aws(`create-user ${USER} --path /people/ --permissions-boundary ${boundary} --tags Key=team,Value=x`),
      aws("create-group --group-name developers"),
    ]);
    expect(await aws(`wait user-exists ${USER}`)).toBe("");
    await Promise.all([
      aws("add-user-to-group --group-name developers --user-name emily"),
      aws(`attach-user-policy ${USER} --policy-arn ${arn("SecurityAudit")}`),
      aws(`put-user-policy ${USER} --policy-name own --policy-document`, JSON.stringify(ALLOW)),
      aws(`create-login-profile ${USER} --password-reset-required --password`, PASSWORD),
    ]);
    const [details, profile, document] = await Promise.all([
      aws("get-account-authorization-details --filter User"),
      aws(`get-login-profile ${USER} --query LoginProfile.PasswordResetRequired`),
      aws(`get-user-policy ${USER} --policy-name own --query PolicyDocument`),
    ]);
    expect(details).toMatchObject({
      UserDetailList: [
        {
          Arn: "arn:aws:iam::123456789012:user/people/emily",
          GroupList: ["developers"],
          AttachedManagedPolicies: [{ PolicyArn: arn("SecurityAudit") }],
          PermissionsBoundary: { PermissionsBoundaryArn: boundary },
          Tags: [{ Key: "team", Value: "x" }],
          UserPolicyList: [{ PolicyName: "own", PolicyDocument: ALLOW }],
        },
      ],
    });
    expect([profile, document]).toEqual(["true", ALLOW]);
  });

  test("reads all pages, or as many as it is told to", async () => {
    const names = numbered("user", 99);
    const { aws, sandbox } = await open({ users: names.map((name) => ({ name })) });
    expect(await aws("list-users --page-size 20 --query Users[].UserName")).toEqual(names);
    expect(sandbox.calls).toHaveLength(5);
    const first = (await aws("list-users --max-items 30")) as Listed;
    expect(first.Users).toHaveLength(30);
    const rest = (await aws(`list-users --starting-token ${first.NextToken}`)) as Listed;
    expect([...first.Users, ...rest.Users].map(({ UserName }) => UserName)).toEqual(names);
    const details = await aws(
      "get-account-authorization-details --page-size 40 --query UserDetailList[].UserName",
    );
    expect(details).toEqual(names);
  });

  test("has a credential report made, and reads it", async () => {
    const { aws } = await open({ users: [{ name: "emily", password: { secret: PASSWORD } }] });
    expect(await aws("get-credential-report")).toMatch(/^exit status \d+: .*\(ReportNotPresent\)/);
    expect(await aws("generate-credential-report --query State")).toBe('"STARTED"');
    expect(await aws("generate-credential-report --query State")).toBe('"COMPLETE"');
    const { Content } = (await aws("get-credential-report")) as { readonly Content: string };
    const [header, root, emily] = Buffer.from(Content, "base64").toString().split("\n");
    expect(header).toMatch(/^user,arn,user_creation_time,password_enabled,/);
    expect(root).toMatch(/^<root_account>,/);
    expect(emily).toMatch(/^emily,arn:aws:iam::123456789012:user\/emily,.*?,true,no_information,/);
  });

  test("deactivates and deletes a user in IAM's order, and in no other", async () => {
    const { aws } = await open({
      groups: [{ name: "developers" }],
      users: [
        { name: "emily", groups: ["developers"], accessKeys: [{ id: "AKIAEMILY00000000000" }], password: {} },
      ],
    });
    const key = "--access-key-id AKIAEMILY00000000000";
    expect(await aws(`update-access-key ${USER} ${key} --status Inactive`)).toBe("");
    expect(await aws(`list-access-keys ${USER} --query AccessKeyMetadata[].Status`)).toEqual(["Inactive"]);
    expect(await aws(`delete-user ${USER}`)).toMatch(
      /\(DeleteConflict\) when calling the DeleteUser operation/,
    );
    const ended = await Promise.all([
      aws(`delete-access-key ${USER} ${key}`),
      aws(`delete-login-profile ${USER}`),
      aws(`remove-user-from-group ${USER} --group-name developers`),
    ]);
    expect(ended).toEqual(["", "", ""]);
    expect(await aws(`delete-user ${USER}`)).toBe("");
    expect(await aws(`get-user ${USER}`)).toMatch(
      /\(NoSuchEntity\).*: The user with name emily cannot be found\.$/,
    );
  });
});

/** What the plan would write, `DeleteLoginProfile emily`, then what it says besides. */
function toldBy({ entries, refused, unmanaged, warnings }: Plan) {
  return {
    writes: entries.flatMap(({ subject, changes }) => changes.map(({ kind }) => `${kind} ${subject.name}`)),
    refused: refused.map(({ subject }) => subject.name),
    unmanaged,
    warnings: warnings.map(({ code }) => code),
  };
}

interface Listed {
  readonly Users: readonly { readonly UserName: string }[];
  readonly NextToken?: string;
}

describe("what was done by hand", { timeout: 60_000 }, () => {
  const GROUPS = [declaredGroup("developers", { policies: ["PowerUserAccess"] })];
  const FILES = roster([declaredUser("emily", { groups: ["developers"] }), declaredUser("ben")], GROUPS);
  const open = async () => {
    const at = await story({
      groups: [{ name: "developers", policies: [arn("PowerUserAccess")] }, { name: "others" }],
      users: [
        { name: "emily", tags: OURS, groups: ["developers"] },
        { name: "ben", tags: OURS },
      ],
    });
    return { ...at, aws: await awsAt(at.sandbox.url) };
  };

  test("to a user's credentials and access is taken back by the plan", async () => {
    const { aws, plan, apply } = await open();
    await Promise.all([
      aws(`create-access-key ${USER}`),
      aws(`create-login-profile ${USER} --password`, PASSWORD),
      aws(`add-user-to-group ${USER} --group-name others`),
      aws(`attach-user-policy ${USER} --policy-arn ${arn("AdministratorAccess")}`),
      aws(`put-user-policy ${USER} --policy-name own --policy-document`, JSON.stringify(ALLOW)),
      aws(`tag-user ${USER} --tags Key=team,Value=x`),
      aws("attach-group-policy --group-name developers --policy-arn", arn("AdministratorAccess")),
    ]);
    const { plan: made } = await plan(FILES);
    expect(toldBy(made).writes).toEqual([
      "DeleteLoginProfile emily",
      "UpdateAccessKey emily",
      "RemoveUserFromGroup emily",
      "DetachUserPolicy emily",
      "DeleteUserPolicy emily",
      "UntagUser emily",
      "DetachGroupPolicy developers",
    ]);
    await apply(FILES);
    const statuses = await aws(`list-access-keys ${USER} --query AccessKeyMetadata[].Status`);
    expect(statuses).toEqual(["Inactive"]);
    expect(toldBy((await plan(FILES)).plan).writes).toEqual([]);
  });

  test("to who is a user is made again, refused or listed", async () => {
    const { aws, plan } = await open();
    await Promise.all([
      aws("delete-user --user-name ben"),
      aws(`untag-user ${USER} --tag-keys iam-roster:owner`),
      aws(`tag-user ${USER} --tags Key=team,Value=x`),
      aws("create-user --user-name zoe"),
    ]);
    const seen = toldBy((await plan(FILES)).plan);
    expect(seen.writes).toEqual(["CreateUser ben"]);
    expect(seen.refused).toEqual(["emily"]);
    expect(JSON.stringify(seen.unmanaged)).toContain("zoe");
  });

  test("to hold a user is left alone, and warned about", async () => {
    const { aws, plan } = await open();
    await aws(`attach-user-policy ${USER} --policy-arn ${arn("AWSDenyAll")}`);
    await aws(`remove-user-from-group ${USER} --group-name developers`);
    const seen = toldBy((await plan(FILES)).plan);
    expect(seen.writes).toEqual([]);
    expect(seen.warnings).toContain("hold");
  });
});
