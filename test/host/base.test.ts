import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findBase } from "../../src/host/base.ts";
import { findingLine } from "../../src/render/findings.ts";
import { load } from "../../src/roster/load.ts";
import { directory } from "../cli/run.ts";

const USERS = "users.yaml";

/** A repository whose first commit has no roster, whose second has one, and whose third has a link in its place. */
async function repository(): Promise<string> {
  const root = await directory();
  const git = (...parameters: readonly string[]): void => {
    const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...parameters], { cwd: root, stdio: "pipe" });
  };
  git("init", "--quiet", "--initial-branch=main");
  git("commit", "--quiet", "--allow-empty", "--message=none");
  git("tag", "none");
  writeFileSync(join(root, USERS), "users: {}\n");
  git("add", USERS);
  git("commit", "--quiet", "--message=some");
  git("tag", "some");
  rmSync(join(root, USERS));
  symlinkSync("elsewhere", join(root, USERS));
  git("add", USERS);
  git("commit", "--quiet", "--message=link");
  git("tag", "link");
  rmSync(join(root, USERS));
  writeFileSync(join(root, USERS), "users: { ann: {} }\n");
  return root;
}

async function textAt(root: string, name: string): Promise<string | undefined> {
  const { files } = await findBase(root, name);
  const bytes = await files.read(USERS);
  return bytes && new TextDecoder().decode(bytes);
}

test("a base is a Git ref", async () => {
  const root = await repository();
  expect(await textAt(root, "some")).toBe("users: {}\n");
  expect((await findBase(root, "some")).label).toBe("some:");
});

test("a directory wins over a Git ref of the same name", async () => {
  const root = await repository();
  const name = join(root, "some/");
  mkdirSync(name);
  writeFileSync(join(name, USERS), "users: { bob: {} }\n");
  expect(await textAt(root, name)).toBe("users: { bob: {} }\n");
  expect((await findBase(root, name)).label).toBe(name);
});

test("a ref from before there was a roster asks for nothing", async () => {
  expect(await textAt(await repository(), "none")).toBe("");
});

test("a base that cannot be read says which of its files is wrong", async () => {
  const { files, label } = await findBase(await repository(), "link");
  const { findings } = await load(files);
  expect(label).toBe("link:");
  expect(findings.map(findingLine)).toContainEqual(
    expect.stringMatching(
      /^users\.yaml:1:1: unreadable-file: cannot be read: in commit .* a symbolic link; /,
    ),
  );
});

test("a directory without a roster asks for what is missing, since its name may be mistaken", async () => {
  const root = await directory();
  expect(await textAt(root, root)).toBeUndefined();
});

test("what is neither is an error", async () => {
  const root = await repository();
  await expect(findBase(root, "nothing")).rejects.toThrow('"nothing" is neither a directory nor a Git ref');
  rmSync(join(root, ".git"), { recursive: true });
  await expect(findBase(root, "some")).rejects.toThrow("not in a Git repository");
});
