import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { BUILT, ROOT, run } from "../cli/run.ts";

/* Figures are for `npm run bench` on a quiet machine. Here: that it still measures. */

// It starts some twenty processes, slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const ENTRY = { name: "the bench", file: join(ROOT, "scripts/bench.ts"), exists: BUILT.exists };

test.runIf(BUILT.exists)("the bench measures everything once, and each plan with few calls", async () => {
  const { status, out, err } = await run(["--quick"], { entry: ENTRY });
  expect({ status, err }).toEqual({ status: 0, err: "" });
  const rows = out.split("\n").filter((line) => line.startsWith("| "));
  const named = (start: string) => rows.filter((row) => row.startsWith(`| ${start}`));
  expect(named("plan, nothing to change, 50 users")).toHaveLength(2);
  for (const row of named("… calls")) expect(row).toMatch(/\| ok \|$/);
  for (const start of ["… calls", "… peak memory", "… of it"]) expect(named(start)).toHaveLength(2);
  for (const start of ["parse and check", "the difference", "apply, 10 new users", "--help"])
    expect(named(start)).toHaveLength(1);
  expect(out).not.toContain("NaN");
});
