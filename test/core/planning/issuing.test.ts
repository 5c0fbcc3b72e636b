import { describe, expect, test } from "vitest";
import { DEACTIVATED_TAG } from "../../../src/core/change.ts";
import type { PlanInput } from "../../../src/core/planning/planner.ts";
import { receiptTag, type Receipt, tokenTag } from "../../../src/core/receipts.ts";
import type { Recipient, Resolved, Unusable } from "../../../src/core/recipient.ts";
import type { AccessKey, PasswordPolicy, User } from "../../../src/core/state.ts";
import { simulate } from "../../../src/core/simulate/simulate.ts";
import { inOrder } from "../../../src/core/order.ts";
import type { Entry, Plan, PlannedChange } from "../../../src/core/plan.ts";
import { codes, steps } from "../ask.ts";
import { declaredGroup, declaredUser, group, NOW, OURS, planned, roster, state, user } from "../build.ts";

const DAY = 24 * 60 * 60 * 1000;
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";

function key(fingerprint: string, source = "github:ann"): Recipient {
  return { type: "ssh-ed25519", key: `ssh-ed25519 ${fingerprint}`, fingerprint, source };
}

function resolved(recipients: readonly Recipient[], unusable: readonly Unusable[] = []): Resolved {
  return { recipients, unusable };
}

/** Ann's two keys, in the order in which GitHub happens to give them. */
const KNOWN = new Map([["github:ann", resolved([key("SHA256:b"), key("SHA256:a")])]]);
const TO = ["SHA256:a", "SHA256:b"];

function daysAgo(days: number): string {
  return new Date(Date.parse(NOW) - days * DAY).toISOString();
}

function accessKey(id: string, parts: Partial<AccessKey> = {}): AccessKey {
  return { id, status: "Active", createdAt: daysAgo(30), lastUsed: undefined, ...parts };
}

function noted(what: "password" | "key", receipt: Receipt): Readonly<Record<string, string>> {
  const { key: name, value } = receiptTag(what, receipt);
  return { [name]: value };
}

interface Asked extends Partial<PlanInput> {
  readonly declared?: Parameters<typeof declaredUser>[1];
  readonly live?: Parameters<typeof user>[1];
}

const both = ["console", "programmatic"] as const;

/** What is planned for ann, who is there unless `live` is given as undefined; `bob` keeps her from being everybody. */
function planFor({ declared, live, ...rest }: Asked): Plan {
  const ann = declaredUser("ann", { github: "ann", ...declared });
  const there = live === undefined ? [] : [user("ann", { ...live, tags: { ...OURS, ...live.tags } })];
  const input = {
    roster: roster([ann, declaredUser("bob")]),
    actual: state([...there, user("bob")], []),
    recipients: KNOWN,
  };
  return planned({ ...input, ...rest }).plan;
}

/** `IssueKey AKIA1 to SHA256:a SHA256:b` */
function told(plan: Plan): readonly string[] {
  return steps(plan).map((change) => {
    const { kind } = change;
    const parts = [
      ...("before" in change ? change.before : []),
      ...("key" in change ? [change.key] : []),
      ...("status" in change ? [change.status] : []),
      ...("tags" in change && kind === "TagUser" ? change.tags.map(({ value }) => value) : []),
      ...("token" in change && change.token !== undefined ? [`token ${change.token}`] : []),
      ...("to" in change ? ["to", ...change.to.map(({ fingerprint }) => fingerprint)] : []),
    ];
    return [kind, ...parts].join(" ");
  });
}

const PASSWORD = { createdAt: daysAgo(30), resetRequired: false };

describe("a password or key is issued", () => {
  test("to somebody new, after everything else, to all that can read it, in one order", () => {
    const plan = planFor({ declared: { access: both } });
    expect(told(plan)).toEqual([
      "CreateUser",
      `IssuePassword to ${TO.join(" ")}`,
      `IssueKey to ${TO.join(" ")}`,
    ]);
    expect(plan.grants.filter((grant) => "credential" in grant)).toStrictEqual([
      { user: "ann", credential: "key", to: TO.join(" ") },
      { user: "ann", credential: "password", to: TO.join(" ") },
    ]);
    expect(steps(plan)[1]).toMatchObject({
      to: [{ type: "ssh-ed25519", fingerprint: "SHA256:a", source: "github:ann" }, {}],
    });
    expect(JSON.stringify(plan)).not.toContain("ssh-ed25519 SHA256:a");
  });

  test("where it is asked for and there is none; not where there is one, or where nobody looked", () => {
    const declared = { access: both };
    const keys = [accessKey("AKIA1", { status: "Inactive" })];
    expect(told(planFor({ declared, live: { credentials: { accessKeys: keys } } }))).toEqual([
      `IssuePassword to ${TO.join(" ")}`,
      `IssueKey AKIA1 to ${TO.join(" ")}`,
    ]);
    const credentials = { password: PASSWORD, accessKeys: [accessKey("AKIA1")] };
    expect(told(planFor({ declared, live: { credentials } }))).toEqual([]);
    expect(told(planFor({ declared, live: { credentials: undefined } }))).toEqual([]);
    expect(told(planFor({ declared: { access: [] }, live: {} }))).toEqual([]);
    expect(told(planFor({ declared: {}, live: {} }))).toEqual([]);
  });

  describe("anew where a run was cut,", () => {
    const tags = {
      ...noted("password", { state: "pending", at: NOW, run: "1f", before: [] }),
      ...noted("key", { state: "pending", at: NOW, run: "1f", before: ["AKIA1"] }),
    };
    const made = { createdAt: NOW };
    const told_ = (credentials: NonNullable<Asked["live"]>["credentials"]): readonly string[] =>
      told(planFor({ declared: { access: both }, live: { tags, credentials } }));

    test("and what it left goes, for the note says that nobody may have it", () => {
      const accessKeys = [accessKey("AKIA2", made), accessKey("AKIA1", { status: "Inactive" })];
      const live = { tags, credentials: { password: { ...made, resetRequired: true }, accessKeys } };
      const plan = planFor({ declared: { access: both }, live });
      expect(told(plan)).toEqual([
        `IssuePassword to ${TO.join(" ")}`,
        "DeleteAccessKey AKIA2",
        `IssueKey AKIA1 to ${TO.join(" ")}`,
      ]);
      expect(steps(plan)[0]).toMatchObject({ replaces: true });
      expect(new Set(steps(plan).map(({ phase }) => phase))).toEqual(new Set(["issue"]));
    });

    test("but not what somebody holds: a password that was changed, a key that was made by hand later", () => {
      const later = new Date(Date.parse(NOW) + 60 * 60_000).toISOString();
      const password = { ...made, resetRequired: false };
      expect(told_({ password, accessKeys: [accessKey("AKIA2", { createdAt: later })] })).toEqual([]);
      expect(told_({ password, accessKeys: [accessKey("AKIA1"), accessKey("AKIA2", made)] })).toEqual([
        "DeleteAccessKey AKIA2",
      ]);
    });

    test("and not where nothing is asked for, or nobody looked", () => {
      expect(told(planFor({ declared: { access: [] }, live: { tags } }))).toEqual([]);
      expect(told_(undefined)).toEqual([]);
    });
  });

  test("anew for each token that was not acted on, which is then remembered", () => {
    const declared = { access: both, resetPassword: "2", rotateKey: "3" };
    const live = { credentials: { password: PASSWORD, accessKeys: [accessKey("AKIA1")] } };
    const plan = planFor({ declared, live });
    expect(told(plan)).toEqual([
      `IssuePassword token 2 to ${TO.join(" ")}`,
      `IssueKey AKIA1 token 3 to ${TO.join(" ")}`,
    ]);
    const tags = Object.fromEntries(
      [tokenTag("password", "2"), tokenTag("key", "3")].map(({ key: name, value }) => [name, value]),
    );
    expect(told(planFor({ declared, live: { ...live, tags } }))).toEqual([]);
    // What is missing is issued, but not for a token that was acted on.
    expect(told(planFor({ declared, live: { tags, credentials: {} } }))).toEqual([
      `IssuePassword to ${TO.join(" ")}`,
      `IssueKey to ${TO.join(" ")}`,
    ]);
    // Even where nobody looked: an offline plan tells of it too.
    expect(told(planFor({ declared, live: { credentials: undefined } }))).toEqual([
      `IssuePassword token 2 to ${TO.join(" ")}`,
      `IssueKey token 3 to ${TO.join(" ")}`,
    ]);
  });

  test("once where the user is made with a token: what is issued first is what it asks for", () => {
    const plan = planFor({ declared: { access: both, resetPassword: "1", rotateKey: "1" } });
    expect(told(plan).filter((line) => line.includes("token"))).toEqual([]);
    expect(steps(plan)[0]).toMatchObject({
      tags: [
        {},
        { key: "iam-roster:reset-password", value: "1" },
        { key: "iam-roster:rotate-key", value: "1" },
      ],
    });
  });

  test("to nobody who is held, or closed, or on whose line nothing says so", () => {
    const declared = { access: both };
    expect(told(planFor({ declared, live: { policies: [DENY_ALL] } }))).toEqual([]);
    // Nor does a key make room for one that is not made.
    const accessKeys = ["AKIA1", "AKIA2"].map((id) => accessKey(id, { status: "Inactive" }));
    expect(told(planFor({ declared, live: { policies: [DENY_ALL], credentials: { accessKeys } } }))).toEqual(
      [],
    );
    const closed = { ...declared, status: "inactive" as const };
    expect(told(planFor({ declared: closed, live: {} })).filter((line) => line.startsWith("Issue"))).toEqual(
      [],
    );
  });

  test("to who comes back, whatever is there from before, before the deny is lifted", () => {
    const tags = {
      [DEACTIVATED_TAG]: daysAgo(9),
      ...noted("password", { state: "withdrawn", issuedAt: daysAgo(60) }),
    };
    const accessKeys = [
      accessKey("AKIA1"),
      accessKey("AKIA2", { createdAt: daysAgo(90), status: "Inactive" }),
    ];
    const live = { tags, policies: [DENY_ALL], credentials: { password: PASSWORD, accessKeys } };
    expect(told(planFor({ declared: { access: both }, live }))).toEqual([
      "DeleteLoginProfile",
      "UpdateAccessKey AKIA1 Inactive",
      `IssuePassword to ${TO.join(" ")}`,
      "DeleteAccessKey AKIA2",
      `IssueKey AKIA1 to ${TO.join(" ")}`,
      "DetachUserPolicy",
      "UntagUser",
    ]);
  });

  test("to who comes back in the place of a key that is Inactive already, though it is the younger one", () => {
    const accessKeys = [
      accessKey("AKIA1", { createdAt: daysAgo(90) }),
      accessKey("AKIA2", { status: "Inactive" }),
    ];
    const live = {
      tags: { [DEACTIVATED_TAG]: daysAgo(9) },
      policies: [DENY_ALL],
      credentials: { accessKeys },
    };
    expect(told(planFor({ declared: { access: ["programmatic"] }, live }))).toContain(
      "DeleteAccessKey AKIA2",
    );
  });

  test("to who comes back in the place of the older of two keys that are active still", () => {
    const tags = { [DEACTIVATED_TAG]: daysAgo(9) };
    const accessKeys = [accessKey("AKIA1"), accessKey("AKIA2", { createdAt: daysAgo(90) })];
    const live = { tags, policies: [DENY_ALL], credentials: { accessKeys } };
    expect(told(planFor({ declared: { access: ["programmatic"] }, live }))).toEqual([
      "UpdateAccessKey AKIA1 Inactive",
      "UpdateAccessKey AKIA2 Inactive",
      "DeleteAccessKey AKIA2",
      `IssueKey AKIA1 to ${TO.join(" ")}`,
      "DetachUserPolicy",
      "UntagUser",
    ]);
  });

  test("and then nothing is left to do: what was planned and made is what is asked for", () => {
    const declared = { access: both, resetPassword: "2", rotateKey: "2" };
    for (const live of [
      undefined,
      {},
      { credentials: { password: PASSWORD, accessKeys: [accessKey("AKIA1")] } },
    ]) {
      const input = { declared, ...(live !== undefined && { live }) };
      const first = planFor(input);
      const ann = live === undefined ? [] : [user("ann", { ...live, tags: OURS })];
      const changes = inOrder<Entry, PlannedChange>(first.entries).map(({ change }) => change);
      const { state: after, conflicts } = simulate(state([...ann, user("bob")], []), changes, NOW);
      expect(conflicts).toEqual([]);
      expect(told(planFor({ ...input, actual: after }))).toEqual([]);
    }
  });
});

describe("at IAM's two keys", () => {
  const declared = { access: ["programmatic"], rotateKey: "2" } as const;
  const withKeys = (...accessKeys: readonly AccessKey[]): Plan =>
    planFor({ declared, live: { credentials: { accessKeys } } });

  test("the oldest Inactive one makes room, for good", () => {
    const old = accessKey("AKIA2", { status: "Inactive", createdAt: daysAgo(90) });
    expect(told(withKeys(accessKey("AKIA1"), old))).toEqual([
      "DeleteAccessKey AKIA2",
      `IssueKey AKIA1 token 2 to ${TO.join(" ")}`,
    ]);
    const older = accessKey("AKIA1", { status: "Inactive", createdAt: undefined });
    expect(told(withKeys(old, older))[0]).toBe("DeleteAccessKey AKIA1");
    expect(told(withKeys(older, old))[0]).toBe("DeleteAccessKey AKIA1");
  });

  test("the new one is refused where both are in use, and the rest of the entry goes on", () => {
    const credentials = { accessKeys: [accessKey("AKIA1"), accessKey("AKIA2")] };
    const plan = planFor({ declared: { ...declared, path: "/x/" }, live: { credentials } });
    expect(told(plan)).toEqual(["UpdateUser"]);
    expect(plan.refusals).toEqual([
      {
        code: "rotation-blocked",
        subject: { type: "user", name: "ann" },
        arguments: { keys: ["AKIA1", "AKIA2"] },
      },
    ]);
  });

  test("one that a cut run left, and that was never used, is none that stands in the way", () => {
    const tags = noted("key", { state: "pending", at: NOW, run: "1f", before: ["AKIA1"] });
    const keys = (lastUsed: string | undefined): Plan =>
      planFor({
        declared,
        live: {
          tags,
          credentials: { accessKeys: [accessKey("AKIA1"), accessKey("AKIA2", { createdAt: NOW, lastUsed })] },
        },
      });
    expect(told(keys(undefined))).toEqual([
      "DeleteAccessKey AKIA2",
      `IssueKey AKIA1 token 2 to ${TO.join(" ")}`,
    ]);
    expect(codes(keys(NOW))).toEqual(["rotation-blocked"]);
  });
});

describe("nothing is issued that nobody could read:", () => {
  test("without a recipient it is refused, and the rest of the entry goes on", () => {
    const recipients = new Map([["github:ann", resolved([])]]);
    const plan = planFor({ declared: { access: both }, recipients });
    expect(told(plan)).toEqual(["CreateUser"]);
    expect(plan.refusals).toEqual([
      {
        code: "no-usable-recipient",
        subject: { type: "user", name: "ann" },
        arguments: { what: "password" },
      },
    ]);
    const unusable = { source: "github:ann", reason: "unknown-login", what: "ann" } as const;
    const unknown = new Map([["github:ann", resolved([], [unusable])]]);
    expect(planFor({ declared: { access: both }, recipients: unknown }).warnings).toEqual([
      { code: "unusable-recipient", subject: { type: "user", name: "ann" }, arguments: unusable },
    ]);
    const nobody = { access: ["programmatic"], github: undefined } as const;
    const asked = { roster: roster([declaredUser("ann", nobody)]), actual: state([], []), recipients: KNOWN };
    expect(planned(asked).unknownRecipients).toEqual([]);
    const none = planFor({ declared: nobody, live: {} });
    expect(none.refusals).toMatchObject([{ code: "no-usable-recipient", arguments: { what: "key" } }]);
  });

  test("where everybody would see the ciphertext nothing is issued, and the rest of the entry goes on", () => {
    const live = { declared: { access: both }, recipients: KNOWN };
    expect(codes(planFor(live))).toEqual([]);
    const plan = planFor({ ...live, inPublic: true });
    expect(told(plan)).toEqual(["CreateUser"]);
    expect(plan.refusals).toEqual([
      {
        code: "public-repository",
        subject: { type: "user", name: "ann" },
        arguments: { what: "password" },
      },
    ]);
    expect(codes(planFor({ declared: {}, inPublic: true }))).toEqual([]);
  });

  test("encryptTo takes the place of the login, and each key counts once", () => {
    const recipients = new Map([
      ["age1x", resolved([{ type: "age", key: "age1x", fingerprint: "age1x", source: "age1x" }])],
      ["github:daniel", resolved([key("SHA256:d", "github:daniel")])],
      ["ssh-ed25519 SHA256:d", resolved([key("SHA256:d", "ssh-ed25519 SHA256:d")])],
    ]);
    const encryptTo = [...recipients.keys()];
    expect(told(planFor({ declared: { access: ["console"], encryptTo }, live: {}, recipients }))).toEqual([
      "IssuePassword to SHA256:d age1x",
    ]);
  });

  test("whom a text leads to is asked for once, and only of those who are issued something", () => {
    const people = [
      declaredUser("ann", { access: both, github: "ann" }),
      declaredUser("bea", { access: ["console"], encryptTo: ["github:ann", "age1x"] }),
      declaredUser("cleo", { access: [], github: "cleo" }),
    ];
    const input = { roster: roster(people), actual: state([], []) };
    expect(planned({ ...input, recipients: new Map() }).unknownRecipients).toEqual(["age1x", "github:ann"]);
    expect(planned({ ...input, recipients: KNOWN }).unknownRecipients).toEqual(["age1x"]);
  });

  test("where nobody can look, that stops nothing", () => {
    const asked = { declared: { access: both }, recipients: undefined };
    expect(told(planFor(asked))).toEqual(["CreateUser", "IssuePassword to", "IssueKey to"]);
    const { roster: files, actual } = {
      roster: roster([declaredUser("ann", { access: both })]),
      actual: state([], []),
    };
    expect(planned({ roster: files, actual, recipients: undefined }).unknownRecipients).toEqual([]);
  });
});

describe("a password that nobody claimed", () => {
  const declared = { access: ["console"] } as const;
  const issuedAt = daysAgo(7);
  const fresh = { createdAt: issuedAt, resetRequired: true };
  const report = (
    passwordLastUsed: string | undefined,
    passwordLastChanged: string | undefined = issuedAt,
  ): User["reported"] => ({
    password: true,
    passwordLastUsed,
    passwordLastChanged,
    mfa: false,
    activeKeys: 0,
    keyLastUsed: undefined,
    keys: [],
    activeCertificates: 0,
  });
  const issued = noted("password", { state: "issued", at: issuedAt, key: undefined, to: TO });
  const withdrawn = noted("password", { state: "withdrawn", issuedAt });
  const live = { tags: issued, reported: report(undefined), credentials: { password: fresh } };

  test("is withdrawn after its time, the note first, and nobody has to ask for it", () => {
    const plan = planFor({ declared, live });
    expect(told(plan)).toEqual([`TagUser withdrawn issued ${issuedAt}`, "DeleteLoginProfile"]);
    expect(steps(plan).map(({ cause, reach, phase }) => `${cause} ${reach} ${phase}`)).toEqual([
      "due keeps narrow",
      "due narrows narrow",
    ]);
  });

  test.each<{
    readonly case: string;
    readonly live: Parameters<typeof user>[1];
    readonly declared?: Asked["declared"];
  }>([
    {
      case: "its time is not over",
      live: { ...live, tags: noted("password", { state: "issued", at: daysAgo(6), key: undefined, to: [] }) },
    },
    { case: "it was used", live: { ...live, reported: report(daysAgo(1)) } },
    {
      case: "it was changed",
      live: { ...live, credentials: { password: { ...fresh, resetRequired: false } } },
    },
    { case: "the report does not know the user", live: { ...live, reported: undefined } },
    { case: "somebody made it by hand", live: { ...live, tags: {} } },
    { case: "somebody set another since", live: { ...live, reported: report(undefined, daysAgo(6)) } },
    { case: "nobody looked", live: { ...live, credentials: undefined } },
    { case: "it is gone already", live: { ...live, tags: withdrawn, credentials: {} } },
  ])("stays where $case", (each) => {
    expect(told(planFor({ declared, live: each.live }))).toEqual([]);
  });

  test("is taken where the file no longer asks for one, and that is no withdrawal", () => {
    expect(told(planFor({ declared: { access: [] }, live }))).toEqual(["DeleteLoginProfile"]);
  });

  test("is withdrawn also from who was issued another before, for a token that is remembered", () => {
    const { key: name, value } = tokenTag("password", "2");
    const again = { ...live, tags: { ...issued, [name]: value } };
    expect(told(planFor({ declared: { ...declared, resetPassword: "2" }, live: again }))).toHaveLength(2);
  });

  test("is withdrawn to the end where a run was cut after its note, and the note is not written again", () => {
    expect(told(planFor({ declared, live: { ...live, tags: withdrawn } }))).toEqual(["DeleteLoginProfile"]);
  });

  describe("is told of once it is withdrawn,", () => {
    const gone = { ...live, tags: withdrawn, credentials: {} };
    const warned = (asked: Asked["declared"], has: Asked["live"] = gone): readonly string[] =>
      planFor({ declared: { ...declared, ...asked }, live: has })
        .warnings.map(({ code }) => code)
        .filter((code) => code === "password-withdrawn");

    test("while nobody has asked for another", () => {
      expect(warned({})).toHaveLength(1);
      expect(warned({ access: [] })).toEqual([]);
      expect(warned({ resetPassword: "2" })).toEqual([]);
    });

    test("also where a token was acted on before", () => {
      const { key: name, value } = tokenTag("password", "2");
      const had = { ...gone, tags: { ...withdrawn, [name]: value } };
      expect(warned({ resetPassword: "2" }, had)).toHaveLength(1);
      expect(warned({ resetPassword: "3" }, had)).toEqual([]);
    });

    test("but not where the user has a password again, or where the note is none of a withdrawal", () => {
      const credentials = { password: { ...fresh, resetRequired: false } };
      expect(warned({}, { ...gone, credentials })).toEqual([]);
      expect(warned({}, { ...gone, tags: issued })).toEqual([]);
      expect(warned({}, { ...gone, tags: {} })).toEqual([]);
    });

    test("but not of who comes back", () => {
      const tags = { ...withdrawn, [DEACTIVATED_TAG]: NOW };
      expect(warned({}, { ...gone, tags, policies: [DENY_ALL] })).toEqual([]);
    });
  });

  test("is issued again only when somebody asks for it, and is not withdrawn at the same time", () => {
    const asking = { ...declared, resetPassword: "2" };
    const gone = { ...live, tags: withdrawn, credentials: {} };
    expect(told(planFor({ declared: asking, live: gone }))).toEqual([
      `IssuePassword token 2 to ${TO.join(" ")}`,
    ]);
    expect(told(planFor({ declared: asking, live }))).toEqual([`IssuePassword token 2 to ${TO.join(" ")}`]);
  });

  test("is taken for what it is by IAM's clock though ours is a few minutes behind", () => {
    const minutes = (count: number): string => new Date(Date.parse(issuedAt) + count * 60_000).toISOString();
    const changed = (at: string | undefined): Plan =>
      planFor({
        declared,
        live: { ...live, reported: { ...report(undefined), passwordLastChanged: at } as User["reported"] },
      });
    expect(told(changed(minutes(5)))).toHaveLength(2);
    expect(told(changed(minutes(6)))).toEqual([]);
    expect(told(changed(undefined))).toEqual([]);
  });
});

describe("a key that another took the place of", () => {
  const declared = { access: ["programmatic"] } as const;
  const issued = (days: number): Readonly<Record<string, string>> =>
    noted("key", { state: "issued", at: daysAgo(days), key: "AKIA2", to: TO });
  // A moment before it was noted.
  const fresh = accessKey("AKIA2", { createdAt: daysAgo(7.001) });
  const withKeys = (tags: Readonly<Record<string, string>>, ...accessKeys: readonly AccessKey[]): Plan =>
    planFor({ declared, live: { tags, credentials: { accessKeys } } });

  test("is set Inactive when both have been valid for the overlap, and nobody has to ask for it", () => {
    const plan = withKeys(issued(7), accessKey("AKIA1"), fresh);
    expect(told(plan)).toEqual(["UpdateAccessKey AKIA1 Inactive"]);
    expect(steps(plan)).toMatchObject([{ cause: "due", reach: "narrows", phase: "narrow" }]);
  });

  test.each<{ readonly case: string; readonly days?: number; readonly keys: readonly AccessKey[] }>([
    { case: "the overlap is not over", days: 6, keys: [accessKey("AKIA1"), fresh] },
    { case: "the new one is not Active", keys: [accessKey("AKIA1"), { ...fresh, status: "Inactive" }] },
    { case: "the new one is gone", keys: [accessKey("AKIA1")] },
    {
      case: "it is younger, made by somebody else",
      keys: [accessKey("AKIA1", { createdAt: daysAgo(1) }), fresh],
    },
    { case: "nobody knows when it was made", keys: [accessKey("AKIA1", { createdAt: undefined }), fresh] },
    { case: "it is Inactive already", keys: [accessKey("AKIA1", { status: "Inactive" }), fresh] },
  ])("stays where $case", ({ days = 7, keys }) => {
    expect(told(withKeys(issued(days), ...keys))).toEqual([]);
  });

  test("goes once, with all the others, where the file no longer asks for any", () => {
    const credentials = { accessKeys: [accessKey("AKIA1"), fresh] };
    expect(told(planFor({ declared: { access: [] }, live: { tags: issued(7), credentials } }))).toEqual([
      "UpdateAccessKey AKIA1 Inactive",
      "UpdateAccessKey AKIA2 Inactive",
    ]);
  });

  test("stays where iam-roster issued none, or is about to", () => {
    expect(told(withKeys({}, accessKey("AKIA1"), fresh))).toEqual([]);
    expect(told(planFor({ declared, live: { tags: issued(7), credentials: undefined } }))).toEqual([]);
  });
});

describe("credentials are looked at one by one", () => {
  const asks = (
    tags: Readonly<Record<string, string>>,
    declared: Asked["declared"] = {},
    passwordLastUsed?: string,
  ): boolean => {
    const ann = declaredUser("ann", { access: both, github: "ann", ...declared });
    const has = (access: "console" | "programmatic"): boolean => ann.access?.has(access) === true;
    const live = user("ann", {
      tags: { ...OURS, ...tags },
      // As the file says, so that nothing else is a reason to look.
      reported: {
        password: has("console"),
        passwordLastUsed,
        mfa: false,
        activeKeys: has("programmatic") ? 1 : 0,
        keyLastUsed: undefined,
        keys: [],
        activeCertificates: 0,
      },
      credentials: undefined,
    });
    const input = { roster: roster([ann]), actual: state([live], []), recipients: KNOWN };
    return planned(input).unreadUsers.length > 0;
  };
  const issued = (days: number): Readonly<Record<string, string>> =>
    noted("password", { state: "issued", at: daysAgo(days), key: undefined, to: [] });
  const pending = { state: "pending", at: NOW, run: "1f", before: [] } as const;

  test("where the note or a token leaves it open", () => {
    expect(asks({})).toBe(false);
    expect(asks(noted("password", pending))).toBe(true);
    expect(asks(noted("key", pending))).toBe(true);
    expect(asks({}, { resetPassword: "2" })).toBe(true);
    expect(asks({}, { rotateKey: "2" })).toBe(true);
  });

  test("but not for a note of what the file does not ask for", () => {
    expect(asks(noted("key", pending), { access: ["console"] })).toBe(false);
    expect(asks(noted("password", pending), { access: ["programmatic"] })).toBe(false);
    expect(asks(issued(7), { access: ["programmatic"] })).toBe(false);
  });

  test("where a password may have waited too long, by the report and the note", () => {
    expect(asks(issued(7))).toBe(true);
    expect(asks(issued(6))).toBe(false);
    expect(asks(issued(7), {}, daysAgo(1))).toBe(false);
    expect(asks(noted("password", { state: "withdrawn", issuedAt: daysAgo(9) }))).toBe(true);
  });
});

describe("a reviewer is told", () => {
  const warned = (plan: Plan): readonly unknown[] =>
    plan.warnings.map(({ code, arguments: of }) => [code, of]);
  const LETS: PasswordPolicy = {
    minimumLength: 8,
    requireSymbols: false,
    requireNumbers: false,
    requireUppercase: false,
    requireLowercase: false,
    usersMayChange: true,
  };

  interface Holding {
    readonly policies?: readonly string[];
    readonly document?: Parameters<typeof declaredGroup>[1];
    readonly passwordPolicy?: PasswordPolicy;
  }

  const issuing = ({ policies = [], document = {}, passwordPolicy }: Holding = {}): Plan => {
    const ann = declaredUser("ann", { access: ["console"], github: "ann", groups: ["g"] });
    const files = roster([ann], [declaredGroup("g", { policies, ...document })]);
    const live = state([], [group("g")], { passwordPolicy });
    return planned({
      roster: files,
      actual: live,
      recipients: KNOWN,
      policies: new Map(policies.map((each) => [each, { document: undefined }])),
    }).plan;
  };
  const allowing = (statement: Readonly<Record<string, string>>): Holding => ({
    document: {
      inlinePolicies: { own: { Version: "2012-10-17", Statement: [{ Resource: "*", ...statement }] } },
    },
  });
  const OWN = "arn:aws:iam::123456789012:policy/own";

  test("of keys that cannot be used only where something is issued, and of nothing where nobody can look", () => {
    const unusable = { source: "github:ann", reason: "ssh-kind", what: "ecdsa-sha2-nistp256" } as const;
    const recipients = new Map([["github:ann", resolved([key("SHA256:a")], [unusable])]]);
    const ann = user("ann", { tags: { "iam-roster:owner": "another" } });
    const people = [
      declaredUser("ann", { access: [], github: "ann", path: "/x/" }),
      declaredUser("bob", { access: ["programmatic"], encryptTo: ["github:ann"] }),
    ];
    const input = { roster: roster(people), actual: state([ann, user("bob")], []) };
    const told_ = (known: PlanInput["recipients"]): readonly string[] =>
      planned({ ...input, recipients: known }).plan.warnings.map(
        ({ code, subject }) => `${code} ${subject?.name}`,
      );
    expect(told_(recipients)).toEqual(["long-lived-key bob", "unusable-recipient bob"]);
    expect(told_(undefined)).toEqual(["long-lived-key bob"]);
  });

  test("where nothing seen lets the user change the password, and what was not looked into", () => {
    expect(warned(issuing())).toEqual([["cannot-change-password", { policies: [] }]]);
    expect(warned(issuing({ policies: ["ReadOnlyAccess", OWN] }))).toEqual([
      ["cannot-change-password", { policies: [OWN] }],
    ]);
    const named = "arn:aws:iam::123456789012:policy/AdministratorAccess";
    expect(warned(issuing({ policies: [named] }))).toEqual([
      ["cannot-change-password", { policies: [named] }],
    ]);
    const [not, other] = [
      { ...LETS, usersMayChange: false },
      { Effect: "Allow", Action: "s3:*" },
    ];
    expect(warned(issuing({ passwordPolicy: not }))).toEqual([["cannot-change-password", { policies: [] }]]);
    expect(warned(issuing(allowing(other)))).toEqual([["cannot-change-password", { policies: [] }]]);
    expect(warned(issuing(allowing({ Effect: "Deny", Action: "*" })))).toHaveLength(1);
    expect(warned(issuing(allowing({ Effect: "Allow", NotAction: "iam:Change*" })))).toHaveLength(1);
  });

  test.each<readonly [string, Holding]>([
    ["the account's own setting", { passwordPolicy: LETS }],
    ["IAMUserChangePassword", { policies: ["IAMUserChangePassword"] }],
    ["an administrator's policy", { policies: ["AdministratorAccess"] }],
    ["a document that allows it", allowing({ Effect: "Allow", Action: "iam:changepassword" })],
    ["a document that cannot be read", { document: { inlinePolicies: { own: { Statement: "?" } } } }],
    ["a document that allows all but something else", allowing({ Effect: "Allow", NotAction: "s3:*" })],
  ])("nothing of that where it is %s", (_, holding) => {
    expect(warned(issuing(holding))).toEqual([]);
  });

  test("that a key is the last resort, and of keys that cannot be used", () => {
    const unusable = { source: "github:ann", reason: "ssh-kind", what: "ecdsa-sha2-nistp256" } as const;
    const recipients = new Map([["github:ann", resolved([key("SHA256:a")], [unusable])]]);
    expect(warned(planFor({ declared: { access: ["programmatic"] }, live: {}, recipients }))).toEqual([
      ["long-lived-key", {}],
      ["unusable-recipient", unusable],
    ]);
  });

  test("of a key that two share, though there are more keys than a note has room for", () => {
    const many = Array.from({ length: 9 }, (_, index) => key(`SHA256:${"x".repeat(42)}${index}`));
    const people = ["ann", "bea"].map((name) =>
      declaredUser(name, { access: ["programmatic"], github: "ann" }),
    );
    const recipients = new Map([["github:ann", resolved(many)]]);
    const { plan } = planned({ roster: roster(people), actual: state([], []), recipients });
    expect(plan.warnings.filter(({ code }) => code === "shared-recipient")).toHaveLength(18);
  });

  test("of somebody who was issued something with the same key before", () => {
    const note = noted("key", { state: "issued", at: NOW, key: "AKIA1", to: ["SHA256:b", "SHA256:z"] });
    const bob = user("bob", { tags: { ...OURS, ...note } });
    const actual = state([user("ann", { tags: OURS }), bob], []);
    const plan = planFor({ declared: { access: ["programmatic"] }, actual });
    expect(warned(plan)).toContainEqual(["shared-recipient", { fingerprint: "SHA256:b", users: ["bob"] }]);
    expect(warned(plan)).toHaveLength(2);
  });

  test("of two users whose credentials one key reads, once for each, whatever is issued", () => {
    const people = ["ann", "bea", "cleo"].map((name) =>
      declaredUser(name, { access: both, github: name === "cleo" ? "cleo" : "ann" }),
    );
    const recipients = new Map([
      ...KNOWN,
      ["github:cleo", resolved([key("SHA256:a", "github:cleo"), key("SHA256:c")])],
    ]);
    const { plan } = planned({
      roster: roster(people),
      actual: state([], [], { passwordPolicy: LETS }),
      recipients,
    });
    const shared = plan.warnings.filter(({ code }) => code === "shared-recipient");
    expect(shared.map(({ subject, arguments: of }) => [subject?.name, of])).toEqual([
      ["ann", { fingerprint: "SHA256:a", users: ["bea", "cleo"] }],
      ["ann", { fingerprint: "SHA256:b", users: ["bea"] }],
      ["bea", { fingerprint: "SHA256:a", users: ["ann", "cleo"] }],
      ["bea", { fingerprint: "SHA256:b", users: ["ann"] }],
      ["cleo", { fingerprint: "SHA256:a", users: ["ann", "bea"] }],
    ]);
  });
});
