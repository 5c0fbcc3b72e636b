import type { Cause, Intent, Subject } from "../../core/change.ts";
import type { Entry, PlannedChange } from "../../core/plan.ts";
import { isDenyAll } from "../../core/rules/policies.ts";
import { grantsAdministration } from "../../core/rules/privilege.ts";
import { type Phrase, say } from "../phrase.ts";
import { changeWords } from "./changes.ts";
import { day } from "./dates.ts";
import { type Gained, gainedWords } from "./gained.ts";
import { type Detail, documentDetails } from "./documents.ts";
import { afterWords, evidenceWords, membersWords } from "./people.ts";
import { INTENT_SIGN, isFinal, type Sign, signOf, takesAway, uncertainty } from "./signs.ts";

/** An entry in words, before any output has laid it out. */
export interface EntryWords {
  readonly sign: Sign;
  readonly name: Phrase;
  /** `create user` */
  readonly intent: string;
  readonly takesAway: boolean;
  /** It makes, or may make, an administrator. */
  readonly privileged: boolean;
  readonly changes: readonly ChangeWords[];
  readonly evidence: Phrase | undefined;
  /** Sentences for the reviewer: the state after, and what to beware of. */
  readonly sentences: readonly Phrase[];
}

export interface ChangeWords {
  readonly sign: Sign;
  readonly words: Phrase;
  /** Ours: `cannot be undone`, `makes an administrator`, `pending`. */
  readonly marks: readonly string[];
  readonly details: readonly Detail[];
}

/** `gained` are the plan's own; of what is refused nothing is. */
export function entryWords(entry: Entry, gained: Gained): EntryWords {
  const { subject, intent, after } = entry;
  const name = newNameOf(entry) ?? subject.name;
  return {
    sign: INTENT_SIGN[intent],
    name: nameWords(entry),
    intent: `${INTENT_WORDS[intent]} ${subject.type}`,
    takesAway: takesAway(entry),
    privileged: entry.changes.some((change) => change.privileged === true),
    changes: entry.changes.map((change) => changeLine(change, subject, gained)),
    evidence: knownWords(entry),
    sentences: [
      ...(after === undefined ? [] : [afterWords(name, after)]),
      ...(subject.type === "user" ? bewareWords(entry) : []),
    ],
  };
}

/** What is known today of a user, or of who is in a group. */
function knownWords({ evidence, members }: Entry): Phrase | undefined {
  if (members !== undefined) return membersWords(members);
  return evidence === undefined ? undefined : evidenceWords(evidence);
}

export const INTENT_WORDS: Readonly<Record<Intent, string>> = {
  create: "create",
  adopt: "adopt",
  update: "change",
  rename: "rename",
  deactivate: "deactivate",
  reactivate: "reactivate",
  delete: "delete",
};

/** `emily`, or `builder → build-bot` where the entry renames. */
export function nameWords(entry: Pick<Entry, "subject" | "changes">): Phrase {
  const oldName = oldNameOf(entry);
  const newName = newNameOf(entry);
  return oldName === undefined || newName === undefined
    ? say`${entry.subject.name}`
    : say`${oldName} → ${newName}`;
}

function newNameOf({ changes }: Pick<Entry, "changes">): string | undefined {
  return changes.flatMap((change) => ("newName" in change ? (change.newName ?? []) : [])).at(-1);
}

function oldNameOf({ changes }: Pick<Entry, "changes">): string | undefined {
  const renaming = changes.find((change) => "newName" in change && change.newName !== undefined);
  if (renaming?.kind === "UpdateUser") return renaming.user;
  return renaming?.kind === "UpdateGroup" ? renaming.group : undefined;
}

function changeLine(change: PlannedChange, subject: Subject, gained: Gained): ChangeWords {
  const uncertain = uncertainty(change);
  return {
    sign: signOf(change),
    words: [...changeWords(change, subject), ...gainedWords(change, gained)],
    marks: [
      ...(isFinal(change.kind) ? ["cannot be undone"] : []),
      ...denyMarks(change),
      ...(uncertain === undefined ? [] : [uncertain]),
      ...privilegeMarks(change),
      ...CAUSE_MARKS[change.cause],
    ],
    details: documentDetails(change),
  };
}

function denyMarks(change: PlannedChange): readonly string[] {
  if (!("policy" in change) || !isDenyAll(change.policy)) return [];
  if (change.reach === "narrows" && change.kind === "AttachUserPolicy") return ["denies everything"];
  return change.reach === "broadens" ? ["all that is granted works again"] : [];
}

/** What may lift a deny, and what replaces a policy by another, is sure only where the new policy itself says so. */
function privilegeMarks(change: PlannedChange): readonly string[] {
  if (change.privileged !== true) return [];
  const isPut = change.kind === "PutUserPolicy" || change.kind === "PutGroupPolicy";
  const isSure = change.reach === "broadens" || (isPut && grantsAdministration(change.document));
  return [isSure ? "makes an administrator" : "may make an administrator"];
}

const CAUSE_MARKS: Readonly<Record<Cause, readonly string[]>> = {
  requested: [],
  pending: ["pending"],
  due: ["due"],
};

function bewareWords({ intent, evidence }: Entry): readonly Phrase[] {
  if (intent === "deactivate" || intent === "delete") {
    return [say`Sessions of roles already assumed live on for up to 12 hours.`];
  }
  if (intent !== "reactivate") return [];
  const created = evidence?.createdAt;
  return [
    created === undefined
      ? say`This user existed before: delete first if this is another person.`
      : say`This user was created on ${day(created)}: delete first if this is another person.`,
  ];
}
