import { readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { random, readText, saveFile, sha256 } from "../../src/host/machine.ts";
import { directory } from "../cli/run.ts";

test("a file is saved whole, and nothing is left beside it", async () => {
  const root = await directory({ old: "old" });
  await saveFile(join(root, "old"), "new");
  await saveFile(join(root, "other"), "other");
  expect(await readFile(join(root, "old"), "utf8")).toBe("new");
  expect(await readdir(root)).toEqual(["old", "other"]);
});

test("a link is not followed, and what it leads to stays", async () => {
  const root = await directory({ kept: "kept" });
  await symlink(join(root, "kept"), join(root, "link"));
  await expect(saveFile(join(root, "link"), "new")).rejects.toThrow(
    /cannot write .*link: .*else than a file/,
  );
  expect(await readFile(join(root, "kept"), "utf8")).toBe("kept");
  expect(await readdir(root)).toEqual(["kept", "link"]);
});

test("what cannot be written or read is named, with the reason", async () => {
  const root = await directory();
  await expect(saveFile(join(root, "no/file"), "")).rejects.toThrow(
    /^cannot write .*no\/file: no such file or directory$/,
  );
  await expect(readText(join(root, "no"))).rejects.toThrow(/^cannot read .*no: no such file or directory$/);
});

test("a hash is SHA-256 of the text's UTF-8, in lower case", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
});

test("a random number is one of those asked for", () => {
  const drawn = new Set(Array.from({ length: 1000 }, () => random.integer(3)));
  expect(drawn).toEqual(new Set([0, 1, 2]));
  expect(random.integer(1)).toBe(0);
});
