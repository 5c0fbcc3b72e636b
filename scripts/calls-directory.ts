import { join } from "node:path";

/** Where `npm test` keeps what the program's calls asked of the caller's policies. */
export const CALLS: string = join(import.meta.dirname, "../node_modules/.cache/calls");
