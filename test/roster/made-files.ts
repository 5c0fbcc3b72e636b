import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/*
 * What Git cannot hold, or had better not: the cases of test/cases/findings in which something else stands in the place
 * of a file, or a file is very large. Each is made in a directory of its own, beside which `elsewhere.yaml` lies.
 */

type Make = (root: string) => void;

const text =
  (content: string): Make =>
  (root) =>
    writeFileSync(join(root, "users.yaml"), content);

const link =
  (target: string): Make =>
  (root) =>
    symlinkSync(target, join(root, "users.yaml"));

const LEVELS = 10_000;

export const MADE: Readonly<Record<string, Make>> = {
  "file-of-six-mebibytes": text(`users: {}\n#${"x".repeat(6 * 1024 * 1024)}`),
  "line-of-a-hundred-thousand-characters": text(
    `users: { ${Array.from({ length: 5000 }, (_, index) => `user-${index}: {}`).join(", ")}, last: { acess: [] } }\n`,
  ),
  "texts-of-three-thousand-characters": text(
    `users: { emily: { groups: [${"g".repeat(3000)}], policies: ["arn:${"p".repeat(3000)}"] } }\n`,
  ),
  "ten-thousand-lists": text(`users: ${"[".repeat(LEVELS)}${"]".repeat(LEVELS)}\n`),
  "ten-thousand-maps": text(`users: ${"{ a: ".repeat(LEVELS)}${"}".repeat(LEVELS)}\n`),
  "ten-thousand-dashes": text(`users:\n  ${"- ".repeat(LEVELS)}\n`),
  "ten-thousand-question-marks": text(`users:\n  ${"? ".repeat(LEVELS)}\n`),
  "fifteen-hundred-indented-lines": text(
    Array.from({ length: 1500 }, (_, level) => `${" ".repeat(level)}a:\n`).join(""),
  ),
  "two-hundred-levels": text(`users: ${"[".repeat(200)}${"]".repeat(200)}\n`),
  "directory-for-file": (root) => mkdirSync(join(root, "users.yaml")),
  "pipe-for-file": (root) => {
    execFileSync("mkfifo", [join(root, "users.yaml")]);
  },
  "link-out-of-the-roster": link("../elsewhere.yaml"),
  "link-to-a-device": link("/dev/zero"),
  "link-to-nothing": link("nowhere.yaml"),
  "link-to-itself": link("users.yaml"),
  "link-to-a-directory": link("."),
  "link-within-the-roster": link("people.yaml"),
};
