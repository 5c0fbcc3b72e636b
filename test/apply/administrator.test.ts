import { describe, expect, test } from "vitest";

import { OWNER_TAG } from "../../src/core/change.ts";
import { isDenied } from "../../src/core/ownership.ts";
import { changeKey } from "../../src/core/planning/causes.ts";
import { isComplete, type Report } from "../../src/core/report.ts";
import type { State, User } from "../../src/core/state.ts";
import type { Call } from "../../src/sandbox/calls.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { heldIn, NOTHING } from "../laws/holding.ts";
import { attempt, beforeEveryCall, type Deed } from "./deeds.ts";
import { type Stage, staged, untold } from "./faulty.ts";
import { stateOf } from "./state-of.ts";
import { arn, contents, fingerprint } from "./story.ts";

/*
 * Another administrator, who does one thing to a user or group while the story with each kind of change is told: before
 * it, and before each call that names whoever it is done to. (Between two others it makes no difference when.)
 */

const ADMIN = arn("AdministratorAccess");
const user = (UserName: string) => ({ UserName });
/** Under the old and the new name: one of the two is there. */
const devs = (operation: string, input: Deed[1]): readonly Deed[] =>
  ["developers", "devs"].map((GroupName) => [operation, { GroupName, ...input }]);

/** What the files speak against, or do not speak of: the next run at the latest ends as if it had not been done. */
const UNDONE: Readonly<Record<string, readonly Deed[]>> = {
  "gives ann a policy": [["AttachUserPolicy", { ...user("ann"), PolicyArn: ADMIN }]],
  "gives ann what she is to get": [["AttachUserPolicy", { ...user("ann"), PolicyArn: arn("SecurityAudit") }]],
  "puts ann into a group": [["AddUserToGroup", { ...user("ann"), GroupName: "oncall" }]],
  "takes ann out of her group": devs("RemoveUserFromGroup", user("ann")),
  "gives ann another boundary": [
    ["PutUserPermissionsBoundary", { ...user("ann"), PermissionsBoundary: arn("ReadOnlyAccess") }],
  ],
  "takes the boundary off ann": [["DeleteUserPermissionsBoundary", user("ann")]],
  "tags ann": [["TagUser", { ...user("ann"), Tags: [{ Key: "team", Value: "z" }] }]],
  "lets fay in": [["DetachUserPolicy", { ...user("fay"), PolicyArn: arn("AWSDenyAll") }]],
  "gives fay a policy": [["AttachUserPolicy", { ...user("fay"), PolicyArn: ADMIN }]],
  "makes a key for gus, who is deleted": [["CreateAccessKey", user("gus")]],
  "makes a password for gus, who is deleted": [
    ["CreateLoginProfile", { ...user("gus"), Password: "Another-horse-2" }],
  ],
  "deletes gus's key": [["DeleteAccessKey", { ...user("gus"), AccessKeyId: "AKIAONE9999999999999" }]],
  "gives the group more": devs("AttachGroupPolicy", { PolicyArn: ADMIN }),
  "takes from the group what it keeps": devs("DetachGroupPolicy", { PolicyArn: arn("PowerUserAccess") }),
  "takes from the group what it loses": devs("DetachGroupPolicy", { PolicyArn: arn("IAMFullAccess") }),
  "makes the new group, with more in it": [
    ["CreateGroup", { GroupName: "new" }],
    ["AttachGroupPolicy", { GroupName: "new", PolicyArn: ADMIN }],
  ],
  "deletes the group that is to go": [["DeleteGroup", { GroupName: "finished" }]],
};

const free = (name: string): readonly Deed[] => [
  ...["developers", "devs", "oncall", "new"].map((GroupName): Deed => [
    "RemoveUserFromGroup",
    { ...user(name), GroupName },
  ]),
  ...["AWSDenyAll", "SecurityAudit"].map((policy): Deed => [
    "DetachUserPolicy",
    { ...user(name), PolicyArn: arn(policy) },
  ]),
  ["DeleteUserPolicy", { ...user(name), PolicyName: "own" }],
  ["DeleteUser", user(name)],
];

/** What no run undoes: whom it is done to is left as he is then, or told of. */
const FINAL: Readonly<Record<string, readonly Deed[]>> = {
  "deletes ann": free("ann"),
  "renames cat, who is renamed": [["UpdateUser", { ...user("cat"), NewUserName: "carl" }]],
  "makes a cleo, whom cat was to become": [["CreateUser", user("cleo")]],
  "makes a hal, who was to be made": [["CreateUser", user("hal")]],
  "takes our tag off ann": [["UntagUser", { ...user("ann"), TagKeys: [OWNER_TAG] }]],
  "takes our tag off fay": [["UntagUser", { ...user("fay"), TagKeys: [OWNER_TAG] }]],
  "puts a hold on ann": [["AttachUserPolicy", { ...user("ann"), PolicyArn: arn("AWSDenyAll") }]],
  "puts a stranger into the group that is to go": [
    ["CreateUser", user("stranger")],
    ["AddUserToGroup", { ...user("stranger"), GroupName: "finished" }],
  ],
  "renames the group": devs("UpdateGroup", { NewGroupName: "ops" }),
};

/** Somebody else has the name since; whoever was looked at before gets what was meant for the first. */
const ANOTHER: Readonly<Record<string, readonly Deed[]>> = {
  "deletes ann, and makes another ann": [...free("ann"), ["CreateUser", user("ann")]],
  "deletes dan, who is adopted, and makes another dan": [...free("dan"), ["CreateUser", user("dan")]],
  "deletes fay, and makes another fay": [...free("fay"), ["CreateUser", user("fay")]],
  "renames ann, and makes another ann": [
    ["UpdateUser", { ...user("ann"), NewUserName: "anna" }],
    ["CreateUser", user("ann")],
  ],
};

interface Meddled {
  readonly report: Report;
  readonly isDone: boolean;
  /** Just before it was done, and just after. */
  readonly was: State;
  readonly became: State;
  /** The calls that were made since. */
  readonly later: readonly Call[];
  /** The run had already looked at whoever it was done to; IAM takes names, so it cannot know another by then. */
  readonly isTooLate: boolean;
  /** How many calls named whoever it was done to. */
  readonly moments: number;
}

/** Tells the story; before the call at that moment it is done. */
async function meddled(stage: Stage, deeds: readonly Deed[], moment: number): Promise<Meddled> {
  const { sandbox, apply, roster, live, start } = stage;
  sandbox.load(start);
  const names = new Set(deeds.flatMap(([, input]) => [input["UserName"], input["GroupName"]]));
  const first = sandbox.calls.length;
  let [isDone, moments, since] = [false, 0, first];
  let [was, became] = [stateOf(sandbox), stateOf(sandbox)];
  let isTooLate = false;
  const act = (): void => {
    isTooLate = sandbox.calls
      .slice(first, -1)
      .some(({ operation, input }) => operation === "GetUser" && names.has(input["UserName"]));
    was = stateOf(sandbox);
    isDone = attempt(sandbox, deeds);
    became = stateOf(sandbox);
    since = sandbox.calls.length;
  };
  if (moment === 0) act();
  const end = beforeEveryCall(sandbox, ({ input }) => {
    if (!Object.values(input).some((name) => names.has(name))) return;
    moments += 1;
    if (moments === moment) act();
  });
  const { report } = await apply(roster, { live });
  end();
  return { report, isDone, was, became, later: sandbox.calls.slice(since), isTooLate, moments };
}

/** Who holds what nobody gave: neither the account before, nor the administrator, nor the files. */
function wrongsOf({ before, after, sandbox }: Stage, { was, became }: Meddled): readonly string[] {
  const now = stateOf(sandbox);
  const known = [before, was, became];
  const put = [...became.groups.values()].flatMap((group) => [
    ...group.policies.difference(idOf(was.groups, group.id)?.policies ?? new Set()),
  ]);
  return [...now.users.values()].flatMap((each) => {
    const live = known.map((state) => idOf(state.users, each.id));
    const isMadeByUs = live[0] === undefined && (live[1] !== undefined || live[2] === undefined);
    const will = isMadeByUs ? after.users.get(each.name) : live[0] && idOf(after.users, each.id);
    const given = [...known.map((state, index) => heldIn(state, live[index])), heldIn(after, will)];
    const allowed = given.reduce((all, { allows }) => all.union(allows), NOTHING.allows).union(new Set(put));
    const more = [...heldIn(now, each).allows.difference(allowed)];
    const isHeld = live[2] !== undefined && isDenied(live[2]) && !isDenied(live[1] ?? live[2]);
    return [
      ...more.map((policy) => `${each.name} holds ${policy}`),
      ...(isHeld && !isDenied(each) ? [`the hold on ${each.name} is gone`] : []),
    ];
  });
}

function idOf<Subject extends { readonly id: string | undefined }>(
  subjects: ReadonlyMap<string, Subject>,
  id: string | undefined,
): Subject | undefined {
  return [...subjects.values()].find((each) => each.id === id);
}

/** Who was made by the administrator, and is no longer as he left them. */
function touchedStrangers(sandbox: Sandbox, { was, became }: Meddled): readonly string[] {
  const now = stateOf(sandbox);
  const text = (each: User | undefined): string =>
    JSON.stringify(each, (_key, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
    );
  return [...became.users.values()]
    .filter(({ id }) => idOf(was.users, id) === undefined)
    .filter((made) => text(idOf(now.users, made.id)) !== text(made))
    .map(({ name }) => name);
}

/** What the report calls done although it was made since, and the next plan asks for again. */
async function untrue({ plan, roster }: Stage, { report, later }: Meddled): Promise<readonly string[]> {
  const next = (await plan(roster)).plan.entries;
  const asked = new Set(
    next.flatMap(({ subject, changes }) => changes.map((each) => changeKey(subject, each))),
  );
  return report.entries.flatMap(({ subject, changes }) =>
    changes
      .filter((change) => change.outcome === "done" && asked.has(changeKey(subject, change)))
      .filter((change) => later.some((call) => call.operation === change.kind && isOf(call, change)))
      .map((change) => `${change.kind} of ${subject.name}`),
  );
}

function isOf({ input, outcome }: Call, change: object): boolean {
  const { user: UserName, group: GroupName } = change as Readonly<Record<string, string | undefined>>;
  return outcome === "done" && input["UserName"] === UserName && input["GroupName"] === GroupName;
}

interface Look {
  readonly stage: Stage;
  readonly deeds: readonly Deed[];
  readonly isExempt?: (run: Meddled) => boolean;
  readonly also?: (run: Meddled) => Promise<void>;
}

/** Does it at each moment in turn, and looks at what the run makes of it. */
async function look({ stage, deeds, isExempt = () => false, also }: Look): Promise<void> {
  let worked = 0;
  let last = 0;
  for (let moment = 0; moment <= last; moment += 1) {
    const run = await meddled(stage, deeds, moment);
    last = Math.max(last, run.moments);
    if (!run.isDone) continue;
    worked += 1;
    const is = {
      wrong: isExempt(run) ? [] : wrongsOf(stage, run),
      touched: isExempt(run) ? [] : touchedStrangers(stage.sandbox, run),
      untold: untold(run.report),
      untrue: await untrue(stage, run),
    };
    expect({ moment, ...is }).toEqual({ moment, wrong: [], touched: [], untold: [], untrue: [] });
    await also?.(run);
  }
  expect(worked).toBeGreaterThan(0);
}

describe("while a plan is applied, another administrator, at whichever call,", () => {
  for (const [deed, deeds] of Object.entries(UNDONE)) {
    test(`${deed}: nobody gets more by it, and the next run ends as if it had not been`, async () => {
      const stage = await staged();
      const seen = new Set<string>();
      const also = async (): Promise<void> => {
        const left = fingerprint(stage.sandbox);
        if (seen.has(left)) return;
        seen.add(left);
        await stage.apply(stage.roster);
        expect(contents(stage.sandbox)).toEqual(stage.end);
      };
      await look({ stage, deeds, also });
    }, 60_000);
  }

  for (const [deed, deeds] of Object.entries(FINAL)) {
    test(`${deed}: nobody gets more by it, no stranger is touched, and what is left undone is told`, async () => {
      const stage = await staged();
      const also = async (run: Meddled): Promise<void> => {
        const { entries, refused, warnings } = (await stage.plan(stage.roster)).plan;
        const isTold = entries.length + refused.length + warnings.length > 0;
        expect(isTold || !isComplete(run.report)).toBe(true);
      };
      await look({ stage, deeds, also });
    }, 60_000);
  }

  for (const [deed, deeds] of Object.entries(ANOTHER)) {
    test(`${deed}: the other is given nothing, unless the first was looked at already`, async () => {
      const stage = await staged();
      await look({ stage, deeds, isExempt: ({ isTooLate }) => isTooLate });
    }, 60_000);
  }
});
