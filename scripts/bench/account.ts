// Serves an account in a process of its own, so that neither its time nor its memory is measured with what speaks to
// it. Arguments: which world, how many users, and how many milliseconds a call takes.
import { startSandbox } from "../../src/sandbox/server.ts";
import { newcomers, settled } from "./world.ts";

/** What is asked of the process, and what it answers. */
export type Question = "calls" | "reset";
export interface Answer {
  /** Where it listens. */
  readonly url: string;
  /** How many calls came since it was last asked, and when the first of them did (as Date.now tells it). */
  readonly calls: number;
  readonly first: number;
}

const [kind, users, latency] = process.argv.slice(2);
const { account } = kind === "newcomers" ? newcomers(Number(users)) : settled(Number(users));
const sandbox = await startSandbox({ state: account, latency: Number(latency) });
let seen = 0;

// IAM gives a report for four hours: it is there already, so that nobody waits for one.
sandbox.act("GenerateCredentialReport");
answer();

process.on("message", (question: Question) => {
  if (question === "reset") {
    sandbox.load(account);
    sandbox.act("GenerateCredentialReport");
  }
  answer();
});
process.on("disconnect", () => void sandbox.close());

function answer(): void {
  const calls = sandbox.calls.slice(seen);
  seen = sandbox.calls.length;
  process.send?.({ url: sandbox.url, calls: calls.length, first: calls[0]?.at ?? 0 } satisfies Answer);
}
