import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { DEACTIVATED_TAG, OWNER_TAG } from "../../src/core/change.ts";
import type { Roster } from "../../src/core/roster.ts";
import type { JsonObject } from "../../src/core/rules/documents.ts";
import type { ManagedPolicy, State } from "../../src/core/state.ts";
import { fitted, COMMENT_ROOM } from "../../src/render/fitted.ts";
import { renderPlanJson } from "../../src/render/json.ts";
import { planSections } from "../../src/render/markdown.ts";
import { renderPlan } from "../../src/render/text.ts";
import { directoryFiles } from "../../src/roster/directory.ts";
import { load } from "../../src/roster/load.ts";
import { ACCOUNT, group, NOW, OWNER, planned, state, user } from "../core/build.ts";

/*
 * Each folder of `plans/` holds a roster, an account, and the plan expected of the two: `npm run bless` writes it anew.
 * account.yaml has, by name, what differs from a managed user without anything, read one by one.
 */

const CIRCUMSTANCES = {
  roster: "prod",
  commit: "4f1c1d0c2b6f0d8f6a7e2a3f5f0a9b8c7d6e5f40",
  runUrl: "https://github.com/acme/access/actions/runs/1",
  offline: false,
};

const CASES = join(import.meta.dirname, "plans");

interface AccountFile {
  readonly quotas?: Partial<State["account"]["quotas"]>;
  readonly caller?: string;
  readonly users?: Readonly<Record<string, UserFile | null>>;
  readonly groups?: Readonly<Record<string, Omit<Parameters<typeof group>[1], "name"> | null>>;
  /** Policies that were looked up and are not there. */
  readonly missingPolicies?: readonly string[];
  /** Customers' policies that were looked up, and what they say. */
  readonly documents?: Readonly<Record<string, JsonObject>>;
}

type UserFile = Parameters<typeof user>[1] & {
  /** The owner tag's value; `none` leaves the tag away. */
  readonly owner?: string;
  readonly deactivated?: string;
};

function liveUser(name: string, file: UserFile | null): ReturnType<typeof user> {
  const { owner = OWNER, deactivated, ...parts } = file ?? {};
  const own = {
    ...(owner === "none" ? {} : { [OWNER_TAG]: owner }),
    ...(deactivated === undefined ? {} : { [DEACTIVATED_TAG]: deactivated }),
  };
  return user(name, { ...parts, tags: { ...parts.tags, ...own } });
}

function accountOf(file: AccountFile): State {
  const users = Object.entries(file.users ?? {}).map(([name, parts]) => liveUser(name, parts));
  const groups = Object.entries(file.groups ?? {}).map(([name, parts]) => group(name, parts ?? {}));
  return state(users, groups, {
    quotas: { ...ACCOUNT.quotas, ...file.quotas },
    ...(file.caller === undefined ? {} : { caller: file.caller }),
  });
}

async function rosterIn(folder: string): Promise<Roster> {
  const { roster, findings } = await load(directoryFiles(folder));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  if (roster === undefined) throw new Error(`${folder} holds no roster`);
  return roster;
}

describe("the plan of", () => {
  test.each(readdirSync(CASES))("%s is the golden one", async (name) => {
    const folder = join(CASES, name);
    const file = parse(readFileSync(join(folder, "account.yaml"), "utf8")) as AccountFile;
    const base = existsSync(join(folder, "base")) ? await rosterIn(join(folder, "base")) : undefined;
    const policies = new Map<string, ManagedPolicy | undefined>([
      ...(file.missingPolicies ?? []).map((policy) => [policy, undefined] as const),
      ...Object.entries(file.documents ?? {}).map(([policy, document]) => [policy, { document }] as const),
    ]);
    const { plan } = planned({ roster: await rosterIn(folder), base, actual: accountOf(file), now: NOW, policies });
    await expect(renderPlan(plan)).toMatchFileSnapshot(join(folder, "plan.txt"));
    const page = fitted(planSections(plan, CIRCUMSTANCES), COMMENT_ROOM, "the job summary");
    await expect(page).toMatchFileSnapshot(join(folder, "comment.md"));
    await expect(renderPlanJson(plan, [])).toMatchFileSnapshot(join(folder, "plan.json"));
  });
});
