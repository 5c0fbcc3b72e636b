import { defineConfig } from "vitest/config";

// The core's own tests and the golden plans. The laws would try each mutant on hundreds of worlds; what only they
// notice has no sentence of its own yet.
export default defineConfig({
  test: {
    include: ["test/core/**/*.test.ts", "test/cases/plans.test.ts"],
    setupFiles: ["test/setup.ts"],
  },
});
