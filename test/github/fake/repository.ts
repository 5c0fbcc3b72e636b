import { notFound, ok } from "./answer.ts";
import { nodeId, type Plays, repositoryUrl } from "./call.ts";
import { refAt } from "./git.ts";
import { simpleUser } from "./users.ts";
import type { World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

const ID = 1_296_269;
const BORN = "2025-12-31T00:00:00Z";

/** What is found below a repository, and what stands behind it in the template. */
const BELOW = {
  archive: "/{archive_format}{/ref}",
  assignees: "{/user}",
  blobs: "{/sha}",
  branches: "{/branch}",
  collaborators: "{/collaborator}",
  comments: "{/number}",
  commits: "{/sha}",
  compare: "/{base}...{head}",
  contents: "/{+path}",
  contributors: "",
  deployments: "",
  downloads: "",
  events: "",
  forks: "",
  git_commits: "{/sha}",
  git_refs: "{/sha}",
  git_tags: "{/sha}",
  issue_comment: "{/number}",
  issue_events: "{/number}",
  issues: "{/number}",
  keys: "{/key_id}",
  labels: "{/name}",
  languages: "",
  merges: "",
  milestones: "{/number}",
  notifications: "{?since,all,participating}",
  pulls: "{/number}",
  releases: "{/id}",
  stargazers: "",
  statuses: "/{sha}",
  subscribers: "",
  subscription: "",
  tags: "",
  teams: "",
  trees: "{/sha}",
  hooks: "",
} as const;

function urlsBelow(url: string): View {
  const urls = Object.entries(BELOW).map(([key, rest]) => {
    return [`${key}_url`, `${url}/${key.replace("_", "/")}${rest}`] as const;
  });
  return Object.fromEntries(urls);
}

/** The repository, or the fork of it that somebody has. */
export function repository(world: World, owner: string = world.owner): View {
  const { name, isPrivate, hasIssues, defaultBranch } = world;
  const isFork = owner !== world.owner;
  const id = isFork ? ID + 1 : ID;
  const url = isFork ? `${world.apiUrl}/repos/${owner}/${name}` : repositoryUrl(world);
  const page = `https://github.com/${owner}/${name}`;
  return {
    id,
    node_id: nodeId("Repository", id),
    name,
    full_name: `${owner}/${name}`,
    owner: simpleUser(world, owner),
    private: isPrivate,
    html_url: page,
    description: undefined,
    fork: isFork,
    url,
    ...urlsBelow(url),
    git_url: `git://github.com/${owner}/${name}.git`,
    ssh_url: `git@github.com:${owner}/${name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: undefined,
    homepage: undefined,
    language: undefined,
    license: undefined,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    open_issues_count: 0,
    forks: 0,
    watchers: 0,
    open_issues: 0,
    size: 1,
    default_branch: defaultBranch,
    has_issues: hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: isPrivate ? "private" : "public",
    pushed_at: BORN,
    created_at: BORN,
    updated_at: BORN,
  };
}

export const REPOSITORY: Plays = {
  "GET /repos/{owner}/{repo}": {
    needs: () => ["metadata", "read"],
    play: ({ world }) => ok({ ...repository(world), subscribers_count: 0, network_count: 0 }),
  },
  "GET /repos/{owner}/{repo}/git/ref/{ref}": {
    needs: () => ["contents", "read"],
    play({ world, path }) {
      const ref = path["ref"] ?? "";
      const sha = refAt(world, ref);
      if (sha === undefined) throw notFound();
      const url = `${repositoryUrl(world)}/git`;
      const object = { type: "commit", sha, url: `${url}/commits/${sha}` };
      return ok({ ref: `refs/${ref}`, node_id: nodeId("Ref", ref), url: `${url}/refs/${ref}`, object });
    },
  },
};
