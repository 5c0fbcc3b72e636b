import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gitRefFiles } from "../../src/roster/git-ref.ts";

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

  test("do not include a symbolic link", async () => {
    await expect(textAt("main", "roster.yaml")).rejects.toThrow(/it is not a regular file$/);
  });

  test.for([
    "nowhere",
    "main:access",
    "main..one",
    "",
    "--help",
    "-n1",
    "--output=x",
    "^{commit}",
    "one^{tree}",
  ])("cannot be had from %j", async (ref) => {
    await expect(textAt(ref, "users.yaml")).rejects.toThrow(/Git ref/);
  });

  test("cannot be had where there is no repository", async () => {
    await expect(gitRefFiles(tmpdir(), "main")).rejects.toThrow(/is not in a Git repository/);
  });
});
