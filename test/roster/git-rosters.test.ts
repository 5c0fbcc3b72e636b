import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { gitRosters } from "../../src/roster/git-rosters.ts";
import { directory } from "../cli/run.ts";

interface Repository {
  readonly root: string;
  readonly git: (...parameters: readonly string[]) => void;
  readonly write: (...files: readonly string[]) => void;
  /** Commits all that is there, under a tag. */
  readonly commit: (tag: string) => void;
}

async function repository(...files: readonly string[]): Promise<Repository> {
  const root = await directory();
  const git = (...parameters: readonly string[]): void => {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...parameters], { cwd: root, stdio: "pipe" });
  };
  const write = (...names: readonly string[]): void => {
    for (const name of names) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), `# ${name} ${writes++}\n`);
    }
  };
  let writes = 0;
  const commit = (tag: string): void => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", `--message=${tag}`);
    git("tag", tag);
  };
  git("init", "--quiet", "--initial-branch=main");
  write(...files);
  commit("start");
  return { root, git, write, commit };
}

async function found(root: string, since?: string): Promise<readonly string[]> {
  return (await gitRosters({ root, since })).rosters;
}

test("every directory with a users.yaml is a roster, the top of the repository too", async () => {
  const { root } = await repository(
    "users.yaml",
    "b/users.yaml",
    "b/c/users.yaml",
    "a/groups.yaml",
    "d/old-users.yaml",
  );
  expect(await found(root)).toEqual([".", "b", "b/c"]);
});

test("a root narrows, and the names are as seen from the top of the repository all the same", async () => {
  const { root, write, commit } = await repository("a/x/users.yaml", "b/users.yaml");
  expect(await found(join(root, "a"))).toEqual(["a/x"]);
  write("a/x/groups.yaml", "b/groups.yaml");
  commit("more");
  expect(await found(join(root, "a"), "start")).toEqual(["a/x"]);
});

test("what Git ignores, what it does not know, packages, and what is behind a link are no rosters", async () => {
  const { root, write, commit, git } = await repository("a/users.yaml");
  write(".gitignore", "real/groups.yaml", "node_modules/p/users.yaml", "deep/node_modules/users.yaml");
  writeFileSync(join(root, ".gitignore"), "ignored/\n");
  symlinkSync("a", join(root, "link"));
  commit("more");
  write("ignored/users.yaml", "unknown/users.yaml");
  git("init", "--quiet", "other");
  write("other/users.yaml");
  expect(await found(root)).toEqual(["a"]);
});

test("since a ref, only those of which one of the three files is another", async () => {
  const { root, write, commit } = await repository(
    ...["users", "groups", "roster", "none"].map((name) => `${name}/users.yaml`),
  );
  write("users/users.yaml", "groups/groups.yaml", "roster/roster.yaml", "none/notes.yaml", "new/users.yaml");
  commit("more");
  expect(await found(root, "start")).toEqual(["groups", "new", "roster", "users"]);
  expect(await found(root, "more")).toEqual([]);
  expect(await found(root)).toEqual(["groups", "new", "none", "roster", "users"]);
});

test("a file of a roster that is deleted changes it", async () => {
  const { root, commit } = await repository("a/users.yaml", "a/roster.yaml", "b/users.yaml");
  rmSync(join(root, "a/roster.yaml"));
  commit("more");
  expect(await gitRosters({ root, since: "start" })).toEqual({ rosters: ["a"], gone: [] });
});

test("a roster whose users.yaml is gone is told apart, also where it moved or the rest stayed", async () => {
  const { root, git, commit } = await repository("a/users.yaml", "b/users.yaml", "b/groups.yaml");
  git("mv", "a", "c");
  git("rm", "--quiet", "b/users.yaml");
  commit("more");
  expect(await gitRosters({ root, since: "start" })).toEqual({ rosters: ["c"], gone: ["a", "b"] });
});

test("a person's settings of Git change nothing", async () => {
  const { root, git, write, commit } = await repository("a/é/users.yaml");
  for (const setting of ["diff.relative=true", "core.quotePath=true", "diff.renames=copies"])
    git("config", ...setting.split("="));
  write("a/é/users.yaml");
  commit("more");
  expect(await found(join(root, "a"), "start")).toEqual(["a/é"]);
});

test("names that would mean something to a shell, Git or GitHub come through as they are", async () => {
  const names = ['"q"', "$(x)", "${{ x }}", "*", ":(top)", "--x", "a\nb", "ünï", "x y"];
  const { root } = await repository(...names.map((name) => `${name}/users.yaml`));
  expect(await found(root)).toEqual(names.toSorted());
});

test("200 rosters are found, and the three that changed", async () => {
  const names = Array.from({ length: 200 }, (_, index) => `teams/${String(index).padStart(3, "0")}`);
  const { root, write, commit } = await repository(...names.map((name) => `${name}/users.yaml`));
  expect(await found(root)).toEqual(names);
  write("teams/007/users.yaml", "teams/100/groups.yaml", "teams/199/roster.yaml");
  commit("more");
  expect(await found(root, "start")).toEqual(["teams/007", "teams/100", "teams/199"]);
});

test("what is no ref, no commit and no repository is told", async () => {
  const { root } = await repository("users.yaml");
  await expect(found(root, "nothing")).rejects.toThrow('"nothing" is not a Git ref of this repository');
  await expect(found(root, "0".repeat(40))).rejects.toThrow("is it fetched?");
  await expect(found(root, "--output=x")).rejects.toThrow('"--output=x" is not a Git ref');
  await expect(found(root, "")).rejects.toThrow('"" is not a Git ref');
  const bare = await directory();
  await expect(found(bare)).rejects.toThrow("is not in a Git repository");
  execFileSync("git", ["init", "--quiet", bare]);
  await expect(found(bare)).rejects.toThrow("without a commit");
});
