import { byKind } from "../core/change.ts";
import { IamFailure } from "../core/failure.ts";
import type { IamWrite } from "../core/port.ts";
import type { Clients } from "./client.ts";
import { PROOFS } from "./proof.ts";
import { SENDS } from "./send.ts";

/** Makes each change with one call. What IAM refuses because it is so already, and provably so, counts as done. */
export function iamWrite({ iam }: Pick<Clients, "iam">): IamWrite {
  return {
    write: async (change, { now, id }) => {
      try {
        await byKind(SENDS, change, iam, now);
      } catch (failure) {
        if (!(failure instanceof IamFailure)) throw failure;
        // A proof that cannot be had is none: what stands is the refusal.
        const done = await byKind(PROOFS, change, { iam, failure, id }).catch(() => false);
        if (!done) throw failure;
      }
    },
  };
}
