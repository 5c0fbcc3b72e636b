import type { Change, SubjectType } from "../core/change.ts";
import { IamFailure } from "../core/failure.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import { mayBroaden, mayNarrow } from "../core/reach.ts";
import type { AppliedChange, Outcome, Progress } from "../core/report.ts";
import { fold } from "../core/rules/names.ts";

/*
 * What has happened so far in one run: outcomes, which lanes are stopped, and whether the run goes on at all. This is
 * the only place that changes while a plan is applied.
 */

/** After so many calls in a row that reached nobody, the rest is not tried. */
const UNREACHED = 3;

export interface Ledger {
  readonly outcomeOf: (change: PlannedChange) => Outcome | undefined;
  /** What was made or tried beyond the plan. */
  readonly extraOf: (entry: Entry) => readonly AppliedChange[];
  /** All outcomes of the entry's changes, planned or not, as they came. */
  readonly historyOf: (entry: Entry) => readonly AppliedChange[];
  /** Why this change may not be made now; undefined: it may. */
  readonly obstacle: (entry: Entry, change: PlannedChange) => Outcome | undefined;
  readonly record: (entry: Entry, change: PlannedChange, outcome: Outcome) => void;
  readonly recordExtra: (entry: Entry, change: PlannedChange, outcome: Outcome) => void;
  /** No further change of this entry is made, because of this. */
  readonly stop: (entry: Entry, because: string) => void;
  /** Nobody made sure that it stayed closed, because of this: it is stopped, and the report says so. */
  readonly doubt: (entry: Entry, because: string) => void;
  readonly doubtOf: (entry: Entry) => string | undefined;
  readonly isStopped: (entry: Entry) => boolean;
  /** The unique id that the entry's subject got in this run. */
  readonly created: (entry: Entry, id: string) => void;
  readonly createdId: (entry: Entry) => string | undefined;
  /** The entry's subject was read afresh in this run. */
  readonly see: (entry: Entry) => void;
  readonly wasSeen: (entry: Entry) => boolean;
  /** Whatever was answered, or not: several failures to reach IAM in a row end the run. */
  readonly heard: (failure: unknown) => void;
  /** Why nothing more is begun; undefined: the run goes on. */
  readonly haltedBy: () => string | undefined;
  readonly isHalted: () => boolean;
}

export interface LedgerOptions {
  /** How many changes the run is to make. */
  readonly of: number;
  readonly progress: (progress: Progress) => void;
  readonly stopping: () => boolean;
}

export function createLedger({ of, progress, stopping }: LedgerOptions): Ledger {
  const outcomes = new Map<PlannedChange, Outcome>();
  const extras = new Map<Entry, AppliedChange[]>();
  const histories = new Map<Entry, AppliedChange[]>();
  const stopped = new Map<Entry, string>();
  const doubts = new Map<Entry, string>();
  const created = new Map<Entry, string>();
  const seen = new Set<Entry>();
  const heldBack = new Map<string, string>();
  const halting = createHalting(stopping);

  const stop = (entry: Entry, because: string): void => {
    if (!stopped.has(entry)) stopped.set(entry, because);
  };

  const obstacle = (entry: Entry, change: PlannedChange): Outcome | undefined => {
    const halted = halting.haltedBy();
    if (halted !== undefined) return { outcome: "not-tried", error: halted };
    const because = stopped.get(entry);
    if (because !== undefined) return { outcome: "skipped", error: because };
    const held = mayBroaden(change.reach) ? touched(change).map((key) => heldBack.get(key)) : [];
    const narrowing = held.find((reason) => reason !== undefined);
    return narrowing === undefined ? undefined : { outcome: "skipped", error: narrowing };
  };

  const tell = (entry: Entry, change: PlannedChange, outcome: Outcome): AppliedChange => {
    const applied: AppliedChange = { ...change, ...outcome };
    histories.set(entry, [...(histories.get(entry) ?? []), applied]);
    if (outcome.outcome !== "done" && holdsBack(change)) {
      const because = `${change.kind} on ${entry.subject.name} was not done`;
      for (const key of touched(change)) heldBack.set(key, because);
    }
    progress({ step: "change", subject: entry.subject, change: applied, done: outcomes.size, of });
    return applied;
  };

  return {
    outcomeOf: (change) => outcomes.get(change),
    extraOf: (entry) => extras.get(entry) ?? [],
    historyOf: (entry) => histories.get(entry) ?? [],
    obstacle,
    record: (entry, change, outcome) => {
      outcomes.set(change, outcome);
      tell(entry, change, outcome);
    },
    recordExtra: (entry, change, outcome) => {
      extras.set(entry, [...(extras.get(entry) ?? []), tell(entry, change, outcome)]);
    },
    stop,
    doubt: (entry, because) => {
      doubts.set(entry, because);
      stop(entry, because);
    },
    doubtOf: (entry) => doubts.get(entry),
    isStopped: (entry) => stopped.has(entry),
    created: (entry, id) => void created.set(entry, id),
    createdId: (entry) => created.get(entry),
    see: (entry) => void seen.add(entry),
    wasSeen: (entry) => seen.has(entry),
    ...halting,
  };
}

type Halting = Pick<Ledger, "heard" | "haltedBy" | "isHalted">;

function createHalting(stopping: () => boolean): Halting {
  let unreached = 0;
  let halted: string | undefined;
  const haltedBy = (): string | undefined => halted ?? (stopping() ? "the run was stopped" : undefined);
  return {
    heard: (failure) => {
      const kind = failure instanceof IamFailure ? failure.kind : "answer";
      unreached = kind === "connection" ? unreached + 1 : 0;
      if (kind === "credentials") halted = "the credentials are no longer accepted";
      if (unreached >= UNREACHED) halted = "IAM cannot be reached";
    },
    haltedBy,
    isHalted: () => haltedBy() !== undefined,
  };
}

/**
 * Whoever keeps what should have been taken away is given nothing new, nor is the group that it was taken from. Nor does
 * anybody join a group that could not be made or renamed: another one may stand under its name.
 */
function holdsBack(change: PlannedChange): boolean {
  return mayNarrow(change.reach) || change.kind === "CreateGroup";
}

/** The user and the group that a change touches, a rename under both names. */
function touched(change: Change): readonly string[] {
  const newName = "newName" in change ? change.newName : undefined;
  const keysOf = (type: SubjectType, name: string): readonly string[] =>
    [name, ...(newName === undefined ? [] : [newName])].map((each) => `${type} ${fold(each)}`);
  return [
    ...("user" in change ? keysOf("user", change.user) : []),
    ...("group" in change ? keysOf("group", change.group) : []),
  ];
}
