import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The source as `npm run format` would leave it, also where it leaves the generated file alone. */
export function formatted(path: string, source: string): string {
  const command = join(root, "node_modules", ".bin", "oxfmt");
  const options = { cwd: root, input: source, encoding: "utf8", maxBuffer: 1 << 26 } as const;
  return execFileSync(command, [`--stdin-filepath=${basename(path)}`], options);
}
