// Makes a release of main, as `npm run release -- 1.2.3`: a commit on top of it that carries dist/, and on that commit the
// tags v1.2.3 and v1. main itself never carries dist/. Nothing is pushed: what would be is printed.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = dirname(import.meta.dirname);

/** What whoever uses a release counts on. */
export const CARRIED = [
  "LICENSE",
  "action.yml",
  "dist/action.js",
  "dist/cli.js",
  "dist/licenses.txt",
] as const;

class Unable extends Error {}

function git(parameters: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const options = { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...env } } as const;
  return execFileSync("git", parameters, options).trim();
}

/** main, as it is committed, with this version in its files. */
function checkSource(version: string): void {
  const branch = git(["branch", "--show-current"]);
  if (branch !== "main") throw new Unable(`A release is made of main, and this is ${branch || "no branch"}.`);
  const changed = git(["status", "--porcelain"]);
  if (changed !== "")
    throw new Unable(`A release is made of what is committed, and this is not:\n${changed}`);
  const { version: written } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly version: string;
  };
  if (written !== version)
    throw new Unable(
      `package.json has version ${written}. Commit the new one first: npm version --no-git-tag-version ${version}`,
    );
  const changelog = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
  if (!changelog.includes(`\n## [${version}]`))
    throw new Unable(`CHANGELOG.md has no section [${version}]. Make one of what is under "Unreleased".`);
}

/** The moving tag of a major version must not move back. */
function checkTags(version: string): void {
  const [major, minor, patch] = numbers(version);
  const later = git(["tag", "--list", `v${major}.*`])
    .split("\n")
    .filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag))
    .find((tag) => {
      const [, itsMinor, itsPatch] = numbers(tag.slice(1));
      return itsMinor > minor || (itsMinor === minor && itsPatch >= patch);
    });
  if (later !== undefined) throw new Unable(`There is ${later} already.`);
}

function numbers(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

function build(): void {
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  const { status } = spawnSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Unable("The build failed; see above.");
  const missing = CARRIED.filter((file) => !existsSync(join(ROOT, file)));
  if (missing.length > 0) throw new Unable(`The build did not make ${missing.join(", ")}.`);
}

/**
 * The commit on top of main that has dist/ too. It is made beside the checkout, in an index of its own, so that main and its
 * files stay as they are. Its time is that of main's commit.
 */
function commitWithBuild(message: string): string {
  const directory = mkdtempSync(join(tmpdir(), "iam-roster-release-"));
  const index = { GIT_INDEX_FILE: join(directory, "index") };
  try {
    git(["read-tree", "HEAD"], index);
    git(["add", "--force", "--", "dist"], index);
    const tree = git(["write-tree"], index);
    const time = git(["show", "--no-patch", "--format=%cI", "HEAD"]);
    const times = { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
    return git(["commit-tree", tree, "-p", "HEAD", "-m", message], times);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function release(version: string): void {
  checkSource(version);
  checkTags(version);
  build();
  checkSource(version);
  const tag = `v${version}`;
  const moving = `v${numbers(version)[0]}`;
  const commit = commitWithBuild(`Release ${tag}`);
  git(["tag", "--annotate", "--no-sign", "--message", tag, tag, commit]);
  git(["tag", "--force", "--no-sign", moving, commit]);
  console.log(`${tag} and ${moving} are on commit ${commit}, which is main with dist/. Look at it:

  git show --stat ${tag}

Nothing is pushed yet. To publish it:

  git push origin ${tag}
  git push --force origin ${moving}`);
}

function main([version, ...more]: readonly string[]): number {
  try {
    if (version === undefined || more.length > 0 || !/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/.test(version))
      throw new Unable("One version is expected, such as 1.2.3: npm run release -- 1.2.3");
    release(version);
    return 0;
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
