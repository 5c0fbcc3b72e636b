import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { reviewedChanges } from "../../src/apply/reviewed.ts";
import { grantKey } from "../../src/core/grants.ts";
import type { Grant } from "../../src/core/grant.ts";
import { inOrder } from "../../src/core/order.ts";
import { isDenied } from "../../src/core/ownership.ts";
import type { Entry, Plan, PlannedChange } from "../../src/core/plan.ts";
import type { ReviewedPlan } from "../../src/core/reviewed-plan.ts";
import type { Roster } from "../../src/core/roster.ts";
import { canonicalDocument, documentAllows, documentDenies } from "../../src/core/rules/documents.ts";
import { fold } from "../../src/core/rules/names.ts";
import { INLINE_DENY, isDenyAll, knownToDeny, mayDeny } from "../../src/core/rules/policies.ts";
import { simulate, type Simulator, simulator } from "../../src/core/simulate/simulate.ts";
import type { Credentials, Group, State, User } from "../../src/core/state.ts";
import {
  declaredGroup,
  declaredUser,
  group,
  NOW,
  OURS,
  planned,
  roster,
  sha256,
  state,
  user,
} from "../core/build.ts";
import { accounts, rosters } from "../laws/worlds.ts";
import { reviewOf } from "./review.ts";
import { ALLOW, arn } from "./story.ts";
import { tries } from "../laws/tries.ts";

interface Reviewed {
  readonly plan: Plan;
  readonly review: ReviewedPlan;
  readonly covered: ReadonlySet<PlannedChange>;
  readonly steps: readonly { readonly owner: Entry; readonly change: PlannedChange }[];
}

/** The plan of these files on the account as it is later, as far as the review of their plan before covers it. */
function reviewed(files: Roster, before: State, later: State): Reviewed {
  const review = reviewOf(planned({ roster: files, actual: before }).plan);
  const { plan } = planned({ roster: files, actual: later });
  const { covered } = reviewedChanges({ plan, actual: later, review, now: NOW, sha256 });
  return { plan, review, covered, steps: inOrder<Entry, PlannedChange>(plan.entries) };
}

/** What somebody holds, by group or directly, by ARN or digest: nothing under a deny over everything. */
function held(person: User, groups: Pick<Simulator, "group">): ReadonlyMap<string, Grant> {
  if (isDenied(person)) return new Map();
  const through = [...person.groups.keys()].flatMap((key) => groups.group(key) ?? []);
  return new Map([
    ...allowing(person).map((policy): [string, Grant] => [policy, { user: person.name, policy }]),
    ...through.flatMap((holder) =>
      allowing(holder).map((policy): [string, Grant] => {
        const grant = { user: person.name, via: holder.name, policy };
        return [`${holder.id ?? holder.name} ${policy}`, grant];
      }),
    ),
  ]);
}

function allowing({ policies, inlinePolicies }: User | Group): readonly string[] {
  const documents = [...inlinePolicies.values()].map(({ document }) => document).filter(documentAllows);
  return [
    ...[...policies].filter((policy) => !knownToDeny(policy)),
    ...documents.map((document) => `sha256:${sha256(canonicalDocument(document))}`),
  ];
}

/** What may deny something to somebody. */
function denies(person: User, groups: Pick<Simulator, "group">): ReadonlySet<string> {
  const holders = [person, ...[...person.groups.keys()].flatMap((key) => groups.group(key) ?? [])];
  return new Set(
    holders.flatMap(({ policies, inlinePolicies }) => [
      ...[...policies].filter(mayDeny),
      ...[...inlinePolicies.values()]
        .map(({ document }) => document)
        .filter(documentDenies)
        .map(canonicalDocument),
    ]),
  );
}

interface Seen {
  readonly held: ReadonlyMap<string, Grant>;
  readonly denies: ReadonlySet<string>;
}

/** Everybody, by IAM's unique id, which renames keep. */
function look(simulation: Simulator): ReadonlyMap<string, Seen> {
  const { users } = simulation.state();
  return new Map(
    [...users].map(([key, person]) => [
      person.id ?? key,
      { held: held(person, simulation), denies: denies(person, simulation) },
    ]),
  );
}

/** What a change newly gives, told from what everybody held before and after it. */
function given(before: ReadonlyMap<string, Seen>, after: ReadonlyMap<string, Seen>): readonly Grant[] {
  return [...after].flatMap(([id, now]) => {
    const was = before.get(id);
    const isLifted = was !== undefined && !was.denies.isSubsetOf(now.denies);
    return [...now.held]
      .filter(([key]) => isLifted || was === undefined || !was.held.has(key))
      .map(([, grant]) => grant);
  });
}

/** An account, and what may have become of it while the plan was reviewed: each user and group as before, or not. */
const stories = fc
  .record({ files: rosters, before: accounts, other: accounts, changed: fc.infiniteStream(fc.boolean()) })
  .map(({ files, before, other, changed }) => {
    const mixed = <Value>(
      one: ReadonlyMap<string, Value>,
      two: ReadonlyMap<string, Value>,
    ): ReadonlyMap<string, Value> =>
      new Map(
        [...new Set([...one.keys(), ...two.keys()])].flatMap((key) => {
          const value = (changed.next().value === true ? two : one).get(key);
          return value === undefined ? [] : [[key, value] as const];
        }),
      );
    const groups = mixed(before.groups, other.groups);
    const users = [...mixed(before.users, other.users)].map(([key, each]) => {
      const joined = new Map([...each.groups].filter(([name]) => groups.has(name)));
      return [key, { ...each, groups: joined }] as const;
    });
    return { files, before, later: { ...before, groups, users: new Map(users) } };
  });

/** Of who is deleted, the deny goes with the user. */
function isEndOfDeny(change: PlannedChange): boolean {
  if (change.phase !== "delete") return false;
  return (
    (change.kind === "DetachUserPolicy" && isDenyAll(change.policy)) ||
    (change.kind === "DeleteUserPolicy" && change.name === INLINE_DENY.name)
  );
}

describe("with a reviewed plan, whatever happened to the account in between,", () => {
  test("nothing is given that is not among its grants, but for what is due", () => {
    fc.assert(
      fc.property(stories, ({ files, before, later }) => {
        const { review, covered, steps } = reviewed(files, before, later);
        const grants = new Set(review.grants.map(grantKey));
        const simulation = simulator(later);
        let seen = look(simulation);
        for (const { change } of steps) {
          if (!covered.has(change)) continue;
          expect(simulation.apply(change, NOW)).toBeUndefined();
          const now = look(simulation);
          const given_ = change.cause === "due" ? [] : given(seen, now);
          expect(given_.filter((grant) => !grants.has(grantKey(grant)))).toEqual([]);
          seen = now;
        }
      }),
      tries(300),
    );
  });

  test("who has an entry, and is the same still, loses what is to be taken away; whoever has none sees only what is due", () => {
    fc.assert(
      fc.property(stories, ({ files, before, later }) => {
        const { review, covered, steps } = reviewed(files, before, later);
        const ids = new Map(review.subjects.map(({ type, name, id }) => [`${type} ${fold(name)}`, id]));
        for (const { owner, change } of steps) {
          const key = `${owner.subject.type} ${fold(owner.subject.name)}`;
          const isTheSame = owner.id !== undefined && ids.get(key) === owner.id;
          if (!ids.has(key)) expect(covered.has(change)).toBe(change.cause === "due" && covered.has(change));
          // The last of a deletion waits for everything that hangs on the subject, of which something may be left.
          const isLast = change.kind === "DeleteUser" || change.kind === "DeleteGroup" || isEndOfDeny(change);
          // A key that makes room goes only for one that is made.
          const waits = isLast || change.phase === "issue";
          if (isTheSame && !waits && change.reach === "narrows" && change.phase !== "prepare") {
            expect({ change, runs: covered.has(change) }).toEqual({ change, runs: true });
          }
        }
      }),
      tries(300),
    );
  });

  test("where nothing happened, all of it runs", () => {
    fc.assert(
      fc.property(rosters, accounts, (files, actual) => {
        const { covered, steps } = reviewed(files, actual, actual);
        expect(steps.filter(({ change }) => !covered.has(change))).toEqual([]);
      }),
      tries(300),
    );
  });

  test("whoever is still denied by us keeps the tag that says so", () => {
    fc.assert(
      fc.property(stories, ({ files, before, later }) => {
        const { covered, steps } = reviewed(files, before, later);
        const made = steps.map(({ change }) => change).filter((change) => covered.has(change));
        const { state: after } = simulate(later, made, NOW);
        for (const [key, { tags, policies }] of after.users) {
          const was = later.users.get(key);
          const isOurs = was?.tags.has("iam-roster:deactivated") === true && was.policies.size > 0;
          if (isOurs && [...policies].some(isDenyAll)) expect(tags.has("iam-roster:deactivated")).toBe(true);
        }
      }),
      tries(300),
    );
  });
});

const kindsOf = ({ covered }: Reviewed): readonly string[] => [...covered].map(({ kind }) => kind);

describe("what was reviewed apart is not reviewed together:", () => {
  const live = state(
    [user("emily"), user("ann", { groups: ["developers"] })],
    [group("developers", { policies: [arn("ReadOnlyAccess")] })],
  );
  const files = (policies: readonly string[], groups: readonly string[]): Roster =>
    roster(
      [declaredUser("ann", { groups: ["developers"] }), declaredUser("emily", { groups })],
      [declaredGroup("developers", { policies })],
    );
  const wider = planned({ roster: files(["ReadOnlyAccess", "AdministratorAccess"], []), actual: live }).plan;
  const joining = planned({ roster: files(["ReadOnlyAccess"], ["developers"]), actual: live }).plan;
  const both = planned({
    roster: files(["ReadOnlyAccess", "AdministratorAccess"], ["developers"]),
    actual: live,
  }).plan;

  const runs = (review: ReviewedPlan): readonly string[] =>
    [...reviewedChanges({ plan: both, actual: live, review, now: NOW, sha256 }).covered].map(
      ({ kind }) => kind,
    );

  test("one gives a group a policy, the other a person the group, and the person does not get the policy", () => {
    const union = {
      ...reviewOf(wider),
      subjects: [...reviewOf(wider).subjects, ...reviewOf(joining).subjects],
      grants: [...wider.grants, ...joining.grants],
    };
    expect(runs(union)).toEqual(["AttachGroupPolicy"]);
  });

  test("each by itself runs", () => {
    expect(runs(reviewOf(wider))).toEqual(["AttachGroupPolicy"]);
    expect(runs(reviewOf(joining))).toEqual(["AddUserToGroup"]);
    expect(runs(reviewOf(both)).toSorted()).toEqual(["AddUserToGroup", "AttachGroupPolicy"]);
  });
});

test("a reactivation that would give more than was reviewed leaves the deny and its tag", () => {
  const closed = user("emily", {
    tags: { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" },
    policies: [arn("AWSDenyAll")],
  });
  const groups = (policies: readonly string[]) => [group("developers", { policies })];
  const files = roster(
    [declaredUser("emily", { groups: ["developers"] })],
    [declaredGroup("developers", { external: true })],
  );
  const before = state([closed], groups([arn("ReadOnlyAccess")]));
  const same = reviewed(files, before, before);
  expect(kindsOf(same)).toEqual(["AddUserToGroup", "DetachUserPolicy", "UntagUser"]);
  // Without the group that became wider she is let in with nothing.
  const wider = state([closed], groups([arn("ReadOnlyAccess"), arn("AdministratorAccess")]));
  expect(kindsOf(reviewed(files, before, wider))).toEqual(["DetachUserPolicy", "UntagUser"]);
  // She was put into the group meanwhile, so the deny is all that keeps its policies from her.
  const inside = { ...closed, groups: new Map([["developers", "developers"]]) };
  const joined = reviewed(files, before, state([inside], groups([arn("AdministratorAccess")])));
  expect(kindsOf(joined)).toEqual([]);
});

test("a narrowing that is left out makes a later join wider, so that it is left out too", () => {
  const custom = "arn:aws:iam::123456789012:policy/custom";
  const files = roster(
    [declaredUser("ann", { groups: ["developers"] }), declaredUser("emily", { groups: ["developers"] })],
    [declaredGroup("developers", { policies: ["ReadOnlyAccess"] })],
  );
  const people = [user("ann", { groups: ["developers"] }), user("emily")];
  const before = state(people, [group("developers", { policies: [arn("ReadOnlyAccess")] })]);
  // Somebody attached a policy of their own meanwhile; it may deny, and the group has no entry in the reviewed plan.
  const later = state(people, [group("developers", { policies: [arn("ReadOnlyAccess"), custom] })]);
  expect(kindsOf(reviewed(files, before, before))).toEqual(["AddUserToGroup"]);
  expect(kindsOf(reviewed(files, before, later))).toEqual([]);
});

test("a document that changed its words and not its meaning is still the one that was reviewed", () => {
  const files = (action: unknown): Roster =>
    roster(
      [declaredUser("ann", { groups: ["developers"] })],
      [
        declaredGroup("developers", {
          inlinePolicies: {
            own: { ...ALLOW, Statement: [{ Effect: "Allow", Action: action as string, Resource: "*" }] },
          },
        }),
      ],
    );
  const live = state([user("ann", { groups: ["developers"] })], [group("developers")]);
  const review = reviewOf(planned({ roster: files("s3:*"), actual: live }).plan);
  const kinds = (action: unknown): readonly string[] => {
    const { plan } = planned({ roster: files(action), actual: live });
    return [...reviewedChanges({ plan, actual: live, review, now: NOW, sha256 }).covered].map(
      ({ kind }) => kind,
    );
  };
  expect(kinds(["S3:*"])).toEqual(["PutGroupPolicy"]);
  expect(kinds(["s3:*", "iam:*"])).toEqual([]);
});

test("of a deletion that the review does not have, not even the deny is taken off", () => {
  const closed = user("emily", {
    tags: { ...OURS, "iam-roster:deactivated": "2026-01-01T00:00:00Z" },
    policies: [arn("AWSDenyAll")],
  });
  const actual = state([closed, user("ann")], []);
  const { plan } = planned({
    roster: roster([declaredUser("ann")], [], { offboarding: { deleteAfter: 1, verifyAfter: 0 } }),
    actual,
  });
  const review = reviewOf({ ...plan, entries: [], grants: [] });
  const covered = (causes: readonly ("due" | "requested")[]): readonly string[] => {
    const entries = plan.entries.map((entry) => ({
      ...entry,
      changes: entry.changes.map((change, index) => ({ ...change, cause: causes[index] ?? "due" })),
    }));
    const judged = reviewedChanges({ plan: { ...plan, entries }, actual, review, now: NOW, sha256 });
    return [...judged.covered].map(({ kind }) => kind);
  };
  expect(covered(["due", "due"])).toEqual(["DetachUserPolicy", "DeleteUser"]);
  expect(covered(["due", "requested"])).toEqual([]);
});

describe("whoever is to be closed now", () => {
  const there = state([user("ann", { groups: ["g"] }), user("bob")], [group("g")]);
  const groups = [declaredGroup("g")];
  const gone = roster([declaredUser("bob")], groups);
  const closedBy = (before: Roster): readonly boolean[] => {
    const review = reviewOf(planned({ roster: before, actual: there }).plan);
    const { plan } = planned({ roster: gone, actual: there });
    const { covered } = reviewedChanges({ plan, actual: there, review, now: NOW, sha256 });
    return plan.entries.flatMap(({ changes }) => changes.map((change) => covered.has(change)));
  };

  test("is, all of it, where the review had an end of them", () => {
    expect(new Set(closedBy(gone))).toEqual(new Set([true]));
  });

  test("is not, by a review that had them lose a group", () => {
    expect(new Set(closedBy(roster([declaredUser("ann"), declaredUser("bob")], groups)))).toEqual(
      new Set([false]),
    );
  });
});

describe("somebody who is to join a group", () => {
  const files = roster([declaredUser("zoe", { groups: ["developers"] })], [declaredGroup("developers")]);
  const none = state([], [group("developers")]);
  const signsIn = { password: { createdAt: NOW, resetRequired: false } };
  const there = (id: string, credentials: Partial<Credentials> = {}): State =>
    state([user("zoe", { id, credentials })], [group("developers")]);
  const runs = (before: State, later: State, made?: string): readonly string[] => {
    const review = reviewOf(planned({ roster: files, actual: before }).plan);
    const subjects = review.subjects.map((each) => ({ ...each, ...(made !== undefined && { made }) }));
    const { plan } = planned({ roster: files, actual: later });
    const reviewing = { plan, actual: later, review: { ...review, subjects }, now: NOW, sha256 };
    return [...reviewedChanges(reviewing).covered].map(({ kind }) => kind);
  };

  test("does, reviewed as not there yet, where nobody is, and where nobody can sign in as who is", () => {
    expect(runs(none, none)).toEqual(["CreateUser", "AddUserToGroup"]);
    expect(runs(none, there("AIDA1"))).toEqual(["AddUserToGroup"]);
    expect(runs(none, there("AIDA1", signsIn))).toEqual([]);
  });

  test("does, made by an earlier run, where nobody is any more, and as that one alone where somebody is", () => {
    expect(runs(none, none, "AIDA1")).toEqual(["CreateUser", "AddUserToGroup"]);
    expect(runs(none, there("AIDA1", signsIn), "AIDA1")).toEqual(["DeleteLoginProfile", "AddUserToGroup"]);
    expect(runs(none, there("AIDA2"), "AIDA1")).toEqual([]);
  });

  test("does not, reviewed as who was there, where nobody is any more, or another", () => {
    expect(runs(there("AIDA1"), there("AIDA1"))).toEqual(["AddUserToGroup"]);
    expect(runs(there("AIDA1"), none)).toEqual([]);
    expect(runs(there("AIDA1"), there("AIDA2"))).toEqual([]);
    // Whatever an earlier run made.
    expect(runs(there("AIDA1"), none, "AIDA2")).toEqual([]);
    expect(runs(there("AIDA1"), there("AIDA2"), "AIDA2")).toEqual([]);
  });
});
