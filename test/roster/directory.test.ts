import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findingLine } from "../../src/render/findings.ts";
import { directoryFiles } from "../../src/roster/directory.ts";
import { load } from "../../src/roster/load.ts";

let folder = "";
let root = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roster-"));
  root = join(folder, "access");
  mkdirSync(root);
  writeFileSync(join(root, "groups.yaml"), "groups: {}\n");
  writeFileSync(join(folder, "secret.yaml"), "users: {}\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function told(): Promise<readonly string[]> {
  const { findings } = await load(directoryFiles(root));
  return findings.map(findingLine);
}

const unreadable = (reason: string): string => `users.yaml:1:1: unreadable-file: cannot be read: ${reason}`;

test("a file in the directory is read", async () => {
  writeFileSync(join(root, "users.yaml"), "users: {}\n");
  expect(await told()).toEqual([]);
});

test("a link to a file in the directory is followed", async () => {
  mkdirSync(join(root, "parts"));
  writeFileSync(join(root, "parts", "people.yaml"), "users: {}\n");
  symlinkSync("parts/people.yaml", join(root, "users.yaml"));
  expect(await told()).toEqual([]);
});

test("a directory that is itself a link is a directory", async () => {
  writeFileSync(join(root, "users.yaml"), "users: {}\n");
  symlinkSync("access", join(folder, "link"));
  root = join(folder, "link");
  expect(await told()).toEqual([]);
});

// What else may stand in the place of a file is in test/cases/findings.
test("a link into .git is refused", async () => {
  mkdirSync(join(root, ".git"));
  writeFileSync(join(root, ".git", "config"), "users: {}\n");
  symlinkSync(".git/config", join(root, "users.yaml"));
  expect(await told()).toEqual([
    unreadable("it is a symbolic link into .git; put the file itself in its place"),
  ]);
});

test("a file that may not be read is told without the system's code and path", async () => {
  writeFileSync(join(root, "users.yaml"), "users: {}\n");
  chmodSync(folder, 0o755);
  chmodSync(join(root, "users.yaml"), 0o000);
  expect(await asNobody(told)).toEqual([unreadable("permission denied")]);
});

test("a file whose name ends in .yml is not read, and told to be renamed, also the settings", async () => {
  writeFileSync(join(root, "users.yml"), "users: {}\n");
  writeFileSync(join(root, "roster.yml"), "owner: acme/access\n");
  expect(await told()).toEqual([
    "roster.yaml:1:1: unreadable-file: cannot be read: it is called roster.yml here; rename it to roster.yaml",
    unreadable("it is called users.yml here; rename it to users.yaml"),
  ]);
  writeFileSync(join(root, "users.yaml"), "users: {}\n");
  writeFileSync(join(root, "roster.yaml"), "owner: acme/access\n");
  expect(await told()).toEqual([]);
});

test("a path that the system does not take is told without the path", async () => {
  root = join(folder, "x".repeat(300));
  expect(await told()).toContain(unreadable("name too long"));
});

/** The superuser may read everything. */
async function asNobody<Result>(act: () => Promise<Result>): Promise<Result> {
  const isSuperuser = process.geteuid?.() === 0;
  if (isSuperuser) process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    if (isSuperuser) process.seteuid?.(0);
  }
}

test("a directory that is not there has none of the files", async () => {
  root = join(folder, "nowhere");
  expect(await told()).toEqual([
    "groups.yaml:1:1: missing-file: the file is missing; where there is nothing to declare, leave an empty file",
    "users.yaml:1:1: missing-file: the file is missing; where there is nothing to declare, leave an empty file",
  ]);
});
