import { type Change, credentialOf, type IssueKind } from "../core/change.ts";
import { IamFailure } from "../core/failure.ts";
import { ownerName, standing } from "../core/ownership.ts";
import type { Entry } from "../core/plan.ts";
import { changeKey } from "../core/planning/causes.ts";
import { redraftUser } from "../core/planning/redraft.ts";
import type { Letter, NewAccessKey } from "../core/port.ts";
import { isLeftOver, type Receipt, receiptTag, tokenTag } from "../core/receipts.ts";
import type { Recipient } from "../core/recipient.ts";
import type { AccessKey, Tag, User } from "../core/state.ts";
import type { Run } from "./run.ts";

/*
 * Issuing a password or an access key: note that it is under way, make it, close it up, hand it over, note that. Cut
 * anywhere, the note says that nobody may have it, and the next run makes another. The secret lives in this file's
 * functions and nowhere else.
 */

export type IssueChange = Change<IssueKind>;

/** Throws where it is not done, with what to tell; whatever was made by then, the next run makes another. */
export async function issue(run: Run, entry: Entry, change: IssueChange): Promise<void> {
  const to = readersOf(run, change);
  const live = await lookOnce(run, entry, change);
  await note(run, change, [receiptTag(credentialOf(change), { state: "pending", before: beforeOf(change) })]);
  const made =
    change.kind === "IssuePassword" ? await password(run, live, to) : await key(run, { live, change, to });
  await run.issuing?.handOver.deliver(made.letter);
  const issued: Receipt = {
    state: "issued",
    at: run.clock.now(),
    key: made.key,
    to: to.map(({ fingerprint }) => fingerprint),
  };
  const told = [
    receiptTag(credentialOf(change), issued),
    ...(change.token === undefined ? [] : [tokenTag(credentialOf(change), change.token)]),
  ];
  try {
    await note(run, change, told);
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `it was handed over, and that could not be noted, so the next run issues another: ${because}`,
      {
        cause,
      },
    );
  }
}

function beforeOf(change: IssueChange): readonly string[] {
  return change.kind === "IssueKey" ? change.before : [];
}

async function note(run: Run, { user }: IssueChange, tags: readonly Tag[]): Promise<void> {
  await run.write.write({ kind: "TagUser", user, tags }, { now: run.clock.now() });
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
  const { roster, base, actual, recipients, clock } = run;
  const known = { roster, base, actual, recipients, now: clock.now() };
  const drafted = redraftUser(known, live, entry.subject).entry?.changes ?? [];
  const wanted = changeKey(entry.subject, change);
  if (!drafted.some((each) => changeKey(entry.subject, each) === wanted))
    throw new Error(`what ${change.user} has changed meanwhile; plan again`);
  return live;
}

interface Made {
  readonly letter: Letter;
  /** The id of an access key. */
  readonly key: string | undefined;
}

async function password(run: Run, { name: user }: User, to: readonly Recipient[]): Promise<Made> {
  const { sealing } = configured(run);
  const { account } = run.actual;
  const secret = sealing.newPassword(account.passwordPolicy);
  await run.write.setPassword(user, secret);
  const sealed = await sealing.sealPassword({ user, password: secret, account }, to);
  return { letter: { user, what: "password", sealed }, key: undefined };
}

interface KeyWork {
  readonly live: User;
  readonly change: Change<"IssueKey">;
  readonly to: readonly Recipient[];
}

async function key(run: Run, { live, change, to }: KeyWork): Promise<Made> {
  const { sealing } = configured(run);
  const { name: user } = live;
  await removeLeftOvers(run, change, live.credentials?.accessKeys ?? []);
  const made = await newKey(run, change);
  const sealed = await sealing.sealKey({ user, ...made }, to);
  return { letter: { user, what: "key", sealed }, key: made.id };
}

/** After an answer that was lost there may be a key whose secret nobody has: it is taken away before another is made. */
async function newKey(run: Run, change: Change<"IssueKey">): Promise<NewAccessKey> {
  try {
    return await run.write.createAccessKey(change.user);
  } catch (error) {
    if (!(error instanceof IamFailure) || !error.ambiguous) throw error;
    const now = await run.read.credentials(change.user);
    await removeLeftOvers(run, change, now?.accessKeys ?? []);
    return run.write.createAccessKey(change.user);
  }
}

async function removeLeftOvers(
  run: Run,
  { user, before }: Change<"IssueKey">,
  keys: readonly AccessKey[],
): Promise<void> {
  for (const { id } of keys.filter((each) => isLeftOver(each, before)))
    await run.write.write({ kind: "DeleteAccessKey", user, key: id }, { now: run.clock.now() });
}

function configured({ issuing }: Run): NonNullable<Run["issuing"]> {
  if (issuing === undefined) throw new Error("there is no place to hand over credentials to");
  return issuing;
}
