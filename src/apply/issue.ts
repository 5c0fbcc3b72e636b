import { type Change, credentialOf, type IssueKind } from "../core/change.ts";
import { IamFailure, inDoubt, messageOf } from "../core/failure.ts";
import { ownerName, standing } from "../core/ownership.ts";
import type { Entry } from "../core/plan.ts";
import { changeKey } from "../core/planning/causes.ts";
import { redraftUser } from "../core/planning/redraft.ts";
import type { NewAccessKey, Staged } from "../core/port.ts";
import { isLeftOver, type Pending, RECEIPT_TAG, receiptTag, tokenTag } from "../core/receipts.ts";
import type { Recipient } from "../core/recipient.ts";
import type { Tag, User } from "../core/state.ts";
import { drafting, type Run } from "./run.ts";

/*
 * Issuing a password or an access key: note that it is under way, make it, close it up, hand it over, note that. Cut
 * anywhere, the note says that nobody may have it, and the next run makes another. The secret lives in this file's
 * functions and nowhere else.
 */

export type IssueChange = Change<IssueKind>;

/** Throws where it is not done, with what to tell; whatever was made by then, the next run makes another. */
export async function issue(run: Run, entry: Entry, change: IssueChange): Promise<void> {
  const live = await lookOnce(run, entry, change);
  const work: Work = { change, live, to: readersOf(run, change), note: pending(run, change) };
  const key = await (change.kind === "IssuePassword"
    ? password(run, work)
    : accessKey(run, { ...work, change }));
  await noteIssued(run, work, key);
}

interface Work {
  readonly change: IssueChange;
  readonly live: User;
  readonly to: readonly Recipient[];
  readonly note: Pending;
}

/** The keys behind the fingerprints that were agreed to; nobody else's. */
function readersOf({ recipients }: Run, { user, to }: IssueChange): readonly Recipient[] {
  const known = [...(recipients?.values() ?? [])].flatMap((found) => found.recipients);
  const byFingerprint = new Map(known.map((recipient) => [recipient.fingerprint, recipient]));
  const readers = to.flatMap(({ fingerprint }) => byFingerprint.get(fingerprint) ?? []);
  if (readers.length === 0 || readers.length < to.length)
    throw new Error(`the recipients of ${user} are not known; plan again`);
  return readers;
}

/** Reads the user once more: whoever is another by now, or needs it no longer, gets nothing. */
async function lookOnce(run: Run, entry: Entry, change: IssueChange): Promise<User> {
  const live = await run.read.user(change.user);
  if (live === undefined) throw new Error(`${change.user} is no longer there`);
  const isSame = entry.id === undefined || live.id === entry.id;
  if (!isSame || standing(live, ownerName(run.roster.settings)) !== "managed")
    throw new Error(`${change.user} is another user now, and gets nothing; plan again`);
  const drafted = redraftUser(drafting(run), live, entry.subject).entry?.changes ?? [];
  const wanted = changeKey(entry.subject, change);
  if (!drafted.some((each) => changeKey(entry.subject, each) === wanted))
    throw new Error(`what ${change.user} has changed meanwhile; plan again`);
  return live;
}

/** The letter is on the disk before the present password ends: a full disk takes it from nobody. */
async function password(run: Run, work: Work): Promise<undefined> {
  const { sealing, handOver } = configured(run);
  const { account } = run.actual;
  const { name: user } = work.live;
  const secret = sealing.newPassword(account.passwordPolicy);
  const sealed = await sealing.sealPassword({ user, password: secret, account }, work.to);
  await staged(await handOver.stage({ user, what: "password", sealed }), async ({ commit }) => {
    await made(run, work, () => run.write.setPassword(user, secret));
    try {
      await expectAlone(run, work);
      await commit();
    } catch (error) {
      // Nobody has it: whatever another run noted, the next one makes another.
      await tag(run, work, [receiptTag("password", work.note)]);
      const words = "the password is set, and nobody has it, so the next run issues another";
      throw new Error(`${words}: ${messageOf(error)}`, { cause: error });
    }
  });
  return undefined;
}

async function accessKey(
  run: Run,
  work: Work & { readonly change: Change<"IssueKey"> },
): Promise<NewAccessKey["id"]> {
  const { sealing, handOver } = configured(run);
  const { name: user } = work.live;
  const key = await made(run, work, () => newKey(run, work));
  try {
    await expectAlone(run, work);
  } catch (error) {
    await removeKey(run, user, key.id);
    throw error;
  }
  const sealed = await sealing.sealKey({ user, ...key }, work.to);
  await staged(await handOver.stage({ user, what: "key", sealed }), ({ commit }) => commit());
  return key.id;
}

/** Whatever comes of it, nothing of the letter is left that is not handed over. */
async function staged(letter: Staged, use: (letter: Staged) => Promise<unknown>): Promise<void> {
  try {
    await use(letter);
  } catch (error) {
    await letter.discard();
    throw error;
  }
}

/**
 * Notes that it is under way, and makes it. What IAM refused for certain was never under way; where an answer was lost
 * before, in whichever call, nothing is certain.
 */
async function made<Value>(run: Run, work: Work, make: () => Promise<Value>): Promise<Value> {
  await tag(run, work, [receiptTag(credentialOf(work.change), work.note)]);
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof IamFailure) || error.kind !== "answer") throw error;
    if (error.ambiguous) {
      const words = "it may have been made all the same, and nobody has it, so the next run issues another";
      throw new Error(`${words}: ${error.message}`, { cause: error });
    }
    await unnote(run, work);
    throw error;
  }
}

function pending({ clock, issuing }: Run, change: IssueChange): Pending {
  const before = change.kind === "IssueKey" ? change.before : [];
  return { state: "pending", at: clock.now(), run: issuing?.sealing.newRunName() ?? "", before };
}

/** Puts the note back that was there; what went wrong is told, and not that this did. */
async function unnote(run: Run, { change, live }: Work): Promise<void> {
  const key = RECEIPT_TAG[credentialOf(change)];
  const former = live.tags.get(key);
  const { user } = change;
  const back: Change<"TagUser" | "UntagUser"> =
    former === undefined
      ? { kind: "UntagUser", user, keys: [key] }
      : { kind: "TagUser", user, tags: [former] };
  await run.write.write(back, { now: run.clock.now() }).catch(() => undefined);
}

/** IAM may show for some seconds what was there before; another run's note is neither that nor ours. */
async function expectAlone(run: Run, { change, live, note }: Work): Promise<void> {
  const what = credentialOf(change);
  const key = RECEIPT_TAG[what];
  const seen = (await run.read.tags(change.user))?.get(key)?.value;
  if (seen === receiptTag(what, note).value || seen === live.tags.get(key)?.value) return;
  throw new Error(`another run issues for ${change.user} at the same time; wait for it, and plan again`);
}

async function noteIssued(run: Run, work: Work, key: string | undefined): Promise<void> {
  const { change, to } = work;
  const what = credentialOf(change);
  const fingerprints = to.map(({ fingerprint }) => fingerprint);
  try {
    await tag(run, work, [
      receiptTag(what, { state: "issued", at: run.clock.now(), key, to: fingerprints }),
      ...(change.token === undefined ? [] : [tokenTag(what, change.token)]),
    ]);
  } catch (cause) {
    const words = "it was handed over, and that could not be noted, so the next run issues another";
    throw new Error(`${words}: ${messageOf(cause)}`, { cause });
  }
}

async function tag(run: Run, { change: { user } }: Work, tags: readonly Tag[]): Promise<void> {
  await run.write.write({ kind: "TagUser", user, tags }, { now: run.clock.now() });
}

/** After an answer that was lost there may be a key whose secret nobody has: it is taken away before another is made. */
async function newKey(run: Run, work: Work): Promise<NewAccessKey> {
  const { user } = work.change;
  try {
    return await run.write.createAccessKey(user);
  } catch (error) {
    if (!(error instanceof IamFailure) || !error.ambiguous) throw error;
  }
  try {
    await removeLost(run, work);
    return await run.write.createAccessKey(user);
  } catch (error) {
    throw inDoubt(error);
  }
}

async function removeLost(run: Run, { change: { user }, note }: Work): Promise<void> {
  const now = await run.read.credentials(user);
  const lost = (now?.accessKeys ?? []).filter((each) => isLeftOver(each, note));
  for (const { id } of lost) await removeKey(run, user, id);
}

async function removeKey(run: Run, user: string, key: string): Promise<void> {
  await run.write.write({ kind: "DeleteAccessKey", user, key }, { now: run.clock.now() });
}

function configured({ issuing }: Run): NonNullable<Run["issuing"]> {
  if (issuing === undefined) throw new Error("there is no place to hand over credentials to");
  return issuing;
}
