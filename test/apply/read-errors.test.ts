import { expect, test } from "vitest";

import { isComplete, type Report } from "../../src/core/report.ts";
import {
  applied,
  linesOf,
  mending,
  page,
  type Stage,
  staged,
  steady,
  type Told,
  untold,
  wrongsNow,
} from "./faulty.ts";
import { endsTheRun, faultOf, READ_ERRORS, type Trouble, troublesOf } from "./modelled-errors.ts";
import { contents, isWrite } from "./story.ts";

/*
 * Each operation that reads ends with each of its errors: while the story with each kind of change is planned, and while
 * it is applied. What the user reads then stands in test/cases/errors/, to be looked through; `npm run bless` writes it.
 */

test("whatever a read ends with, every time, no plan is made of what could not be read, and the message says why", async () => {
  const stage = await staged();
  const told: string[] = [];
  for (const operation of Object.keys(READ_ERRORS)) {
    const troubles: string[] = [];
    for (const trouble of troublesOf(READ_ERRORS[operation] ?? "")) {
      const start = stage.sandbox.calls.length;
      const words = await planned(stage, { operation, trouble });
      const calls = stage.sandbox.calls.slice(start);
      expect(calls.filter(isWrite)).toEqual([]);
      if (!calls.some((call) => call.operation === operation)) continue;
      expect(words.length).toBeLessThan(3);
      troubles.push(`  ${trouble}: ${words.join("\n    ")}`);
    }
    if (troubles.length > 0) told.push(`${operation}\n${troubles.join("\n")}\n`);
  }
  await expect(told.join("\n")).toMatchFileSnapshot("../cases/errors/planning.txt");
}, 120_000);

test("whatever a read ends with while a plan is applied, nothing wrong is done, the report says why and what is true now, and the next run ends as without it", async () => {
  const stage = await staged();
  const isMended = mending(stage);
  const told: string[] = [];
  for (const operation of Object.keys(READ_ERRORS)) {
    const troubles: Told[] = [];
    for (const trouble of troublesOf(READ_ERRORS[operation] ?? "")) {
      const start = stage.sandbox.calls.length;
      const report = await applied(stage, [faultOf(trouble, operation)]);
      if (!stage.sandbox.calls.slice(start).some((call) => call.operation === operation)) break;
      const isWhole = JSON.stringify(contents(stage.sandbox)) === JSON.stringify(stage.end);
      const about = { operation, trouble };
      // Said to be complete, it is; what IAM told wrongly of is another account.
      const isTrue = trouble === "NoSuchEntity" || isComplete(report) === isWhole;
      expect({ ...about, isTrue, untold: untold(report) }).toEqual({ ...about, isTrue: true, untold: [] });
      troubles.push(tell(report, trouble));
      if (trouble === "NoSuchEntity") continue;
      const after = { wrong: wrongsNow(stage), isMended: await isMended() };
      expect({ ...about, ...after }).toEqual({ ...about, wrong: [], isMended: true });
    }
    if (troubles.length > 0) told.push(page(operation, troubles));
  }
  await expect(told.join("\n")).toMatchFileSnapshot("../cases/errors/reads.txt");
}, 120_000);

/** What the user reads of the first that is left because of it, and who else is left. */
function tell({ entries }: Report, trouble: Trouble): Told {
  const left = entries.filter(({ problem }) => problem !== undefined);
  const [first] = left.flatMap(({ changes }) => changes.filter(({ outcome }) => outcome !== "done"));
  const message = first === undefined ? ["all is done"] : linesOf(first);
  const names = left.map(({ subject, problem }) => `    ${subject.name}: ${steady(problem ?? "")[0]}`);
  // Which calls were under way when it ended depends on the moment.
  if (endsTheRun(trouble)) return { trouble, message: ["the run ends"], rest: ["    not all is done"] };
  const rest = names.map((line) =>
    line.replace(/ could not be read afresh: .*?(?=\. Run)/, " could not be read afresh"),
  );
  return { trouble, message, rest: rest.length === 0 ? ["    nothing is left"] : rest };
}

interface About {
  readonly operation: string;
  readonly trouble: Trouble;
}

/** The message; or, where there is a plan all the same, whether it is that of the undisturbed account. */
async function planned(
  { sandbox, plan, roster, start, live }: Stage,
  about: About,
): Promise<readonly string[]> {
  sandbox.load(start);
  sandbox.setFaults([faultOf(about.trouble, about.operation)]);
  try {
    const { plan: made } = await plan(roster);
    return [made.digest === live.plan.digest ? "the plan as it is without it" : "another plan"];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Whose reading fails first depends on the moment.
    return steady(error.message.replace(/^(Get\w+|List\w+) [^:]+(?=: )/, "$1 (of one of them)"));
  } finally {
    sandbox.setFaults([]);
  }
}
