import { describe, expect, test } from "vitest";
import { type Paint, PLAIN } from "../../src/render/paint.ts";
import { renderPlan } from "../../src/render/text.ts";
import {
  ALICE_KNOWN,
  createEmily,
  createGroup,
  DENY_ALL,
  EMPTY,
  entry,
  group,
  ORDINARY,
  PLANS,
  planned,
  REFUSED,
  user,
} from "./plans.ts";

describe("a plan for a terminal", () => {
  test.each(PLANS)("%s", async (name, plan) => {
    await expect(renderPlan(plan)).toMatchFileSnapshot(`../cases/render/${name}.txt`);
  });

  test("says with colour nothing that it does not say without", () => {
    const color = (text: string): string => `\u001b[31m${text}\u001b[0m`;
    const paint: Paint = {
      strong: color,
      faint: color,
      gives: color,
      takes: color,
      changes: color,
      alarm: color,
    };
    const bare = renderPlan(REFUSED, paint).replaceAll("\u001b[31m", "").replaceAll("\u001b[0m", "");
    expect(bare).toBe(renderPlan(REFUSED, PLAIN));
  });

  test("alarms where somebody becomes, or may become, an administrator; sure is what is given, and a document that says it", () => {
    const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const none = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
    const put = { kind: "PutUserPolicy", user: "ann", name: "own", replaces: none } as const;
    const putOnGroup = { kind: "PutGroupPolicy", group: "devs", name: "own", replaces: none } as const;
    const changes = [
      planned({ kind: "DetachUserPolicy", user: "ann", policy: DENY_ALL }, "broadens"),
      planned({ ...put, document: all }, "either"),
      planned({ ...put, document: none }, "either"),
      planned({ ...putOnGroup, document: all }, "either"),
      planned({ kind: "DeleteUserPolicy", user: "ann", name: "own", document: all }, "either"),
    ].map((change) => ({ ...change, privileged: true as const }));
    const paint: Paint = { ...PLAIN, alarm: (text) => `!${text}!` };
    const text = renderPlan({ ...EMPTY, entries: [entry(user("ann"), "update", changes)] }, paint);
    const marks = text.match(/(?<=!\()(makes|may make) an administrator(?=\)!)/g);
    expect(marks).toEqual([
      "makes an administrator",
      "makes an administrator",
      "may make an administrator",
      "makes an administrator",
      "may make an administrator",
    ]);
  });

  test("does not call the account equal to the roster while entries are refused", () => {
    const text = renderPlan({
      ...EMPTY,
      refused: [createEmily],
      refusals: [{ code: "name-taken", subject: user("emily"), arguments: { name: "emily" } }],
    });
    expect(text).toContain("Nothing to apply: 1 entry is refused.");
    expect(text).not.toContain("matches the roster");
  });

  test("says in its summary that entries are refused, beside those that are not", () => {
    const text = renderPlan({
      ...EMPTY,
      entries: [createGroup],
      refused: [createEmily],
      refusals: [{ code: "name-taken", subject: user("emily"), arguments: { name: "emily" } }],
    });
    expect(text).toMatch(/^Plan: 1 group to create\. \d changes?\. 1 entry is refused\.$/m);
  });

  test("marks a plan that is refused as a whole in its summary", () => {
    const refusals = [{ code: "no-users", subject: undefined, arguments: { managed: 1 } }] as const;
    expect(renderPlan({ ...ORDINARY, refusals })).toContain(
      "15 changes. Refused: none of it will be applied.",
    );
    expect(renderPlan({ ...EMPTY, refusals })).toContain("The plan is refused.");
  });

  test("does not warn of a deny that a new group has from the start", () => {
    expect(renderPlan({ ...EMPTY, entries: [createGroup] })).not.toContain("!");
  });

  test("names each unmanaged user up to twenty, and counts the others", () => {
    const users = Array.from({ length: 50 }, (_, index) => `user-${index}`);
    const text = renderPlan({ ...EMPTY, unmanaged: { users, groups: [], members: [] } });
    expect(text).toContain("50 users: user-0, ");
    expect(text).toContain("user-19 and 30 more");
  });

  test("shows every change of a long entry", () => {
    const changes = Array.from({ length: 200 }, (_, index) =>
      planned({ kind: "AddUserToGroup", user: "emily", group: `group-${index}` }, "broadens"),
    );
    const text = renderPlan({ ...EMPTY, entries: [entry(user("emily"), "update", changes)] });
    expect(text.match(/join group/g)).toHaveLength(200);
  });

  test("keeps the words of short names in place beside a very long one", () => {
    const long = "x".repeat(64);
    const text = renderPlan({
      ...EMPTY,
      entries: [entry(user("emily"), "update", []), entry(user(long), "update", [])],
    });
    expect(text).toContain(`~ ${"emily".padEnd(32)}   change user`);
    expect(text).toContain(`~ ${long}   change user`);
  });

  test("leaves out what is not known of a user", () => {
    const unknown = {
      createdAt: undefined,
      password: undefined,
      passwordLastUsed: undefined,
      activeKeys: undefined,
      keyLastUsed: undefined,
      mfa: undefined,
      otherCredentials: undefined,
    };
    const known = { ...entry(user("emily"), "reactivate", []), evidence: unknown };
    const text = renderPlan({ ...EMPTY, entries: [known] });
    expect(text).not.toContain("undefined");
    expect(text).toContain("This user existed before: delete first if this is another person.");
  });

  test("says what is no date as it is written", () => {
    const known = {
      ...entry(user("emily"), "update", []),
      evidence: { ...ALICE_KNOWN, createdAt: "long ago" },
    };
    expect(renderPlan({ ...EMPTY, entries: [known] })).toContain('created "long ago"; ');
  });

  test("tells a refusal under its entry, and one without an entry by its subject", () => {
    const refusals = [
      { code: "name-taken", subject: user("Emily"), arguments: { name: "emily" } },
      { code: "depends-on", subject: user("bob"), arguments: { on: group("power-users") } },
    ] as const;
    const text = renderPlan({ ...EMPTY, refused: [createEmily], refusals });
    expect(text).toContain("\n  ! name-taken: the account already has a user emily.");
    expect(text).toContain("\n  ! user bob: depends-on: part of this needs group power-users");
  });
});
