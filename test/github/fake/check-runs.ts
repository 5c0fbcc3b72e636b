import { created, invalid, notFound, ok, refuse } from "./answer.ts";
import { type Call, nodeId, pageUrl, type Plays, repositoryUrl } from "./call.ts";
import { commitOf } from "./commits.ts";
import { resolve } from "./git.ts";
import { PAGING, pageOf } from "./pages.ts";
import { integration } from "./users.ts";
import type { App, CheckOutput, CheckRun, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

/** The description says characters; GitHub counts bytes (github/docs#35252). */
const LONGEST_OUTPUT = 65_535;
const MOST_ANNOTATIONS = 50;

interface CheckBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: CheckOutput & { readonly annotations?: readonly unknown[] };
}

const KEYS = [
  "name",
  "status",
  "conclusion",
  "external_id",
  "details_url",
  "started_at",
  "completed_at",
  "output",
];

function checkView(world: World, run: CheckRun): View {
  const { id, output, headSha } = run;
  const url = `${repositoryUrl(world)}/check-runs/${id}`;
  const page = `${pageUrl(world)}/runs/${id}`;
  return {
    id,
    name: run.name,
    node_id: nodeId("CheckRun", id),
    head_sha: headSha,
    external_id: run.externalId ?? "",
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: output.title,
      summary: output.summary,
      text: output.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    // All that an app says about a commit is one suite.
    check_suite: { id: run.app.id * 1000 + (world.commits.get(headSha)?.order ?? 0) },
    app: integration(world, run.app),
    pull_requests: [],
  };
}

function checkOutput(output: CheckBody["output"]): void {
  for (const field of ["summary", "text"] as const) {
    const text = output?.[field] ?? "";
    if (text.length > LONGEST_OUTPUT) {
      throw refuse(
        422,
        `Invalid request.\n\nOnly 65535 characters are allowed; ${text.length} were supplied.`,
      );
    }
    if (Buffer.byteLength(text) > LONGEST_OUTPUT) {
      const message = `${field} exceeds a maximum bytesize of ${LONGEST_OUTPUT}`;
      throw invalid({ resource: "CheckRun", code: "custom", field, message });
    }
  }
  const annotations = output?.annotations?.length ?? 0;
  if (annotations <= MOST_ANNOTATIONS) return;
  throw refuse(
    422,
    `Invalid request.\n\nNo more than ${MOST_ANNOTATIONS} items are allowed; ${annotations} were supplied.`,
  );
}

/** Whoever completes a run has to conclude: the description says so in words only. */
function checkConclusion({ status, completed_at: completedAt, conclusion }: CheckBody): void {
  const isDone = status === "completed" || completedAt !== undefined;
  if (isDone && conclusion === undefined) throw new Error("the fake knows no end without a conclusion");
}

/** A person's token makes no check runs. */
function appOf({ token }: Call): App {
  if (token?.app === undefined) throw refuse(403, "You must authenticate via a GitHub App.");
  return token.app;
}

/** What a body says over what was; a conclusion completes, and a run that goes on has none. */
function written(world: World, before: CheckRun, given: CheckBody): CheckRun {
  checkOutput(given.output);
  checkConclusion(given);
  const { annotations = [], ...output } = given.output ?? {};
  const status = given.conclusion === undefined ? (given.status ?? before.status) : "completed";
  const isDone = status === "completed";
  return {
    ...before,
    name: given.name ?? before.name,
    status,
    conclusion: isDone ? (given.conclusion ?? before.conclusion) : undefined,
    externalId: given.external_id ?? before.externalId,
    detailsUrl: given.details_url ?? before.detailsUrl,
    startedAt: given.started_at ?? before.startedAt ?? world.now(),
    completedAt: isDone ? (given.completed_at ?? before.completedAt ?? world.now()) : undefined,
    output: given.output === undefined ? before.output : output,
    // Each request adds to them.
    annotations: [...before.annotations, ...annotations],
  };
}

const NOTHING = {
  externalId: undefined,
  detailsUrl: undefined,
  startedAt: undefined,
  completedAt: undefined,
};

export function addCheckRun(world: World, app: App, given: CheckBody): CheckRun {
  const head = resolve(world, given.head_sha ?? "");
  if (head === undefined) throw refuse(422, `No commit found for SHA: ${given.head_sha}`);
  const id = world.count();
  const empty = { id, app, name: "", headSha: head.sha, status: "queued", conclusion: undefined, ...NOTHING };
  const run = written(world, { ...empty, output: {}, annotations: [] }, given);
  world.checkRuns.set(id, run);
  return run;
}

function runOf({ world, path }: Call): CheckRun {
  const run = world.checkRuns.get(Number(path["check_run_id"]));
  if (run === undefined) throw notFound();
  return run;
}

/** The newest of each name and app, unless all are asked for. */
function listed(call: Call): readonly CheckRun[] {
  const {
    check_name: name,
    status,
    filter = "latest",
    app_id: app,
  } = call.query as Record<string, string | undefined>;
  const { sha } = commitOf(call, "ref");
  const runs = [...call.world.checkRuns.values()].filter((each) => each.headSha === sha);
  const newest = new Set(new Map(runs.map((each) => [`${each.app.id} ${each.name}`, each])).values());
  return runs
    .filter((each) => filter === "all" || newest.has(each))
    .filter((each) => name === undefined || each.name === name)
    .filter((each) => status === undefined || each.status === status)
    .filter((each) => app === undefined || `${each.app.id}` === app);
}

export const CHECK_RUNS: Plays = {
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": {
    needs: () => ["checks", "read"],
    query: ["check_name", "status", "filter", "app_id", ...PAGING],
    play(call) {
      const runs = listed(call);
      const { items, headers } = pageOf(call, runs);
      const views = items.map((each) => checkView(call.world, each));
      return { ...ok({ total_count: runs.length, check_runs: views }), headers };
    },
  },
  "POST /repos/{owner}/{repo}/check-runs": {
    needs: () => ["checks", "write"],
    keys: ["head_sha", ...KEYS],
    play: (call) =>
      created(checkView(call.world, addCheckRun(call.world, appOf(call), call.body as CheckBody))),
  },
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": {
    needs: () => ["checks", "read"],
    play: (call) => ok(checkView(call.world, runOf(call))),
  },
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": {
    needs: () => ["checks", "write"],
    keys: KEYS,
    play(call) {
      const run = runOf(call);
      const { id } = appOf(call);
      if (id !== run.app.id) {
        throw refuse(
          403,
          `Invalid app_id \`${id}\` - check run can only be modified by the GitHub App that created it.`,
        );
      }
      const after = written(call.world, run, call.body as CheckBody);
      call.world.checkRuns.set(run.id, after);
      return ok(checkView(call.world, after));
    },
  },
};
