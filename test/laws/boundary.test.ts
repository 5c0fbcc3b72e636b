import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/core/order.ts";
import type { Entry, PlannedChange } from "../../src/core/plan.ts";
import { canonicalDocument, documentAllows } from "../../src/core/rules/documents.ts";
import { simulate, simulator } from "../../src/core/simulate/simulate.ts";
import type { Group, User } from "../../src/core/state.ts";
import { NOW, planned } from "../core/build.ts";
import { worlds } from "./worlds.ts";
import { tries } from "./tries.ts";

function allows(user: User, groupOf: (key: string) => Group | undefined): ReadonlySet<string> {
  const holders = [user, ...[...user.groups.keys()].flatMap((key) => groupOf(key) ?? [])];
  return new Set(
    holders.flatMap(({ policies, inlinePolicies }) => [
      ...[...policies].filter((policy) => !/Deny|Quarantine/.test(policy)),
      ...[...inlinePolicies.values()]
        .map(({ document }) => document)
        .filter(documentAllows)
        .map(canonicalDocument),
    ]),
  );
}

describe("a boundary that goes", () => {
  test("has gone only from whoever holds nothing any more that the new state does not give", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const steps = inOrder<Entry, PlannedChange>(planned({ roster, actual }).plan.entries).map(
          ({ change }) => change,
        );
        const after = simulate(actual, steps, NOW).state;
        const ends = new Map([...after.users.values()].map((user) => [user.id, user]));
        const simulation = simulator(actual);
        for (const step of steps) {
          simulation.apply(step, NOW);
          for (const user of simulation.state().users.values()) {
            const end = ends.get(user.id);
            const old = [...actual.users.values()].find(({ id }) => id === user.id);
            if (
              old?.boundary === undefined ||
              end === undefined ||
              user.id === undefined ||
              user.boundary !== undefined
            )
              continue;
            const given = allows(end, (key) => after.groups.get(key));
            expect([...allows(user, (key) => simulation.group(key)).difference(given)]).toEqual([]);
          }
        }
      }),
      tries(200),
    );
  });
});
