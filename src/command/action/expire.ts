import { messageOf } from "../../core/failure.ts";
import { noReview } from "../../core/reviewed-plan.ts";
import { tipOf } from "../../github/commits.ts";
import { noticeSections } from "../../render/notice-markdown.ts";
import { isApplied } from "../applying.ts";
import { carryOut } from "./carrying.ts";
import { newerFiles } from "./newer.ts";
import {
  type ActionEnded,
  type ActionPorts,
  circumstancesOf,
  readAt,
  refusedFor,
  summariseOrWarn,
} from "./ports.ts";
import { linesOf, pageOf } from "./report.ts";

/**
 * Carries out what time alone asks for, as the branch's newest files have it: an older commit may end what was prolonged
 * since. What else differs is left, and told by the drift run.
 */
export async function expire(given: ActionPorts, branch: string): Promise<ActionEnded> {
  const ports = { ...given, commit: await tipOf(given.repository, branch) };
  try {
    return await expireAt(ports, branch);
  } catch (error) {
    const sections = noticeSections("⛔ Nothing was applied", messageOf(error), circumstancesOf(ports));
    await summariseOrWarn(ports, sections);
    throw error;
  }
}

async function expireAt(ports: ActionPorts, branch: string): Promise<ActionEnded> {
  const { ended, reportFile } = await carryOut(ports, {
    asking: {
      reviewed: async ({ account }) => ({ name: "Nothing", plan: noReview(account ?? "") }),
      digest: undefined,
    },
    // Compared with themselves the files ask for nothing newly, so that what time asks for stands apart from what differs.
    readRosters: () => readAt(ports, ports.commit),
    issuing: undefined,
    lastLook: async () => {
      const newer = await newerFiles(ports, branch);
      return newer && "The branch moved on meanwhile, so nothing was applied: run this job again.";
    },
  });
  await summariseOrWarn(ports, pageOf(ports, ended, { digest: undefined, left: [] }));
  const { line, ...outputs } = linesOf(ended);
  const isDone = isApplied(ended) && refusedFor("due", ended.made) === 0;
  return { outputs: { ...outputs, reportFile }, line, failed: !isDone };
}
