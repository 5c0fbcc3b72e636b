import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/core/order.ts";
import type { Entry, PlannedChange } from "../../src/core/plan.ts";
import { canonicalDocument } from "../../src/core/rules/documents.ts";
import { fold } from "../../src/core/rules/names.ts";
import { simulate, simulator } from "../../src/core/simulate/simulate.ts";
import type { State } from "../../src/core/state.ts";
import { NOW, planned } from "../core/build.ts";
import { type Holding, holding } from "./holding.ts";
import { worlds } from "./worlds.ts";
import { tries } from "./tries.ts";

/** Folded names of those who are there all the while, with what they hold before and after. */
function principals(before: State, after: State): readonly { id: string; old: Holding; now: Holding }[] {
  const later = new Map([...after.users.values()].map((user) => [user.id, user]));
  return [...before.users.values()].flatMap((user) => {
    const end = later.get(user.id);
    if (end === undefined || user.id === undefined) return [];
    const old = holding(user, (key) => before.groups.get(key));
    return [{ id: user.id, old, now: holding(end, (key) => after.groups.get(key)) }];
  });
}

describe("while a plan is applied, whichever change it has come to,", () => {
  test("nobody holds what neither the old nor the new state gives, nor lacks a deny or boundary that both have", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const steps = inOrder<Entry, PlannedChange>(planned({ roster, actual }).plan.entries).map(
          ({ change }) => change,
        );
        const replaced = new Set(
          steps.flatMap((step) =>
            "replaces" in step && typeof step.replaces === "object" ? [canonicalDocument(step.replaces)] : [],
          ),
        );
        const people = principals(actual, simulate(actual, steps, NOW).state);
        const simulation = simulator(actual);
        for (const step of steps) {
          simulation.apply(step, NOW);
          const users = new Map([...simulation.state().users.values()].map((user) => [user.id, user]));
          for (const { id, old, now } of people) {
            const user = users.get(id);
            if (user === undefined) continue;
            const held = holding(user, (key) => simulation.group(key));
            expect([...held.allows.difference(old.allows.union(now.allows))]).toEqual([]);
            // A user under a deny over everything needs no other deny, and what is replaced under its name is gone at once.
            if (!held.deniedAll) {
              const both = old.denies.intersection(now.denies).difference(replaced);
              expect([...both.difference(held.denies)]).toEqual([]);
            }
            if (old.boundary !== undefined && now.boundary !== undefined) expect(held.boundary).toBeDefined();
          }
        }
      }),
      tries(300),
    );
  });

  test("nobody gets back what a deny kept down and the new state no longer gives", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const steps = inOrder<Entry, PlannedChange>(planned({ roster, actual }).plan.entries).map(
          ({ change }) => change,
        );
        const people = principals(actual, simulate(actual, steps, NOW).state);
        const simulation = simulator(actual);
        for (const step of steps) {
          simulation.apply(step, NOW);
          const users = new Map([...simulation.state().users.values()].map((user) => [user.id, user]));
          for (const { id, old, now } of people) {
            const user = users.get(id);
            if (user === undefined || !old.deniedAll) continue;
            const held = holding(user, (key) => simulation.group(key));
            if (!held.deniedAll) expect([...held.allows.difference(now.allows)]).toEqual([]);
          }
        }
      }),
      tries(300),
    );
  });

  test("a new user is never there without the boundary and the owner that it ends with", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const { plan } = planned({ roster, actual });
        for (const { intent, changes, subject } of plan.entries) {
          if (intent !== "create" || subject.type !== "user") continue;
          const [first] = changes;
          const boundary = roster.users.get(fold(subject.name))?.boundary;
          expect(first).toMatchObject({
            kind: "CreateUser",
            ...(boundary !== "none" && boundary !== undefined && { boundary }),
          });
          expect(
            changes.some(({ kind }) => kind === "PutUserPermissionsBoundary" || kind === "TagUser"),
          ).toBe(false);
        }
      }),
      tries(300),
    );
  });

  test("nothing is done to somebody new before the creation, so that nothing is refused for want of itself", () => {
    fc.assert(
      fc.property(worlds, ({ roster, actual }) => {
        const { refusals } = planned({ roster, actual }).plan;
        const ofItself = refusals.filter(
          (each) =>
            each.code === "depends-on" &&
            each.subject?.type === each.arguments.on.type &&
            each.subject.name === each.arguments.on.name,
        );
        expect(ofItself).toEqual([]);
      }),
      tries(300),
    );
  });
});
