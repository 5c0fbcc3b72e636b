/** IAM throttles more, and the adapters hold no more in flight. */
const AT_A_TIME = 10;

/** Runs the jobs in their order, ten at a time. Where one throws, so does this; what is under way ends by itself. */
export async function inParallel<Job>(jobs: readonly Job[], run: (job: Job) => Promise<void>): Promise<void> {
  const waiting = jobs[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const job of waiting) await run(job);
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, jobs.length) }, worker));
}
