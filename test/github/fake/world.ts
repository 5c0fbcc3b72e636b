/* What the fake keeps. Records are replaced, never changed. */

export interface App {
  readonly id: number;
  readonly slug: string;
}

export type Permission = "contents" | "pull-requests" | "issues" | "checks" | "metadata";
export type Level = "read" | "write";
export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

export interface Token {
  readonly login: string;
  /** None: a person's own token. */
  readonly app?: App;
  /** None: it was given for another repository. */
  readonly permissions?: Permissions;
}

/** Submodules and symlinks are files of their own kind. */
export type FileEntry = Buffer | { readonly symlink: string } | { readonly submodule: string };

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, FileEntry>;
  readonly message: string;
  readonly login: string;
  readonly at: string;
  /** Later commits have higher ones. */
  readonly order: number;
}

export interface Pull {
  readonly base: string;
  readonly head: string;
  readonly headRef: string;
  /** The login that owns the head branch: another than the repository's for a fork. */
  readonly headOwner: string;
  /** `refs/pull/N/merge`; none while it conflicts. */
  readonly mergeSha: string | undefined;
  readonly merged?: { readonly at: string; readonly by: string; readonly sha: string };
  /** The commits that came with it, and those that merging made of them. */
  readonly commits: readonly string[];
  /** How many more questions the index of commits answers without it. */
  readonly lag: number;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | undefined;
  readonly state: "open" | "closed";
  readonly stateReason: string | undefined;
  readonly labels: readonly string[];
  readonly login: string;
  readonly app: App | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | undefined;
  readonly pull?: Pull;
}

export interface Comment {
  readonly id: number;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly body: string;
  readonly login: string;
  readonly app: App | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | undefined;
}

export interface CheckOutput {
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly app: App;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly externalId: string | undefined;
  readonly detailsUrl: string | undefined;
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
  readonly output: CheckOutput;
  readonly annotations: readonly unknown[];
}

export interface Settings {
  /** `acme/access` */
  readonly repository: string;
  readonly private?: boolean;
  readonly hasIssues?: boolean;
  readonly defaultBranch?: string;
  /** More tokens, or others than the given ones. */
  readonly tokens?: Readonly<Record<string, Token>>;
  /** The public SSH keys of logins; whoever is not named is nobody. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

export interface World {
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly hasIssues: boolean;
  readonly defaultBranch: string;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly commits: Map<string, Commit>;
  readonly branches: Map<string, string>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  /** By name in small letters. */
  readonly labels: Map<string, Label>;
  readonly checkRuns: Map<number, CheckRun>;
  /** A number that was never given before. */
  readonly count: () => number;
  /** The time, a second later at every look: no test waits for it, and all runs see the same. */
  readonly now: () => string;
  /** Where it listens. */
  apiUrl: string;
}

/** The app whose tokens workflows have. */
export const ACTIONS: App = { id: 15_368, slug: "github-actions" };
const BOT = { login: "github-actions[bot]", app: ACTIONS };

/** Those of a workflow that may write, one that may read, one with nothing, one of elsewhere, and a person. */
const TOKENS: Readonly<Record<string, Token>> = {
  "t-write": {
    ...BOT,
    permissions: { contents: "read", "pull-requests": "write", issues: "write", checks: "write" },
  },
  "t-read": {
    ...BOT,
    permissions: { contents: "read", "pull-requests": "read", issues: "read", checks: "read" },
  },
  "t-none": { ...BOT, permissions: {} },
  "t-elsewhere": BOT,
  "t-person": {
    login: "emilyc",
    permissions: { contents: "write", "pull-requests": "write", issues: "write", checks: "read" },
  },
};

export function newWorld(settings: Settings): World {
  const [owner = "", name = ""] = settings.repository.split("/");
  let counted = 0;
  let seconds = 0;
  return {
    owner,
    name,
    isPrivate: settings.private ?? true,
    hasIssues: settings.hasIssues ?? true,
    defaultBranch: settings.defaultBranch ?? "main",
    tokens: new Map(Object.entries({ ...TOKENS, ...settings.tokens })),
    keys: new Map(Object.entries(settings.keys ?? {})),
    commits: new Map(),
    branches: new Map(),
    issues: new Map(),
    comments: new Map(),
    labels: new Map(),
    checkRuns: new Map(),
    count: () => (counted += 1),
    now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, (seconds += 1))).toISOString().replace(".000Z", "Z"),
    apiUrl: "",
  };
}
