import type { IAM } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";

import { allow, awsPolicy } from "../../sandbox/start.ts";
import {
  emily,
  enable,
  GroupName,
  member,
  newDevice,
  newKey,
  numbered,
  PASSWORD,
  tag,
  UserName,
} from "../given.ts";
import { end, ends, type Lines } from "../line.ts";

export const account = {
  "tells who calls, and in which account": {
    does: async ({ sts, account: id }) => {
      const { Account, Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
      return [Account === id, Arn.replace(id, "ACCOUNT").replace(/:ACCOUNT:.*/, ":ACCOUNT")];
    },
    gives: [true, "arn:aws:sts::ACCOUNT"],
  },
  "counts its users and groups": {
    does: async ({ iam }) => {
      await member(iam);
      const { SummaryMap } = await iam.getAccountSummary({});
      return [SummaryMap?.Users ?? 0, SummaryMap?.Groups ?? 0];
    },
    gives: [1, 1],
  },
  "tells its quotas": {
    does: async ({ iam }) => {
      const { SummaryMap = {} } = await iam.getAccountSummary({});
      const quotas = Object.entries(SummaryMap).filter(([name]) => QUOTAS.has(name));
      return Object.fromEntries(quotas.map(([name, value]) => [name, value]));
    },
    gives: {
      UsersQuota: 5000,
      GroupsQuota: 300,
      GroupsPerUserQuota: 10,
      AttachedPoliciesPerUserQuota: 10,
      AttachedPoliciesPerGroupQuota: 10,
      UserPolicySizeQuota: 2048,
      GroupPolicySizeQuota: 5120,
      AccessKeysPerUserQuota: 2,
      SigningCertificatesPerUserQuota: 2,
    },
  },
  "has no password policy at first, then one that is replaced whole": {
    does: async ({ iam }) => {
      const none = await end(iam.getAccountPasswordPolicy({}));
      await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 14, RequireSymbols: true });
      await iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
      const { PasswordPolicy } = await iam.getAccountPasswordPolicy({});
      const {
        MinimumPasswordLength = 0,
        RequireSymbols = false,
        AllowUsersToChangePassword = false,
      } = PasswordPolicy ?? {};
      return [none, MinimumPasswordLength, RequireSymbols, AllowUsersToChangePassword];
    },
    gives: ["NoSuchEntity 404", 6, false, true],
  },
  "asks for passwords of six characters at least": {
    does: ({ iam }) => end(iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 5 })),
    gives: "ValidationError 400",
  },
  "has one alias at most": {
    does: async ({ iam }) => {
      const aliases = async () => (await iam.listAccountAliases({})).AccountAliases ?? [];
      const none = await aliases();
      await iam.createAccountAlias({ AccountAlias: "acme" });
      await iam.createAccountAlias({ AccountAlias: "acme-labs" });
      return [none, await aliases()];
    },
    gives: [[], ["acme-labs"]],
  },
} satisfies Lines;

const QUOTAS = new Set([
  "UsersQuota",
  "GroupsQuota",
  "GroupsPerUserQuota",
  "AttachedPoliciesPerUserQuota",
  "AttachedPoliciesPerGroupQuota",
  "UserPolicySizeQuota",
  "GroupPolicySizeQuota",
  "AccessKeysPerUserQuota",
  "SigningCertificatesPerUserQuota",
]);

const details = async (iam: IAM, Filter: ("User" | "Group")[]) =>
  iam.getAccountAuthorizationDetails({ Filter });

export const authorizationDetails = {
  "shows a user's groups, policies, documents and tags": {
    does: async ({ iam }) => {
      await member(iam);
      await iam.tagUser({ UserName, Tags: [tag("team", "x")] });
      await iam.attachUserPolicy({ UserName, PolicyArn: awsPolicy("job-function/ViewOnlyAccess") });
      await iam.putUserPolicy({ UserName, PolicyName: "own", PolicyDocument: allow("s3:*") });
      const [user] = (await details(iam, ["User"])).UserDetailList ?? [];
      return {
        groups: user?.GroupList ?? [],
        policies: user?.AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn ?? "") ?? [],
        document: decodeURIComponent(user?.UserPolicyList?.[0]?.PolicyDocument ?? "") === allow("s3:*"),
        tags: user?.Tags?.map(({ Key }) => Key ?? "") ?? [],
      };
    },
    gives: {
      groups: ["readers"],
      policies: [awsPolicy("job-function/ViewOnlyAccess")],
      document: true,
      tags: ["team"],
    },
  },
  "shows a group's policies and documents": {
    does: async ({ iam }) => {
      await member(iam);
      await iam.attachGroupPolicy({ GroupName, PolicyArn: awsPolicy("ReadOnlyAccess") });
      await iam.putGroupPolicy({ GroupName, PolicyName: "own", PolicyDocument: allow("s3:*") });
      const [group] = (await details(iam, ["Group"])).GroupDetailList ?? [];
      return {
        policies: group?.AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn ?? "") ?? [],
        document: decodeURIComponent(group?.GroupPolicyList?.[0]?.PolicyDocument ?? "") === allow("s3:*"),
      };
    },
    gives: { policies: [awsPolicy("ReadOnlyAccess")], document: true },
  },
  "shows a user's permissions boundary": {
    does: async ({ iam }) => {
      await iam.createUser({ UserName, PermissionsBoundary: awsPolicy("ReadOnlyAccess") });
      const [user] = (await details(iam, ["User"])).UserDetailList ?? [];
      return user?.PermissionsBoundary?.PermissionsBoundaryArn ?? "none";
    },
    gives: awsPolicy("ReadOnlyAccess"),
  },
  "leaves out the list of a user's documents where it is empty, and no other list": {
    does: async ({ iam }) => {
      await emily(iam);
      const [user] = (await details(iam, ["User"])).UserDetailList ?? [];
      const { UserPolicyList, GroupList, AttachedManagedPolicies, Tags } = user ?? {};
      return [UserPolicyList, GroupList, AttachedManagedPolicies, Tags].map(
        (list) => list?.length ?? "left out",
      );
    },
    gives: ["left out", 0, 0, 0],
  },
  "shows the kinds that are asked for, and no others": {
    does: async ({ iam }) => {
      await member(iam);
      const counts = async (filter: ("User" | "Group")[]) => {
        const { UserDetailList, GroupDetailList } = await details(iam, filter);
        return [UserDetailList?.length ?? 0, GroupDetailList?.length ?? 0];
      };
      return [await counts(["User"]), await counts(["Group"]), await counts(["User", "Group"])];
    },
    gives: [
      [1, 0],
      [0, 1],
      [1, 1],
    ],
  },
  "is refused for a kind that does not exist": {
    does: ({ iam }) => end(iam.getAccountAuthorizationDetails({ Filter: ["user" as "User"] })),
    gives: "ValidationError 400",
  },
  "binds a marker to its filter": {
    does: async ({ iam }) => {
      for (const name of numbered("u", 3)) await iam.createUser({ UserName: name });
      const { Marker } = await iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 1 });
      return ends([
        () => iam.getAccountAuthorizationDetails({ Filter: ["User"], MaxItems: 2, Marker }),
        () => iam.getAccountAuthorizationDetails({ Filter: ["Group"], Marker }),
      ]);
    },
    gives: ["done", "ValidationError 400"],
  },
} satisfies Lines;

const HEADER =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
  "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date," +
  "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated," +
  "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active," +
  "cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/** The report as rows of cells, made afresh where IAM makes one. */
async function report(iam: IAM): Promise<readonly (readonly string[])[]> {
  while ((await iam.generateCredentialReport({})).State !== "COMPLETE");
  const { Content } = await iam.getCredentialReport({});
  return new TextDecoder()
    .decode(Content)
    .split("\n")
    .map((line) => line.split(","));
}

function secondOf(date: Date | undefined): number {
  return Math.floor((date?.getTime() ?? 0) / 1000) * 1000;
}

/** The cells of Emily's row, by column. */
async function cells(iam: IAM): Promise<Readonly<Record<string, string>>> {
  const [header = [], ...rows] = await report(iam);
  const own = rows.find(([name]) => name === UserName) ?? [];
  return Object.fromEntries(header.map((column, index) => [column, own[index] ?? ""]));
}

export const credentialReport = {
  "is not present, then started, then complete": {
    does: async ({ iam }) => {
      const absent = await end(iam.getCredentialReport({}));
      const { State: first } = await iam.generateCredentialReport({});
      const { State: second } = await iam.generateCredentialReport({});
      const { ReportFormat } = await iam.getCredentialReport({});
      return [absent, first ?? "", second ?? "", ReportFormat ?? ""];
    },
    gives: ["ReportNotPresent 410", "STARTED", "COMPLETE", "text/csv"],
  },
  "has these 22 columns": {
    does: async ({ iam }) => ((await report(iam))[0] ?? []).join(","),
    gives: HEADER,
  },
  "has the root's row first, then the users in order of names without case": {
    does: async ({ iam }) => {
      for (const name of ["b", "C", "a"]) await iam.createUser({ UserName: name });
      return (await report(iam)).map(([name]) => name ?? "");
    },
    gives: ["user", "<root_account>", "a", "b", "C"],
  },
  "has moments to the second, as `2026-11-22T10:00:00Z`": {
    does: async ({ iam }) => {
      const { User } = await emily(iam);
      const time = (await cells(iam))["user_creation_time"] ?? "";
      return [Date.parse(time) === secondOf(User?.CreateDate), /^[\d-]{10}T[\d:]{8}Z$/.test(time)];
    },
    gives: [true, true],
  },
  "says of a user with nothing that there is nothing": {
    does: async ({ iam }) => {
      await emily(iam);
      const seen = Object.entries(await cells(iam)).slice(3);
      return [...new Set(seen.map(([, value]) => (/^\d/.test(value) ? "a moment" : value)))].toSorted();
    },
    gives: ["N/A", "false"],
  },
  "says of a password that was never used that there is no information": {
    does: async ({ iam }) => {
      await emily(iam);
      await iam.createLoginProfile({ UserName, Password: PASSWORD });
      const row = await cells(iam);
      return [row["password_enabled"] ?? "", row["password_last_used"] ?? ""];
    },
    gives: ["true", "no_information"],
  },
  "shows MFA and keys, and the date of a key that is off": {
    does: async ({ iam }) => {
      await emily(iam);
      await enable(iam, await newDevice(iam));
      await iam.updateAccessKey({ ...(await newKey(iam)), Status: "Inactive" });
      const row = await cells(iam);
      const rotated = Number.isNaN(Date.parse(row["access_key_1_last_rotated"] ?? ""));
      return [row["mfa_active"] ?? "", row["access_key_1_active"] ?? "", rotated ? "no date" : "a date"];
    },
    gives: ["true", "false", "a date"],
  },
  "stays as it was made, whatever changes": {
    does: async ({ iam }) => {
      const before = await report(iam);
      await emily(iam);
      return (await report(iam)).length === before.length;
    },
    gives: true,
  },
} satisfies Lines;
