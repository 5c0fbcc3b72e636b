import { defineConfig } from "vitest/config";

import unit from "./vitest.config.ts";

/** What needs moto or the AWS command line: `npm run test:moto`. */
export default defineConfig({
  test: {
    ...unit.test,
    include: ["test/moto/**/*.test.ts"],
    exclude: [],
    globalSetup: ["test/moto/server.ts"],
  },
});
