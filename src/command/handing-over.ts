import { reviewedChanges, type Reviewing } from "../apply/reviewed.ts";
import type { Issuing } from "../apply/run.ts";
import { credentialOf, isIssue } from "../core/change.ts";
import type { HandOver, Letter } from "../core/port.ts";
import type { Report } from "../core/report.ts";
import { handOverRefusal, type HandedOver } from "../render/words/hand-over.ts";

/** Why what this run would issue cannot be handed over; undefined where it can, or where nothing is issued. */
export async function handOverProblem(
  reviewing: Reviewing & { readonly issuing: Issuing | undefined },
): Promise<string | undefined> {
  const issued = [...reviewedChanges(reviewing).covered].filter(isIssue);
  if (issued.length === 0) return undefined;
  if (reviewing.issuing === undefined) return handOverRefusal(issued);
  await reviewing.issuing.handOver.prepare();
  return undefined;
}

/** A hand-over that remembers where everything went. */
export interface Watched {
  readonly handOver: HandOver;
  /** What of the report was issued, and where it lies. */
  readonly handedOver: (report: Report) => readonly HandedOver[];
}

export function watched({ prepare, stage }: HandOver): Watched {
  const places = new Map<string, string>();
  return {
    handOver: {
      prepare,
      stage: async (letter) => {
        const { commit, discard } = await stage(letter);
        return {
          commit: async () => {
            const place = await commit();
            places.set(keyOf(letter), place);
            return place;
          },
          discard,
        };
      },
    },
    handedOver: ({ entries }) =>
      entries
        .flatMap(({ changes }) => changes)
        .filter(isIssue)
        .filter(({ outcome }) => outcome === "done")
        .flatMap((change) => {
          const { user, to } = change;
          const what = credentialOf(change);
          const place = places.get(keyOf({ user, what }));
          return place === undefined ? [] : [{ user, what, to, place }];
        }),
  };
}

function keyOf({ user, what }: Pick<Letter, "user" | "what">): string {
  return `${what} ${user}`;
}
