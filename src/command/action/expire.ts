import { noReview } from "../../core/reviewed-plan.ts";
import { summaryPage, type ActionEnded, type ActionPorts, readAt } from "./ports.ts";
import { carryOut } from "./apply.ts";
import { isComplete } from "../../core/report.ts";
import { linesOf, pageOf } from "./report.ts";

/** Carries out what time alone asks for; what else differs is left, and told by the drift run. */
export async function expire(ports: ActionPorts): Promise<ActionEnded> {
  const { ended, reportFile } = await carryOut(ports, {
    asking: {
      reviewed: async ({ account }) => ({ name: "Nothing", plan: noReview(account ?? "") }),
      digest: undefined,
    },
    readRosters: () => readAt(ports, ports.commit),
    issuing: undefined,
  });
  await ports.summarise(summaryPage(pageOf(ports, ended, undefined)));
  const { line, ...outputs } = linesOf(ended);
  const isDone = ended.made !== undefined && ended.problem === undefined && isComplete(ended.report);
  return { outputs: { ...outputs, reportFile }, line, failed: !isDone };
}
