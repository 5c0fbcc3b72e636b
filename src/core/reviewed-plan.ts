import type { Subject } from "./change.ts";
import type { Grant } from "./grant.ts";

/*
 * The reviewed plan, read back from the file that `plan --out` wrote. The file comes from elsewhere (an artifact, a
 * check run), so nothing of it is believed before it is looked at.
 */

/** What of a reviewed plan decides what may run. */
export interface ReviewedPlan {
  readonly digest: string;
  /** The account's twelve digits. */
  readonly account: string;
  /** Whoever has an entry there. */
  readonly subjects: readonly ReviewedSubject[];
  readonly grants: readonly Grant[];
}

/** A subject as it was reviewed: `id` is IAM's unique id; undefined where it was not there yet. */
export interface ReviewedSubject extends Subject {
  readonly id?: string;
  /** Of one that was not there yet: the id that an apply gave it since, which did not do all. No plan file has it. */
  readonly made?: string;
  /** It was to be deactivated or deleted. */
  readonly ends?: true;
}

/** Does an entry of this intent take all from its subject? */
export function isEnd(intent: unknown): boolean {
  return intent === "delete" || intent === "deactivate";
}

/** The text that `parsePlanFile` reads back. */
export function planFileText({ account, digest, subjects, grants }: ReviewedPlan): string {
  const entries = subjects.map(({ type, name, id, ends }) => ({
    subject: { type, name },
    id,
    intent: ends && "delete",
  }));
  return JSON.stringify({ version: 1, account: { id: account }, digest, entries, grants });
}

/** Nothing was reviewed: only what a date asks for is covered. */
export function noReview(account: string): ReviewedPlan {
  return { account, digest: "", subjects: [], grants: [] };
}

/** What any of them covers, the oldest first: of a subject in several, the newest says which one it was. */
export function unionOf(plans: readonly [ReviewedPlan, ...ReviewedPlan[]]): ReviewedPlan {
  const [first] = plans;
  return {
    account: first.account,
    digest: first.digest,
    subjects: plans.flatMap(({ subjects }) => subjects),
    grants: plans.flatMap(({ grants }) => grants),
  };
}

/** `problem` says what is wrong with the file, to follow its name. */
export type ParsedPlan =
  | { readonly plan: ReviewedPlan; readonly problem?: never }
  | { readonly problem: string; readonly plan?: never };

/** Reads the text of a plan file. Keys that it does not know are passed over, but for those of a grant. */
export function parsePlanFile(text: string): ParsedPlan {
  const value = parseJson(text);
  if (value === undefined) return { problem: "is not JSON" };
  if (!isRecord(value) || !("version" in value) || !("entries" in value)) {
    return { problem: "is not a plan of iam-roster, as plan --out writes it" };
  }
  if (value["version"] !== 1) {
    return { problem: `is a plan of version ${shown(value["version"])}; this iam-roster reads version 1` };
  }
  if (value["digest"] === null) {
    return { problem: "holds no plan: the files had findings when it was written" };
  }
  return parseParts(value);
}

function parseParts(file: Fields): ParsedPlan {
  const { account, digest, entries, grants } = file;
  const id = isRecord(account) ? account["id"] : undefined;
  if (typeof id !== "string" || !/^\d{12}$/.test(id)) return wrong("account.id", "twelve digits", id);
  if (typeof digest !== "string" || !/^[0-9a-f]{64}$/.test(digest)) {
    return wrong("digest", "64 hexadecimal digits", digest);
  }
  if (!Array.isArray(entries)) return wrong("entries", "a list", entries);
  if (!Array.isArray(grants)) return wrong("grants", "a list", grants);
  const subjects = (entries as readonly unknown[]).map(parseSubject);
  const noSubject = subjects.indexOf(undefined);
  if (noSubject >= 0)
    return wrong(`entries[${noSubject}]`, "a subject with type and name", entries[noSubject]);
  const notGrant = grants.findIndex((grant) => !isGrant(grant));
  if (notGrant >= 0)
    return wrong(`grants[${notGrant}]`, "a grant that this iam-roster knows", grants[notGrant]);
  return {
    plan: {
      account: id,
      digest,
      subjects: subjects.filter((subject) => subject !== undefined),
      grants: grants as readonly Grant[],
    },
  };
}

function parseSubject(entry: unknown): ReviewedSubject | undefined {
  if (!isRecord(entry) || !isRecord(entry["subject"])) return undefined;
  const { id, intent } = entry;
  const { type, name } = entry["subject"];
  if (type !== "user" && type !== "group") return undefined;
  if (typeof name !== "string" || name === "") return undefined;
  const subject: ReviewedSubject = { type, name, ...(isEnd(intent) && { ends: true as const }) };
  if (id === undefined) return subject;
  return typeof id === "string" ? { ...subject, id } : undefined;
}

/** The keys of each kind of grant, sorted; see Grant. */
const GRANT_KEYS: ReadonlySet<string> = new Set([
  "policy,user",
  "policy,user,via",
  "group,user",
  "boundary,user",
  "tag,user",
  "tag,user,value",
  "path,user",
  "credential,to,user",
  "credential,to,token,user",
  "renamedFrom,user",
  "group,path",
  "group,renamedFrom",
]);

/** A grant with a key too many might mean less than it seems to, so the keys are exact. */
function isGrant(value: unknown): value is Grant {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value).toSorted().join(",");
  return GRANT_KEYS.has(keys) && Object.values(value).every((each) => typeof each === "string");
}

type Fields = Readonly<
  Partial<
    Record<
      "version" | "account" | "digest" | "entries" | "grants" | "id" | "intent" | "subject" | "type" | "name",
      unknown
    >
  >
>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function wrong(key: string, expected: string, found: unknown): ParsedPlan {
  return { problem: `is not a whole plan: ${key} should be ${expected}, and is ${shown(found)}` };
}

/** The value in short, on one line, with everything but plain ASCII escaped. */
function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return short.replace(/[^ -~…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
