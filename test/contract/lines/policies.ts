import type { IAM } from "@aws-sdk/client-iam";

import { allow, awsPolicy } from "../../sandbox/start.ts";
import { allowLong, emily, GroupName, member, readers, UserName } from "../given.ts";
import { allEnd, end, ends, endsFor, type Lines, type Seen } from "../line.ts";

const PolicyArn = awsPolicy("ReadOnlyAccess");

/** Eleven policies of AWS, of which ten fit on a user or group. */
const ELEVEN = [
  "AdministratorAccess",
  "AmazonEC2FullAccess",
  "AmazonEC2ReadOnlyAccess",
  "AmazonS3FullAccess",
  "AmazonS3ReadOnlyAccess",
  "AWSDenyAll",
  "IAMFullAccess",
  "IAMUserChangePassword",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SecurityAudit",
].map(awsPolicy);

/** How all but the tenth and the eleventh end is left out. */
async function lastTwo(attach: (PolicyArn: string) => Promise<unknown>): Promise<Seen> {
  return (await ends(ELEVEN.map((arn) => () => attach(arn)))).slice(-2);
}

export const managedPolicies = {
  "exists in an account in which nobody made it, if it is one of AWS's": {
    does: ({ iam }) =>
      endsFor([awsPolicy("AWSDenyAll"), awsPolicy("NoSuchPolicy")], (arn) =>
        iam.getPolicy({ PolicyArn: arn }),
      ),
    gives: { [awsPolicy("AWSDenyAll")]: "done", [awsPolicy("NoSuchPolicy")]: "NoSuchEntity 404" },
  },
  "of a customer says in its default version, percent-encoded, what it was made with": {
    does: async ({ iam }) => {
      const { Policy } = await iam.createPolicy({ PolicyName: "team", PolicyDocument: allow("iam:*") });
      const made = { PolicyArn: Policy?.Arn ?? "" };
      const { Policy: found } = await iam.getPolicy(made);
      const { PolicyVersion } = await iam.getPolicyVersion({
        ...made,
        VersionId: found?.DefaultVersionId ?? "",
      });
      const isSame = decodeURIComponent(PolicyVersion?.Document ?? "") === allow("iam:*");
      const isEncoded = /^[\w.~%-]+$/.test(PolicyVersion?.Document ?? "");
      const none = await end(iam.getPolicyVersion({ ...made, VersionId: "v2" }));
      return [found?.DefaultVersionId ?? "", isSame, isEncoded, PolicyVersion?.IsDefaultVersion ?? "", none];
    },
    gives: ["v1", true, true, true, "NoSuchEntity 404"],
  },
  "is attached to a user twice, and detached once": {
    does: async ({ iam }) => {
      await emily(iam);
      const attach = () => iam.attachUserPolicy({ UserName, PolicyArn });
      const seen = await ends([attach, attach]);
      const { AttachedPolicies } = await iam.listAttachedUserPolicies({ UserName });
      const detach = () => iam.detachUserPolicy({ UserName, PolicyArn });
      return [
        ...seen,
        AttachedPolicies?.map((policy) => policy.PolicyArn ?? "") ?? [],
        ...(await ends([detach, detach])),
      ];
    },
    gives: ["done", "done", [PolicyArn], "done", "NoSuchEntity 404"],
  },
  "is attached to a group twice, and detached once": {
    does: async ({ iam }) => {
      await readers(iam);
      const attach = () => iam.attachGroupPolicy({ GroupName, PolicyArn });
      const seen = await ends([attach, attach]);
      const { AttachedPolicies } = await iam.listAttachedGroupPolicies({ GroupName });
      const detach = () => iam.detachGroupPolicy({ GroupName, PolicyArn });
      return [
        ...seen,
        AttachedPolicies?.map((policy) => policy.PolicyArn ?? "") ?? [],
        ...(await ends([detach, detach])),
      ];
    },
    gives: ["done", "done", [PolicyArn], "done", "NoSuchEntity 404"],
  },
  "is attached only if it exists": {
    does: async ({ iam }) => {
      await member(iam);
      const none = { PolicyArn: awsPolicy("NoSuchPolicy") };
      return ends([
        () => iam.attachUserPolicy({ UserName, ...none }),
        () => iam.attachGroupPolicy({ GroupName, ...none }),
      ]);
    },
    gives: ["NoSuchEntity 404", "NoSuchEntity 404"],
  },
  "is the eleventh of a user never": {
    does: async ({ iam }) => {
      await emily(iam);
      return lastTwo((arn) => iam.attachUserPolicy({ UserName, PolicyArn: arn }));
    },
    gives: ["done", "LimitExceeded 409"],
  },
  "is the eleventh of a group never": {
    does: async ({ iam }) => {
      await readers(iam);
      return lastTwo((arn) => iam.attachGroupPolicy({ GroupName, PolicyArn: arn }));
    },
    gives: ["done", "LimitExceeded 409"],
  },
  "of the account's own has the account in its ARN, and is attached like AWS's": {
    does: async ({ iam, account }) => {
      await emily(iam);
      const { Policy } = await iam.createPolicy({
        PolicyName: "own",
        Path: "/team/",
        PolicyDocument: allow("s3:*"),
      });
      const arn = Policy?.Arn ?? "";
      const seen = await end(iam.attachUserPolicy({ UserName, PolicyArn: arn }));
      return [arn.replace(account, "ACCOUNT"), seen];
    },
    gives: ["arn:aws:iam::ACCOUNT:policy/team/own", "done"],
  },
} satisfies Lines;

async function putOn(iam: IAM, PolicyName: string, PolicyDocument: string): Promise<unknown> {
  return iam.putUserPolicy({ UserName, PolicyName, PolicyDocument });
}

const MALFORMED = [
  "{",
  '{"Version":"2012-10-17"}',
  '{"Statement":{"Effect":"Perhaps","Action":"*","Resource":"*"}}',
];

export const inlinePolicies = {
  "of a user is put, read percent-encoded, listed, and deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      await putOn(iam, "own", allow("s3:*"));
      const found = await iam.getUserPolicy({ UserName, PolicyName: "own" });
      const { PolicyNames } = await iam.listUserPolicies({ UserName });
      const remove = () => iam.deleteUserPolicy({ UserName, PolicyName: "own" });
      const isSame = decodeURIComponent(found.PolicyDocument ?? "") === allow("s3:*");
      const isEncoded = /^[\w.~%-]+$/.test(found.PolicyDocument ?? "");
      return [isSame, isEncoded, PolicyNames ?? [], ...(await ends([remove, remove]))];
    },
    gives: [true, true, ["own"], "done", "NoSuchEntity 404"],
  },
  "of a group is put, read percent-encoded, listed, and deleted once": {
    does: async ({ iam }) => {
      await readers(iam);
      const own = { GroupName, PolicyName: "own" };
      await iam.putGroupPolicy({ ...own, PolicyDocument: allow("s3:*") });
      const found = await iam.getGroupPolicy(own);
      const { PolicyNames } = await iam.listGroupPolicies({ GroupName });
      const remove = () => iam.deleteGroupPolicy(own);
      const isSame = decodeURIComponent(found.PolicyDocument ?? "") === allow("s3:*");
      const isEncoded = /^[\w.~%-]+$/.test(found.PolicyDocument ?? "");
      return [isSame, isEncoded, PolicyNames ?? [], ...(await ends([remove, remove]))];
    },
    gives: [true, true, ["own"], "done", "NoSuchEntity 404"],
  },
  "that is not there is not found": {
    does: async ({ iam }) => {
      await member(iam);
      return ends([
        () => iam.getUserPolicy({ UserName, PolicyName: "none" }),
        () => iam.getGroupPolicy({ GroupName, PolicyName: "none" }),
      ]);
    },
    gives: ["NoSuchEntity 404", "NoSuchEntity 404"],
  },
  "is replaced whole by the next of its name, in whatever case": {
    does: async ({ iam }) => {
      await emily(iam);
      await putOn(iam, "Own", allow("s3:*"));
      await putOn(iam, "own", allow("ec2:*"));
      const { PolicyNames } = await iam.listUserPolicies({ UserName });
      const found = await iam.getUserPolicy({ UserName, PolicyName: "Own" });
      return [PolicyNames ?? [], decodeURIComponent(found.PolicyDocument ?? "") === allow("ec2:*")];
    },
    gives: [["Own"], true],
  },
  "is a document that IAM understands": {
    does: async ({ iam }) => {
      await emily(iam);
      return endsFor(MALFORMED, (document) => putOn(iam, "own", document));
    },
    gives: allEnd(MALFORMED, "MalformedPolicyDocument 400"),
  },
  "shares 2,048 characters with the others of a user; white space and the replaced one do not count": {
    does: async ({ iam }) => {
      await emily(iam);
      return ends([
        () => putOn(iam, "one", allowLong(1000)),
        () => putOn(iam, "two", allowLong(1000)),
        () => putOn(iam, "one", allowLong(1200)),
        () => putOn(iam, "two", allow("s3:*").replace("{", `{${" ".repeat(3000)}`)),
      ]);
    },
    gives: ["done", "LimitExceeded 409", "done", "done"],
  },
  "of a group has 5,120 characters": {
    does: async ({ iam }) => {
      await readers(iam);
      const put = (letters: number) => () =>
        iam.putGroupPolicy({ GroupName, PolicyName: "own", PolicyDocument: allowLong(letters) });
      return ends([put(5000), put(5100)]);
    },
    gives: ["done", "LimitExceeded 409"],
  },
} satisfies Lines;

export const boundaries = {
  "is put, replaced, and shown with the user": {
    does: async ({ iam }) => {
      await emily(iam);
      const put = (name: string) => () =>
        iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: awsPolicy(name) });
      const seen = await ends([put("PowerUserAccess"), put("ReadOnlyAccess"), put("NoSuchPolicy")]);
      const { User } = await iam.getUser({ UserName });
      return [...seen, User?.PermissionsBoundary?.PermissionsBoundaryArn ?? "none"];
    },
    gives: ["done", "done", "NoSuchEntity 404", PolicyArn],
  },
  "is deleted once": {
    does: async ({ iam }) => {
      await emily(iam);
      const remove = () => iam.deleteUserPermissionsBoundary({ UserName });
      return ends([
        () => iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: PolicyArn }),
        remove,
        remove,
      ]);
    },
    gives: ["done", "done", "NoSuchEntity 404"],
  },
} satisfies Lines;
