import { chmod, chown, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Letter } from "../../src/core/port.ts";
import { folderHandOver } from "../../src/credentials/folder.ts";
import { directory } from "../cli/run.ts";

/** Both steps at once. */
function handingOver(place: string) {
  const { prepare, stage } = folderHandOver(place);
  return { prepare, deliver: async (letter: Letter) => (await stage(letter)).commit() };
}

const SEALED = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n";
const OTHER = SEALED.replace("YWdl", "b3RoZXI=");

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

/** A folder as it should be: mkdtemp makes it 0700. */
const folder = (): Promise<string> => directory();

test("the directory is made for its owner alone, and nothing is left in it", async () => {
  const place = join(await folder(), "new");
  await folderHandOver(place).prepare();
  expect([await modeOf(place), await readdir(place)]).toEqual([0o700, []]);
  await folderHandOver(place).prepare();
  expect(await readdir(place)).toEqual([]);
});

test("what is in the directory already stays", async () => {
  const place = await directory({ "emily.password.age": SEALED, notes: "kept" });
  await folderHandOver(place).prepare();
  expect(await readdir(place)).toEqual(["emily.password.age", "notes"]);
});

test.each(["", "/", "/."])("a symbolic link is refused, written as it may be: link%s", async (end) => {
  const root = await folder();
  await mkdir(join(root, "real"), { mode: 0o700 });
  await symlink(join(root, "real"), join(root, "link"));
  await expect(folderHandOver(join(root, "link") + end).prepare()).rejects.toThrow(
    /^cannot hand over credentials in .*\/link: it is a symbolic link; name the directory that it leads to$/,
  );
  expect(await readdir(join(root, "real"))).toEqual([]);
});

test("a link that leads nowhere, and a file, are refused", async () => {
  const root = await directory({ file: "kept" });
  await symlink(join(root, "gone"), join(root, "link"));
  await expect(folderHandOver(join(root, "link")).prepare()).rejects.toThrow(/cannot hand over .*link: /);
  await expect(folderHandOver(join(root, "file")).prepare()).rejects.toThrow(
    /file: it is no directory; name another$/,
  );
  await expect(folderHandOver(join(root, "file/below")).prepare()).rejects.toThrow(
    /below: a file is in the way$/,
  );
  expect(await readdir(root)).toEqual(["file", "link"]);
  expect(await readFile(join(root, "file"), "utf8")).toBe("kept");
});

test.each(["710", "720", "740", "701", "702", "704", "755", "777", "1777"])(
  "a directory that others may enter, read or write is refused: mode %s",
  async (octal) => {
    const mode = Number.parseInt(octal, 8);
    const place = await folder();
    await chmod(place, mode);
    await expect(folderHandOver(place).prepare()).rejects.toThrow(
      /: other users may enter it; name one that only you can enter \(mode 700\)$/,
    );
    expect([await readdir(place), (await stat(place)).mode & 0o7777]).toEqual([[], mode]);
  },
);

test("a directory of another user is refused", async () => {
  // Only root can give a directory away; whoever is not root does not own the root of all.
  const place = process.getuid?.() === 0 ? await folder() : "/";
  if (place !== "/") await chown(place, 65_534, 65_534);
  await expect(folderHandOver(place).prepare()).rejects.toThrow(
    /: it belongs to another user; name a directory of your own$/,
  );
});

test("a directory that cannot be written to is found out before anything is delivered", async () => {
  // What root cannot write to either is the kernel's.
  const place = process.getuid?.() === 0 ? "/proc/self/fd" : await folder();
  if (place !== "/proc/self/fd") await chmod(place, 0o500);
  await expect(folderHandOver(place).prepare()).rejects.toThrow(
    /^cannot hand over credentials in .*: (?!it|other)/,
  );
});

test("of the path only the last directory is made: what else is missing may be mistyped", async () => {
  const root = await folder();
  await expect(folderHandOver(join(root, "some/where")).prepare()).rejects.toThrow(
    /where: no such directory$/,
  );
  expect(await readdir(root)).toEqual([]);
});

test("a letter is a file for its owner alone, and its path is given back", async () => {
  const place = await folder();
  const { prepare, deliver } = handingOver(`${place}/`);
  await prepare();
  const paths = [
    await deliver({ user: "emily", what: "password", sealed: SEALED }),
    await deliver({ user: "emily", what: "key", sealed: OTHER }),
  ];
  expect(paths).toEqual([join(place, "emily.password.age"), join(place, "emily.key.age")]);
  expect(await Promise.all(paths.map((path) => readFile(path, "utf8")))).toEqual([SEALED, OTHER]);
  expect(await Promise.all(paths.map(modeOf))).toEqual([0o600, 0o600]);
  expect(await readdir(place)).toEqual(["emily.key.age", "emily.password.age"]);
});

test("a newer letter takes the place of an older one, and its mode", async () => {
  const place = await directory({ "emily.password.age": "old" });
  await chmod(join(place, "emily.password.age"), 0o644);
  const path = await handingOver(place).deliver({ user: "emily", what: "password", sealed: SEALED });
  expect([await readFile(path, "utf8"), await modeOf(path)]).toEqual([SEALED, 0o600]);
  expect(await readdir(place)).toEqual(["emily.password.age"]);
});

test("a link in the place of a letter is replaced, and what it leads to stays", async () => {
  const place = await directory({ kept: "kept" });
  await symlink(join(place, "kept"), join(place, "emily.key.age"));
  const path = await handingOver(place).deliver({ user: "emily", what: "key", sealed: SEALED });
  expect((await lstat(path)).isFile()).toBe(true);
  expect(await readFile(join(place, "kept"), "utf8")).toBe("kept");
});

test("where a letter cannot be put in its place, nothing is left behind", async () => {
  const place = await folder();
  await mkdir(join(place, "emily.password.age"));
  const delivered = handingOver(place).deliver({ user: "emily", what: "password", sealed: SEALED });
  await expect(delivered).rejects.toThrow(
    /^cannot write .*\/emily\.password\.age: a directory is in the way$/,
  );
  expect(await readdir(place)).toEqual(["emily.password.age"]);
});

test("a directory that has gone in the meantime is named", async () => {
  const place = join(await folder(), "gone");
  const delivered = handingOver(place).deliver({ user: "emily", what: "password", sealed: SEALED });
  await expect(delivered).rejects.toThrow(/^cannot write .*gone\/emily\.password\.age: no such directory$/);
});

test("only what is sealed reaches the disk", async () => {
  const place = await folder();
  const delivered = handingOver(place).deliver({
    user: "emily",
    what: "password",
    sealed: "Password: secret",
  });
  const failure = await delivered.catch((error: unknown) => error);
  expect(String(failure)).toMatch(/the letter is not sealed$/);
  expect(String(failure)).not.toContain("secret");
  expect(await readdir(place)).toEqual([]);
});

test("every name of IAM gives a file in the directory, each another", async () => {
  const place = await folder();
  const { deliver } = handingOver(place);
  const users = [".", "..", "...", "=1+1", "a,b", "a@b.c", "-rf", "emily.password", "a".repeat(128)];
  const paths = await Promise.all(users.map((user) => deliver({ user, what: "password", sealed: SEALED })));
  expect(new Set(paths).size).toBe(users.length);
  expect(paths.map(dirname)).toEqual(users.map(() => place));
  expect((await readdir(place)).toSorted()).toEqual(users.map((user) => `${user}.password.age`).toSorted());
});

test("what is no name of IAM is written nowhere", async () => {
  const root = await folder();
  const place = join(root, "place");
  await mkdir(place);
  const { deliver } = handingOver(place);
  const separators = fc.constantFrom("/", "\\", "\0", "../", "é", " ", "\n");
  const names = fc.tuple(fc.string(), separators, fc.string()).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constant(""), fc.constant("a".repeat(129)), names), async (user) => {
      await expect(deliver({ user, what: "key", sealed: SEALED })).rejects.toThrow(
        /that is no name of a user/,
      );
    }),
  );
  expect([await readdir(place), await readdir(root)]).toEqual([[], ["place"]]);
});

test("letters delivered at once do not meet", async () => {
  const place = await folder();
  const { deliver } = handingOver(place);
  const texts = Array.from({ length: 20 }, (_, at) => SEALED.replace("YWdl", `YWdl${at}`));
  const paths = await Promise.all(
    texts.map((sealed) => deliver({ user: "emily", what: "password", sealed })),
  );
  expect(new Set(paths).size).toBe(1);
  expect(texts).toContain(await readFile(paths[0]!, "utf8"));
  expect(await readdir(place)).toEqual(["emily.password.age"]);
});

test("a letter in the making is never seen half", async () => {
  const place = await folder();
  await writeFile(join(place, "emily.key.age"), OTHER);
  const long = `${SEALED.slice(0, 35)}${"YWdl\n".repeat(200_000)}-----END AGE ENCRYPTED FILE-----\n`;
  const delivering = handingOver(place).deliver({ user: "emily", what: "key", sealed: long });
  const seen = new Set<number>();
  while (!seen.has(long.length)) seen.add((await readFile(join(place, "emily.key.age"))).length);
  await delivering;
  expect([OTHER.length, long.length]).toEqual(expect.arrayContaining([...seen]));
});

test("a letter that waits is on the disk, and nobody finds it under its name; one that is not wanted leaves nothing", async () => {
  const place = await folder();
  const { stage } = folderHandOver(place);
  const staged = await stage({ user: "emily", what: "password", sealed: SEALED });
  expect(await readdir(place)).toEqual([expect.stringMatching(/^\.[0-9a-f-]+\.part$/) as string]);
  await staged.discard();
  expect(await readdir(place)).toEqual([]);
});

test("a directory under the letter's name is in the way before anything is made", async () => {
  const place = await folder();
  await mkdir(join(place, "emily.password.age"));
  await expect(
    folderHandOver(place).stage({ user: "emily", what: "password", sealed: SEALED }),
  ).rejects.toThrow(/emily\.password\.age: a directory is in the way$/);
});
