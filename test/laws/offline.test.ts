import fc from "fast-check";
import { expect, test } from "vitest";
import { offlineState } from "../../src/core/planning/offline.ts";
import { NOW, planned, sha256 } from "../core/build.ts";
import { PROTECTED, worlds } from "./worlds.ts";
import { tries } from "./tries.ts";

const rosters = worlds.map(({ roster }) => roster);

test("an account to which nothing but these files was applied has nothing left to do by them", () => {
  fc.assert(
    fc.property(rosters, (base) => {
      const actual = offlineState({ base, roster: base, account: "123456789012", now: NOW, sha256 });
      const { entries, refused, refusals } = planned({ roster: base, base, actual }).plan;
      expect({ entries, refused, refusals }).toEqual({ entries: [], refused: [], refusals: [] });
      // Nobody has read any.
      for (const user of actual.users.values()) expect(user.credentials).toBeUndefined();
    }),
    tries(300),
  );
});

test("without an account nobody is protected from being there", () => {
  const holding = rosters.filter((base) => base.users.get(PROTECTED)?.status === "active");
  fc.assert(
    fc.property(holding, (base) => {
      const actual = offlineState({ base, roster: base, account: "123456789012", now: NOW, sha256 });
      expect(actual.users.has(PROTECTED)).toBe(true);
    }),
    tries(50),
  );
});
