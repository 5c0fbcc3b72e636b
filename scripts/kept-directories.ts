import { join } from "node:path";

const CACHE: string = join(import.meta.dirname, "../node_modules/.cache");

/** Where `npm test` keeps what the program's calls asked of the caller's policies. */
export const CALLS: string = join(CACHE, "calls");

/** Where it keeps how much was searched for secrets. */
export const SILENCE: string = join(CACHE, "silence");
