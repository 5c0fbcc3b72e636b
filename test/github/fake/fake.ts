import { onTestFinished } from "vitest";
import { addCheckRun } from "./check-runs.ts";
import { addComment, changeComment, commentsOf } from "./comments.ts";
import { type Description, describeGitHub } from "./description.ts";
import type { Fake, Hook, Request } from "./exchange.ts";
import { type Fault, newFaults } from "./faults.ts";
import { addCommit, commitAt, type NewCommit } from "./git.ts";
import { VIEWER } from "./graphql.ts";
import { addIssue, type NewIssue } from "./issues.ts";
import { labelOf } from "./labels.ts";
import {
  type Merging,
  type MergeMethod,
  mergePull,
  moveBranch,
  type NewPull,
  openPull,
  pullAt,
  pushTo,
} from "./merging.ts";
import { appOf } from "./rights.ts";
import { ROUTES } from "./routes.ts";
import { listen } from "./server.ts";
import {
  type App,
  type CheckRun,
  type Comment,
  type Commit,
  type Issue,
  type Label,
  newWorld,
  type Pull,
  type Settings,
  type Token,
} from "./world.ts";

/**
 * A GitHub with one repository, on 127.0.0.1. It plays few routes, and these as GitHub does: questions and its own
 * answers are checked against GitHub's description of its API. What it does not know is a violation, and makes the test
 * fail even where the program swallows the error.
 */
export interface FakeGitHub {
  readonly apiUrl: string;
  /** By what is sent as one: `t-write`, `t-read`, `t-none`, `t-elsewhere`, `t-person`, and those of the settings. */
  readonly tokens: Readonly<Record<string, Token>>;
  /** A commit with the files of its first parent and these; an undefined one is deleted. Gives its SHA. */
  readonly commit: (given: NewCommit) => string;
  readonly commitAt: (sha: string) => Commit;
  /** Sets the tip of a branch; the test merges of what is open for it are made anew. */
  readonly branch: (name: string, sha: string) => void;
  /** Gives its number. */
  readonly openPull: (given: NewPull) => number;
  readonly pull: (number: number) => Issue & { readonly pull: Pull };
  readonly push: (number: number, sha: string) => void;
  /** Gives the SHA that the branch has then. */
  readonly merge: (number: number, method: MergeMethod, how?: Merging) => string;
  readonly comments: (number: number) => readonly Comment[];
  /** What somebody else says; as `github-actions[bot]`, another workflow. */
  readonly commentAs: (login: string, number: number, body: string) => number;
  readonly editComment: (id: number, body: string) => void;
  readonly deleteComment: (id: number) => void;
  /** Gives its number. */
  readonly openIssue: (given: NewIssue) => number;
  /** Changes an issue or pull request as somebody else would. */
  readonly changeIssue: (
    number: number,
    change: Partial<Pick<Issue, "title" | "body" | "state" | "labels">>,
  ) => void;
  /** Pull requests among them. */
  readonly issues: readonly Issue[];
  readonly labels: readonly Label[];
  readonly label: (name: string) => void;
  /** The oldest first. */
  readonly checkRuns: readonly CheckRun[];
  readonly checkRunAs: (app: App, given: Parameters<typeof addCheckRun>[2]) => number;
  readonly fault: (fault: Fault) => void;
  /** Lets something happen when a call of this route was carried out, before it is answered. */
  readonly on: (route: string, hook: Hook) => void;
  readonly requests: readonly Request[];
  readonly violations: readonly string[];
  /** Forgets them, for tests of the fake itself. */
  readonly takeViolations: () => readonly string[];
}

/** Closed when the test ends, which fails then where there were violations. */
export async function fakeGitHub(settings: Settings): Promise<FakeGitHub> {
  const { github, close } = await openFake(settings);
  onTestFinished(async () => {
    await close();
    const violations = github.takeViolations();
    if (violations.length > 0) throw new Error(`GitHub was asked wrongly:\n${violations.join("\n")}`);
  });
  return github;
}

/** Made once a process: the description has 13 MB, and checks are slow to compile. */
let description: Description | undefined;

function described(): Description {
  description ??= describeGitHub(ROUTES.filter((route) => route !== VIEWER));
  return description;
}

interface Opened {
  readonly github: FakeGitHub;
  readonly fake: Fake;
  readonly close: () => Promise<void>;
}

/** One that the test closes, and looks at. */
export async function openFake(settings: Settings): Promise<Opened> {
  const fake: Fake = {
    world: newWorld(settings),
    description: described(),
    violations: [],
    requests: [],
    faults: newFaults(ROUTES),
    hooks: [],
    alter: (answer) => answer,
  };
  const { apiUrl, close } = await listen(fake);
  fake.world.apiUrl = apiUrl;
  return { github: controls(fake), fake, close };
}

function controls(fake: Fake): FakeGitHub {
  const { world, violations, requests } = fake;
  return {
    apiUrl: world.apiUrl,
    tokens: Object.fromEntries(world.tokens),
    ...historyControls(fake),
    ...talkControls(fake),
    get issues() {
      return [...world.issues.values()];
    },
    get labels() {
      return [...world.labels.values()];
    },
    get checkRuns() {
      return [...world.checkRuns.values()];
    },
    label: (name) => void labelOf(world, name),
    checkRunAs: (app, given) => addCheckRun(world, app, given).id,
    fault: (fault) => fake.faults.add(fault),
    on(route, hook) {
      if (!ROUTES.includes(route)) throw new Error(`the fake does not know ${route}`);
      fake.hooks.push({ on: route, hook });
    },
    requests,
    violations,
    takeViolations: () => violations.splice(0),
  };
}

function historyControls({ world }: Fake) {
  return {
    commit: (given: NewCommit) => addCommit(world, given),
    commitAt: (sha: string) => commitAt(world, sha),
    branch: (name: string, sha: string) => moveBranch(world, name, sha),
    openPull: (given: NewPull) => openPull(world, given),
    pull: (number: number) => pullAt(world, number),
    push: (number: number, sha: string) => pushTo(world, number, sha),
    merge: (number: number, method: MergeMethod, how: Merging = {}) =>
      mergePull(world, number, { method, ...how }),
  };
}

function talkControls({ world }: Fake) {
  return {
    comments: (number: number) => commentsOf(world, number),
    commentAs: (login: string, number: number, body: string) =>
      addComment(world, number, { login, app: appOf(world, login), body }).id,
    editComment: (id: number, body: string) => void changeComment(world, id, body),
    deleteComment: (id: number) => void world.comments.delete(id),
    openIssue: (given: NewIssue) => addIssue(world, { app: appOf(world, given.login), ...given }).number,
    changeIssue(number: number, change: Partial<Pick<Issue, "title" | "body" | "state" | "labels">>) {
      const issue = world.issues.get(number);
      if (issue === undefined) throw new Error(`the fake has no issue ${number}`);
      const at = world.now();
      const closedAt = (change.state ?? issue.state) === "closed" ? (issue.closedAt ?? at) : undefined;
      world.issues.set(number, { ...issue, ...change, closedAt, updatedAt: at });
    },
  };
}
