// Loaded into a measured process: writes its peak memory, in kilobytes, to file descriptor 3 when it ends. Linux counts
// in `maxRSS` what the parent held when it started the child; /proc does not.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const STATUS = "/proc/self/status";

process.on("exit", () => {
  const peak = existsSync(STATUS) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, "utf8"))?.[1];
  writeFileSync(3, peak || String(process.resourceUsage().maxRSS));
});
