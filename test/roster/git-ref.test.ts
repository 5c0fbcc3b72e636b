import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findingLine } from "../../src/render/findings.ts";
import { gitRefFiles } from "../../src/roster/git-ref.ts";
import { load } from "../../src/roster/load.ts";

let repository = "";
let root = "";

function git(...parameters: readonly string[]): string {
  const identity = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  return execFileSync("git", [...identity, ...parameters], { cwd: repository, encoding: "utf8" });
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

/** Branches on which something else stands where the files were. */
function odd(): void {
  const users = join(root, "users.yaml");
  git("switch", "--quiet", "--create", "large");
  writeFileSync(users, "#".repeat(12 * 1024 * 1024));
  commit("large");
  git("switch", "--quiet", "--create", "odd");
  rmSync(users);
  rmSync(join(root, "groups.yaml"));
  mkdirSync(join(root, "groups.yaml"));
  writeFileSync(join(root, "groups.yaml", "a.yaml"), "groups: {}\n");
  git("add", "--all");
  git("update-index", "--add", "--cacheinfo", `160000,${git("rev-parse", "one").trim()},access/users.yaml`);
  git("commit", "--quiet", "--message", "odd");
  git("switch", "--quiet", "--force", "main");
}

async function textAt(
  ref: string,
  file: "users.yaml" | "groups.yaml" | "roster.yaml",
): Promise<string | undefined> {
  const content = await (await gitRefFiles(root, ref)).read(file);
  return content && new TextDecoder().decode(content);
}

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), "roster-"));
  root = join(repository, "access");
  mkdirSync(root);
  git("init", "--quiet", "--initial-branch", "main");
  writeFileSync(join(root, "users.yaml"), "users: {}\n");
  writeFileSync(join(repository, "groups.yaml"), "elsewhere\n");
  commit("first");
  git("tag", "one");
  writeFileSync(join(root, "users.yaml"), "users: { emily: {} }\n");
  writeFileSync(join(root, "groups.yaml"), "groups: {}\n");
  symlinkSync("../groups.yaml", join(root, "roster.yaml"));
  commit("second");
  odd();
  writeFileSync(join(root, "users.yaml"), "not committed\n");
});

afterAll(() => {
  rmSync(repository, { recursive: true });
});

describe("the files at a Git ref", () => {
  test.for(["one", "main~1", "refs/tags/one"])("%s shows them as they were then", async (ref) => {
    expect(await textAt(ref, "users.yaml")).toBe("users: {}\n");
  });

  test("are those of the roster's directory, not of the repository's", async () => {
    expect(await textAt("one", "groups.yaml")).toBeUndefined();
    expect(await textAt("main", "groups.yaml")).toBe("groups: {}\n");
  });

  test("may be named by a commit", async () => {
    expect(await textAt(git("rev-parse", "main").trim(), "users.yaml")).toBe("users: { emily: {} }\n");
  });

  test.for([
    ["a symbolic link", "roster.yaml"],
    ["a directory", "groups.yaml"],
    ["a submodule", "users.yaml"],
  ] as const)("do not include %s in place of %s", async ([what, file]) => {
    const ref = what === "a symbolic link" ? "main" : "odd";
    const words = new RegExp(`^in commit [0-9a-f]{12} it is ${what}; only a file can be read there$`);
    await expect(textAt(ref, file)).rejects.toThrow(words);
  });

  test("do not include a file that is too large, which is not read at all", async () => {
    const { findings } = await load(await gitRefFiles(root, "large"));
    expect(findings.map(findingLine)).toContain(
      "users.yaml:1:1: file-too-large: the file has 12,582,912 bytes, and may have 5,242,880; is it the right file?",
    );
  });

  test.for([
    "nowhere",
    "main:access",
    "main..one",
    "",
    "--help",
    "-n1",
    "--output=x",
    "--upload-pack=touch x",
    "main@{99}",
    "main\n",
    "^{commit}",
    "one^{tree}",
  ])("cannot be had from %j", async (ref) => {
    await expect(textAt(ref, "users.yaml")).rejects.toThrow(/Git ref/);
  });

  test("cannot be had where there is no repository", async () => {
    await expect(gitRefFiles(tmpdir(), "main")).rejects.toThrow(/is not in a Git repository/);
  });
});
