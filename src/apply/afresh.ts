import { type Change, OWNER_TAG } from "../core/change.ts";
import { isHeld, ownerName, standing } from "../core/ownership.ts";
import { messageOf } from "../core/failure.ts";
import type { Entry, PlannedChange } from "../core/plan.ts";
import { type Redraft, redraftGroup, redraftUser } from "../core/planning/redraft.ts";
import { fold } from "../core/rules/names.ts";
import type { Group, User } from "../core/state.ts";
import { drafting, type Run } from "./run.ts";

/** What a subject looks like just before something is taken from it, or given to it. */
export type Afresh =
  /** `changes` is what the files ask of it now. `isHeld`: somebody else denies it, so that nothing may be given. */
  | { readonly found: "same"; readonly changes: readonly PlannedChange[]; readonly isHeld: boolean }
  | { readonly found: "gone" }
  /** Another of that name, or it could not be read: nothing is done. */
  | { readonly found: "unsure"; readonly because: string };

/**
 * Reads the entry's subject afresh and drafts it anew, so that what was made meanwhile is closed too, and another of
 * the same name is left alone.
 */
export async function lookAfresh(run: Run, entry: Entry): Promise<Afresh> {
  try {
    const afresh =
      entry.subject.type === "user" ? await lookAtUser(run, entry) : await lookAtGroup(run, entry);
    run.ledger.see(entry);
    run.ledger.heard(undefined);
    return afresh;
  } catch (error) {
    run.ledger.heard(error);
    return unsure(`${entry.subject.name} could not be read afresh: ${messageOf(error)}`);
  }
}

async function lookAtUser(run: Run, entry: Entry): Promise<Afresh> {
  const fresh = await run.read.user(liveName(entry));
  if (fresh === undefined) return missing(run, entry);
  const known = run.actual.users.get(fold(fresh.name));
  // What only the report tells is no other by now.
  const reported = known?.id === fresh.id ? known?.reported : undefined;
  const redraft = (user: User): Redraft => redraftUser(drafting(run), { ...user, reported }, entry.subject);
  const afresh = judged(entry, fresh, redraft);
  if (afresh.found !== "same") return afresh;
  if (isLost(run, fresh))
    return unsure(`${fresh.name} is no longer ours: its tag ${OWNER_TAG} changed meanwhile`);
  const declared = run.roster.users.get(fold(entry.subject.name));
  return { ...afresh, isHeld: declared !== undefined && isHeld(declared, fresh) };
}

async function lookAtGroup(run: Run, entry: Entry): Promise<Afresh> {
  const name = liveName(entry);
  const [fresh, members] = await Promise.all([
    run.read.group(name),
    entry.intent === "delete" ? run.read.members(name) : [],
  ]);
  // IAM would refuse to delete it, and whoever is in it would have lost its policies by then.
  if (members.length > 0) return unsure(`${name} still has members: ${members.join(", ")}`);
  if (fresh === undefined) return missing(run, entry);
  return judged(entry, fresh, (group) => redraftGroup(drafting(run), group, entry.subject));
}

/**
 * Nobody has the name. Whoever was to be closed or deleted may have another one by now, and with it all that they had, so
 * that is looked for before anybody is taken for gone.
 */
async function missing({ read }: Run, { intent, subject, id }: Entry): Promise<Afresh> {
  if (id === undefined || (intent !== "deactivate" && intent !== "delete")) return { found: "gone" };
  const { state } = await read.snapshot();
  const renamed = [...state[`${subject.type}s`].values()].find((each) => each.id === id);
  if (renamed === undefined) return { found: "gone" };
  const isSame = fold(renamed.name) === fold(subject.name);
  const words = isSame ? "cannot be read, but is there" : `is called ${renamed.name} now`;
  return unsure(`${subject.name} ${words}`);
}

function unsure(because: string): Afresh {
  return { found: "unsure", because };
}

/** Was the owner tag taken off meanwhile, or does it name another? A user that is being adopted never had ours. */
function isLost({ roster, actual }: Run, fresh: User): boolean {
  const owner = ownerName(roster.settings);
  const before = actual.users.get(fold(fresh.name));
  return (
    standing(fresh, owner) !== "managed" && before !== undefined && standing(before, owner) === "managed"
  );
}

function judged<Subject extends User | Group>(
  entry: Entry,
  fresh: Subject,
  redraft: (fresh: Subject) => Redraft,
): Afresh {
  if (entry.id !== undefined && fresh.id !== entry.id) {
    return unsure(
      `${fresh.name} is another now: its unique id is ${fresh.id}, and the plan was for ${entry.id}`,
    );
  }
  const { entry: drafted, refused } = redraft(fresh);
  if (refused) return unsure(`${fresh.name} changed meanwhile, and would now be refused`);
  const changes = (drafted?.changes ?? []).map((change) => ({ ...change, cause: "pending" as const }));
  return { found: "same", changes, isHeld: false };
}

/** The name that the subject has now: what takes away comes before any rename. */
function liveName({ subject, changes }: Entry): string {
  const [first] = changes;
  if (first === undefined) return subject.name;
  return subject.type === "user" && "user" in first ? first.user : nameOfGroup(first, subject.name);
}

function nameOfGroup(change: Change, otherwise: string): string {
  return "group" in change ? change.group : otherwise;
}
