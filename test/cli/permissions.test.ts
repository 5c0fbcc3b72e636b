import { describe, expect, onTestFinished, test, vi } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import type { PolicyDocument } from "../../src/iam/job-policy.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { at, BUILT, directory, run, SOURCE } from "./run.ts";

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ROSTER = 'account: "123456789012"\nowner: acme/access\n';

function roster(settings: string = ROSTER): Promise<string> {
  return directory({
    "roster.yaml": settings,
    "groups.yaml": "groups:\n  readers: { policies: [ReadOnlyAccess] }\n",
    "users.yaml": "users:\n  emily: { groups: [readers] }\n",
  });
}

describe.each([SOURCE, BUILT].filter(({ exists }) => exists))("of $name", (entry) => {
  test("permissions prints a policy, and nothing else, without any credentials", async () => {
    const root = await roster();
    const parameters = [
      "permissions",
      "expire",
      "--root",
      root,
      "--path",
      "/a/",
      "--path",
      "/",
      "--partition",
      "aws-cn",
    ];
    const { status, out, err } = await run(parameters, { entry });
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const { Statement } = JSON.parse(out) as PolicyDocument;
    expect(Statement.find(({ Sid }) => Sid === "ChangeGroups")?.Resource).toEqual([
      "arn:aws-cn:iam::123456789012:group/a/*",
      "arn:aws-cn:iam::123456789012:group/*",
    ]);
  });

  test("doctor says what is missing for the credentials at hand", async () => {
    const sandbox = await startSandbox({ state: { users: [{ name: "emily", accessKeys: [{}] }] } });
    onTestFinished(() => sandbox.close());
    const root = await roster();
    const well = await run(["doctor", "--root", root], { entry, ...at(sandbox.url) });
    expect(well).toMatchObject({ status: 0, err: "" });
    expect(well.out).toContain(`ok       Node ${process.versions.node}\n`);
    expect(well.out).toMatch(/\nNothing that is needed is missing\.\n$/);
    sandbox.setFaults([{ kind: "access-denied", operations: ["DeleteUser"] }]);
    const ill = await run(["doctor", "apply", "--root", root], { entry, ...at(sandbox.url) });
    expect(ill).toMatchObject({ status: 1, err: "" });
    expect(ill.out).toMatch(/\nmissing {2}iam:DeleteUser on .*\n(.*\n)*\n1 missing\.\n$/);
  });

  test("doctor without credentials says how to get some", async () => {
    const { status, out, err } = await run(["doctor", "--root", await roster()], { entry });
    expect({ status, err }).toEqual({ status: 1, err: "" });
    expect(out).toMatch(/\nmissing {2}the account: .*no usable AWS credentials.*\n {9}Sign in/);
  });
});

test("each command says in its calls what they are for, which CloudTrail keeps", async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const root = await roster();
  const agents = async (...parameters: readonly string[]): Promise<ReadonlySet<string | undefined>> => {
    const before = sandbox.calls.length;
    await run([...parameters, "--root", root], at(sandbox.url));
    const named = sandbox.calls
      .slice(before)
      .map(({ userAgent }) => / (iam-roster\/.*)$/.exec(userAgent ?? "")?.[1]);
    return new Set(named);
  };
  expect(await agents("plan")).toEqual(new Set([`iam-roster/${manifest.version} job/plan`]));
  expect(await agents("apply", "--yes")).toEqual(new Set([`iam-roster/${manifest.version} job/apply`]));
  expect(await agents("doctor")).toEqual(new Set([`iam-roster/${manifest.version} job/doctor`]));
});

test.each([
  [["permissions"], "missing required argument 'job'"],
  [["permissions", "sign-in"], "Allowed choices are plan, apply, expire"],
  [["permissions", "apply", "--path", "managed"], "It should be a path of IAM"],
  [["permissions", "apply", "--path", "/a*/"], "It should be a path of IAM without *"],
  [["permissions", "apply", "--path", "/${aws:username}/"], "It should be a path of IAM without *"],
  [["permissions", "apply", "--partition", "china"], "It should be aws, aws-cn"],
  [["doctor", "sign-in"], "Allowed choices are plan, apply, expire"],
])("%j ends with a word about it, and prints nothing else", async (parameters, words) => {
  const { status, out, err } = await run(parameters);
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toContain(words);
});

test("permissions without an account in roster.yaml says what to write there", async () => {
  const { status, out, err } = await run(["permissions", "plan", "--root", await roster("owner: acme\n")]);
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toMatch(/^error: roster\.yaml does not say which account this is for: add .*\n$/);
});
