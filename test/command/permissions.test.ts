import { describe, expect, test } from "vitest";
import { permissions, type PermissionsOptions } from "../../src/command/permissions.ts";
import { DUE_PART } from "../../src/core/duties.ts";
import { JOBS } from "../../src/core/job.ts";
import type { Files } from "../../src/core/port.ts";
import { documentProblems } from "../../src/core/rules/document-grammar.ts";
import { documentSize, type Json } from "../../src/core/rules/documents.ts";
import { jobPolicy, type PolicyDocument, type Scope } from "../../src/iam/job-policy.ts";
import { decide } from "../calls/evaluate.ts";
import { EMILY, POWER_USERS, rosterOf, terminalFor } from "./scene.ts";

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function run(given: Partial<PermissionsOptions> & { readonly files?: Files } = {}): Promise<Ran> {
  const { files = rosterOf(), ...options } = given;
  const terminal = terminalFor();
  const status = await permissions(
    { files, terminal },
    { job: "apply", paths: [], partition: undefined, ...options },
  );
  return { status, ...terminal.told };
}

async function printed(given: Parameters<typeof run>[0]): Promise<PolicyDocument> {
  const { status, out } = await run(given);
  expect(status).toBe(0);
  return JSON.parse(out) as PolicyDocument;
}

function parsed(text: string): Json {
  return JSON.parse(text) as Json;
}

const SCOPE: Scope = { partition: "aws", account: "123456789012", paths: ["/"], protected: [] };
const arn = (rest: string): string => `arn:aws:iam::123456789012:${rest}`;

function asks(document: PolicyDocument, permission: string, resource: string): string {
  return decide(document, { permission, resource, context: {} });
}

describe("a printed policy", () => {
  test.each(JOBS)("for %s is one that IAM takes, and fits into a managed policy", async (job) => {
    const { status, out, err } = await run({ job });
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(documentProblems(parsed(out))).toEqual([]);
    expect(documentSize(parsed(out))).toBeLessThan(6144);
    const sids = (JSON.parse(out) as PolicyDocument).Statement.map(({ Sid }) => Sid);
    expect(sids.every((sid) => /^[A-Za-z0-9]+$/.test(sid))).toBe(true);
    expect(new Set(sids).size).toBe(sids.length);
  });

  test("to plan allows no write", async () => {
    const { Statement } = await printed({ job: "plan" });
    const actions = Statement.flatMap(({ Action = [] }) => Action);
    expect(actions.filter((action) => !/^iam:(Get|List|Generate)/.test(action))).toEqual([]);
  });

  test("is for the account of roster.yaml, in the partition that the files or the option name", async () => {
    const settings = 'account: "210987654321"\nowner: acme/access\n';
    const boundary = "arn:aws-cn:iam::210987654321:policy/bound";
    const users = `users:\n  emily: { groups: [power-users], permissionsBoundary: "${boundary}" }\n`;
    const files = rosterOf({ "roster.yaml": settings, "users.yaml": users });
    const text = async (given: object) => (await run({ files, ...given })).out;
    expect(await text({})).toContain('"arn:aws-cn:iam::210987654321:user/*"');
    expect(await text({})).not.toContain('"arn:aws:');
    expect(await text({ files: rosterOf(), partition: "aws-us-gov" })).toContain(
      '"arn:aws-us-gov:iam::123456789012:user/*"',
    );
    await expect(run({ files, partition: "aws" })).rejects.toThrow(
      `--partition says aws, and the files name ${boundary}`,
    );
  });

  test("for certain paths lets nobody be changed elsewhere, and says whom the files put there", async () => {
    const files = rosterOf({ "users.yaml": `${EMILY}  build-bot: { path: /machines/ }\n` });
    const paths = ["/machines/", "/managed/"];
    const { err } = await run({ files, paths });
    expect(err).toBe(
      "warning: not under /machines/ or /managed/, so this job cannot change these users: emily\n" +
        "warning: not under /machines/ or /managed/, so this job cannot change these groups: power-users\n",
    );
    const document = await printed({ files, paths });
    for (const [permission, type] of [
      ["iam:DeleteUser", "user"],
      ["iam:DeleteGroup", "group"],
    ] as const) {
      expect(asks(document, permission, arn(`${type}/machines/x`))).toBe("allowed");
      expect(asks(document, permission, arn(`${type}/managed/deep/x`))).toBe("allowed");
      expect(asks(document, permission, arn(`${type}/x`))).toBe("not allowed");
      expect(asks(document, permission, arn(`${type}/people/managed/x`))).toBe("not allowed");
    }
    // Of somebody who is gone, IAM says so only to who may read users without a path.
    expect(asks(document, "iam:GetUser", arn("user/x"))).toBe("allowed");
    expect((await run({ files, paths, job: "plan" })).err).toBe("");
  });

  test("denies every change of a protected user, on any path, whatever else allows it, and no read", async () => {
    const settings = 'account: "123456789012"\nowner: acme/access\nprotected: [break-glass]\n';
    const { Statement } = await printed({ files: rosterOf({ "roster.yaml": settings }) });
    const anything = { Sid: "Anything", Effect: "Allow", Action: ["*"], Resource: "*" } as const;
    const document: PolicyDocument = { Version: "2012-10-17", Statement: [...Statement, anything] };
    for (const name of ["user/break-glass", "user/people/break-glass", "user/a/b/break-glass"]) {
      for (const permission of ["iam:DeleteUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"]) {
        expect(asks(document, permission, arn(name))).toBe("denied");
      }
      expect(asks(document, "iam:ListAccessKeys", arn(name))).toBe("allowed");
    }
    for (const name of ["user/not-break-glass", "user/break-glass-2", "user/break-glass/emily"]) {
      expect(asks(document, "iam:DeleteUser", arn(name))).toBe("allowed");
    }
  });

  test.each(JOBS)("for %s denies whatever would widen a role, its own too", async (job) => {
    const { Statement } = await printed({ job });
    const anything = { Sid: "Anything", Effect: "Allow", Action: ["*"], Resource: "*" } as const;
    const document: PolicyDocument = { Version: "2012-10-17", Statement: [...Statement, anything] };
    const provider = arn("oidc-provider/token.actions.githubusercontent.com");
    expect(asks(document, "iam:PutRolePolicy", arn("role/iam-roster-apply"))).toBe("denied");
    expect(asks(document, "iam:UpdateAssumeRolePolicy", arn("role/ci/iam-roster-apply"))).toBe("denied");
    expect(asks(document, "iam:PassRole", arn("role/admin"))).toBe("denied");
    expect(asks(document, "iam:CreatePolicyVersion", arn("policy/iam-roster-apply"))).toBe("denied");
    expect(asks(document, "iam:UpdateOpenIDConnectProviderThumbprint", provider)).toBe("denied");
    expect(asks(document, "iam:SimulatePrincipalPolicy", arn("role/iam-roster-apply"))).toBe("allowed");
  });

  test("to expire attaches only the deny over everything, and writes only the tag that says when", () => {
    const document = jobPolicy("expire", SCOPE);
    const resource = arn("user/x");
    const attach = (policy: string): string =>
      decide(document, {
        permission: "iam:AttachUserPolicy",
        resource,
        context: { "iam:PolicyARN": policy },
      });
    expect(attach("arn:aws:iam::aws:policy/AWSDenyAll")).toBe("allowed");
    expect(attach("arn:aws:iam::aws:policy/AdministratorAccess")).toBe("not allowed");
    expect(attach("arn:aws:iam::123456789012:policy/AWSDenyAll")).toBe("not allowed");
    const tag = (...keys: string[]): string =>
      decide(document, { permission: "iam:TagUser", resource, context: { "aws:TagKeys": keys } });
    expect(tag("iam-roster:deactivated")).toBe("allowed");
    expect(tag("iam-roster:deactivated", "team")).toBe("not allowed");
    expect(asks(document, "iam:TagUser", resource)).toBe("not allowed");
    for (const [kind, part] of Object.entries(DUE_PART)) {
      const isOpen = asks(document, `iam:${kind}`, arn(kind.includes("Group") ? "group/x" : "user/x"));
      if (part === "nothing") expect({ kind, isOpen }).toEqual({ kind, isOpen: "not allowed" });
    }
  });
});

describe("there is no policy", () => {
  test("without an account to make it for", async () => {
    const files = rosterOf({ "roster.yaml": "owner: acme/access\n" });
    await expect(run({ files })).rejects.toThrow('add its twelve digits, as account: "123456789012"');
  });

  test("for files that are wrong; what is wrong with them stands beside the results", async () => {
    const ran = await run({ files: rosterOf({ "groups.yaml": `${POWER_USERS}    colour: red\n` }) });
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(ran.err).toMatch(
      /^groups\.yaml:4:5: unknown-key: .*\nThe files are wrong, so there is no policy\.\n$/,
    );
  });

  test("that is larger than IAM takes; one that needs to be inline says so", async () => {
    const withProtected = (count: number): Files => {
      const names = Array.from({ length: count }, (_, index) => `break-glass-number-${index}`);
      const users = names.map((name) => `  ${name}: {}\n`).join("");
      return rosterOf({
        "users.yaml": EMILY + users,
        "roster.yaml": `account: "123456789012"\nowner: acme/access\nprotected: [${names.join(", ")}]\n`,
      });
    };
    const { out, err } = await run({ files: withProtected(40) });
    const size = documentSize(parsed(out));
    expect(size).toBeGreaterThan(6144);
    expect(err).toContain(`warning: ${size} characters are more than the 6144 of a managed policy`);
    await expect(run({ files: withProtected(80) })).rejects.toThrow(
      /would have \d+ characters, and IAM takes 10240/,
    );
  });
});
