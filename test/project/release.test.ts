import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { CARRIED } from "../../scripts/release.ts";
import { BUILT, directory, ROOT } from "../cli/run.ts";

// Each starts npm and Git many times.
vi.setConfig({ testTimeout: 60_000 });

/* A release, made in a repository of its own. The build there is quick, and makes what a build has to make. */

const BUILD = `
import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync("dist/chunks", { recursive: true });
for (const file of process.argv.slice(2)) writeFileSync(file, file, { mode: 0o755 });
`;

const FILES = ["action.js", "cli.js", "licenses.txt", "chunks/a.js"].map((file) => `dist/${file}`);

interface Clone {
  readonly root: string;
  readonly git: (...parameters: readonly string[]) => string;
  readonly release: (...parameters: readonly string[]) => { status: number | null; out: string; err: string };
  readonly commit: (files: Readonly<Record<string, string>>) => void;
}

const WHO = ["AUTHOR", "COMMITTER"].flatMap((role) => [
  [`GIT_${role}_NAME`, "t"],
  [`GIT_${role}_EMAIL`, "t@example.com"],
]);

const manifest = (version: string, built: readonly string[] = FILES): string =>
  JSON.stringify({ type: "module", version, scripts: { build: `node build.js ${built.join(" ")}` } });

const changelog = (...versions: readonly string[]): string =>
  `# Changelog\n${versions.map((each) => `\n## [${each}]\n`).join("")}`;

async function clone(version = "1.2.3", built = FILES): Promise<Clone> {
  const root = await directory();
  const PATH = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  const env = { PATH, HOME: root, ...Object.fromEntries(WHO), GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...parameters: readonly string[]): string =>
    execFileSync("git", parameters, { cwd: root, encoding: "utf8", env, stdio: "pipe" }).trim();
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const commit = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) write(name, text);
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message=change");
  };
  git("init", "--quiet", "--initial-branch=main");
  for (const file of ["LICENSE", "action.yml", ".gitignore", ".gitattributes", "scripts/release.ts"]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file));
  }
  write(".git/info/exclude", ".npm/\n");
  commit({ "build.js": BUILD, "package.json": manifest(version, built), "CHANGELOG.md": changelog(version) });
  const release: Clone["release"] = (...parameters) => {
    const script = join(root, "scripts/release.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...parameters], {
      env,
      encoding: "utf8",
    });
    return { status, out: stdout, err: stderr };
  };
  return { root, git, release, commit };
}

test("a release is main with what was built, on two tags, and nothing else has changed", async () => {
  const { git, release, root } = await clone();
  const before = git("rev-parse", "main");
  const { status, out, err } = release("1.2.3");
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(git("rev-parse", "v1.2.3^{commit}^")).toBe(before);
  expect(git("rev-parse", "v1^{commit}")).toBe(git("rev-parse", "v1.2.3^{commit}"));
  expect(git("diff", "--name-status", "main", "v1.2.3").split("\n")).toEqual(
    FILES.map((file) => `A\t${file}`).toSorted(),
  );
  const carried = git("ls-tree", "-r", "--name-only", "v1.2.3").split("\n");
  expect(carried).toEqual(expect.arrayContaining([...CARRIED]));
  expect(git("ls-tree", "-r", "v1.2.3", "dist/cli.js")).toMatch(/^100755 /);
  expect(git("rev-parse", "main")).toBe(before);
  expect([git("branch", "--show-current"), git("status", "--porcelain")]).toEqual(["main", ""]);
  expect(git("ls-tree", "-r", "--name-only", "main")).not.toContain("dist");
  expect(out).toContain(git("rev-parse", "v1.2.3^{commit}"));
  expect(out).toContain("git push origin v1.2.3\n  git push --force origin v1\n");
  expect(existsSync(join(root, "dist/cli.js"))).toBe(true);
});

test("the same main gives the same commit", async () => {
  const { git, release } = await clone();
  release("1.2.3");
  const first = git("rev-parse", "v1.2.3^{commit}");
  git("tag", "--delete", "v1.2.3", "v1");
  expect(release("1.2.3").status).toBe(0);
  expect(git("rev-parse", "v1.2.3^{commit}")).toBe(first);
});

test("a version is released once", async () => {
  const { git, release, commit } = await clone();
  release("1.2.3");
  const first = git("rev-parse", "v1.2.3");
  commit({ more: "" });
  expect(release("1.2.3")).toMatchObject({ status: 1, err: "There is v1.2.3 already.\n" });
  expect(git("rev-parse", "v1.2.3")).toBe(first);
});

test("what an earlier build left is in no release", async () => {
  const { root, release, git } = await clone();
  mkdirSync(join(root, "dist"));
  writeFileSync(join(root, "dist/old.js"), "old");
  expect(release("1.2.3").status).toBe(0);
  expect(git("ls-tree", "-r", "--name-only", "v1.2.3")).not.toContain("old.js");
});

test("the next release moves the tag of the major version, and no other", async () => {
  const { git, release, commit } = await clone();
  release("1.2.3");
  for (const version of ["1.10.0", "2.0.0"]) {
    commit({ "package.json": manifest(version), "CHANGELOG.md": changelog(version) });
    expect(release(version)).toMatchObject({ status: 0, err: "" });
  }
  const on = (tag: string): string => git("rev-parse", `${tag}^{commit}`);
  expect(on("v1")).toBe(on("v1.10.0"));
  expect(on("v2")).toBe(on("v2.0.0"));
  commit({ "package.json": manifest("1.9.9"), "CHANGELOG.md": changelog("1.9.9") });
  expect(release("1.9.9")).toMatchObject({ status: 1, err: "There is v1.10.0 already.\n" });
  expect(on("v1")).toBe(on("v1.10.0"));
});

describe("no release is made, and no tag, ", () => {
  async function refused(made: Clone, words: RegExp, ...parameters: readonly string[]): Promise<void> {
    const { status, out, err } = made.release(...(parameters.length > 0 ? parameters : ["1.2.3"]));
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(words);
    expect(made.git("tag", "--list")).toBe("");
  }

  test.for([["v1.2.3"], ["1.2"], ["1.2.3-rc.1"], ["01.2.3"], ["1.2.3", "more"], ["--help"]])(
    "of %j",
    async (parameters) => refused(await clone(), /One version is expected/, ...parameters),
  );

  test("of another branch, or of no branch", async () => {
    const made = await clone();
    made.git("switch", "--quiet", "--create=other");
    await refused(made, /made of main, and this is other/);
    made.git("switch", "--quiet", "--detach", "main");
    await refused(made, /made of main, and this is no branch/);
  });

  test("of what is not committed, known to Git or not", async () => {
    const made = await clone();
    writeFileSync(join(made.root, "new"), "");
    await refused(made, /not:\n\?\? new/);
    made.git("add", "new");
    await refused(made, /not:\nA {2}new/);
  });

  test("of a version that main does not have", async () => {
    await refused(await clone("1.2.2"), /package.json has version 1\.2\.2\. .*--no-git-tag-version 1\.2\.3/);
    const made = await clone();
    made.commit({ "CHANGELOG.md": changelog("1.2.2") });
    await refused(made, /no section \[1\.2\.3\]/);
  });

  test("of a build that fails, or lacks what it has to make", async () => {
    await refused(await clone("1.2.3", ["dist/no/such/directory"]), /The build failed/);
    const made = await clone("1.2.3", ["dist/cli.js", "dist/licenses.txt"]);
    await refused(made, /did not make dist\/action\.js\./);
  });

  test("of a build that changes what is committed", async () => {
    await refused(await clone("1.2.3", [...FILES, "LICENSE"]), /not:\nM LICENSE/);
  });
});

test("what a release carries is what action.yml and package.json name", () => {
  const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as {
    readonly runs: { readonly main: string };
  };
  const { bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  expect(CARRIED).toEqual(expect.arrayContaining([action.runs.main, ...Object.values(bin)]));
});

const HAS_ACTION = existsSync(join(ROOT, "src/action.ts"));

test.runIf(BUILT.exists && HAS_ACTION)("the build makes all of it", () => {
  expect(CARRIED.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  expect(statSync(BUILT.file).mode & 0o111).not.toBe(0);
});
