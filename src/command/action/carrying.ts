import { messageOf } from "../../core/failure.ts";
import { isPrivate } from "../../github/hand-over.ts";
import { applyFiles, type Asking, type Ended } from "../applying.ts";
import type { Rosters } from "../reading.ts";
import { type ActionPorts, annotate } from "./ports.ts";

/* Planning and applying in a job: what apply and expire have in common. */

export interface Carrying {
  readonly asking: Pick<Asking, "reviewed" | "digest">;
  readonly readRosters: () => Promise<Rosters>;
  readonly issuing: Parameters<typeof applyFiles>[0]["issuing"];
  /** Looks just before the first change, and says why none may be made; undefined: they may. */
  readonly lastLook: () => Promise<string | undefined>;
}

export interface Carried {
  readonly ended: Ended;
  readonly reportFile: string;
}

/** Plans and applies; the report is kept for later steps whatever happens. */
export async function carryOut(
  ports: ActionPorts,
  { asking, readRosters, ...carrying }: Carrying,
): Promise<Carried> {
  let reportFile = "";
  const { ended, unsaved } = await applyFiles(
    {
      ...ports,
      ...carrying,
      readRosters,
      inPublic: !(await isPrivate(ports.repository)),
      saveReport: async (json) => {
        reportFile = await ports.keep("report", json);
      },
    },
    { ...asking, yes: false, fresh: false, format: "text", ask: undefined },
  );
  annotate(ports, ended.findings);
  if (unsaved !== undefined) ports.terminal.err(`warning: ${messageOf(unsaved.reason)}\n`);
  return { ended, reportFile };
}
