import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

test.for([
  ["out of the directory", "../secret.yaml", "it is a symbolic link out of the roster's directory"],
  ["to a device", "/dev/zero", "it is a symbolic link out of the roster's directory"],
  ["to nothing", "nowhere.yaml", "it is a symbolic link to nothing"],
  ["to itself", "users.yaml", "it is a symbolic link to nothing"],
  ["to the directory", ".", "it is not a file"],
  ["into .git", ".git/config", "it is a symbolic link into .git"],
] as const)("a link %s is refused", async ([, target, reason]) => {
  mkdirSync(join(root, ".git"));
  writeFileSync(join(root, ".git", "config"), "users: {}\n");
  symlinkSync(target, join(root, "users.yaml"));
  expect(await told()).toEqual([unreadable(reason)]);
});

test("a directory in place of the file is refused", async () => {
  mkdirSync(join(root, "users.yaml"));
  expect(await told()).toEqual([unreadable("it is not a file")]);
});

test("a pipe in place of the file is refused at once", async () => {
  const makePipe = "mkfifo";
  execFileSync(makePipe, [join(root, "users.yaml")]);
  expect(await told()).toEqual([unreadable("it is not a file")]);
});

test("a directory that is not there has none of the files", async () => {
  root = join(folder, "nowhere");
  expect(await told()).toEqual([
    "groups.yaml:1:1: missing-file: the file is missing; where there is nothing to declare, leave an empty file",
    "users.yaml:1:1: missing-file: the file is missing; where there is nothing to declare, leave an empty file",
  ]);
});
