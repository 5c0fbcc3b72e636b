import { git, resolveCommit } from "./git.ts";

/** Directories as Git sees them from the top of the repository, with slashes; `.` is the top itself. Sorted. */
export interface RostersOfGit {
  /** Have a users.yaml that Git knows. */
  readonly rosters: readonly string[];
  /** Had one at `since`, and have none now. */
  readonly gone: readonly string[];
}

interface Where {
  /** Only what is in it or below. */
  readonly root: string;
  /** Only those in which one of the three files is not as at this ref. */
  readonly since: string | undefined;
}

const USERS = "users.yaml";
const ROSTER = [USERS, "groups.yaml", "roster.yaml"];

/**
 * The rosters of a Git work tree: those of its index, so that nothing is found that is ignored, stands behind a link, or
 * belongs to another repository in it. Throws where the repository or the ref cannot be had.
 */
export async function gitRosters({ root, since }: Where): Promise<RostersOfGit> {
  const head = await resolveCommit(root, "HEAD", `${root} is in a Git repository without a commit`);
  const known = directories(await git(root, "ls-files", "-z", "--full-name", "--", ...anywhere([USERS])));
  if (since === undefined) return { rosters: known, gone: [] };
  const otherwise = `"${since}" is not a Git ref of this repository; is it fetched?`;
  const before = await resolveCommit(root, since, otherwise);
  const compare = ["diff-tree", "-r", "-z", "--name-only"];
  const changed = (files: readonly string[], ...more: readonly string[]): Promise<Buffer> =>
    git(root, ...compare, ...more, before, head, "--", ...anywhere(files));
  const [touched, deleted] = await Promise.all([changed(ROSTER), changed([USERS], "--diff-filter=D")]);
  const isTouched = new Set(directories(touched));
  return { rosters: known.filter((each) => isTouched.has(each)), gone: directories(deleted) };
}

/** These files in the current directory and below. */
function anywhere(files: readonly string[]): readonly string[] {
  return files.map((file) => `:(glob)**/${file}`);
}

function directories(listed: Buffer): readonly string[] {
  const files = listed.toString("utf8").split("\0").filter(Boolean);
  const found = files.map((file) => file.slice(0, Math.max(0, file.lastIndexOf("/"))) || ".");
  return [...new Set(found)].filter((each) => !each.split("/").includes("node_modules")).toSorted();
}
