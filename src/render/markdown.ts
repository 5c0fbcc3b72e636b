import { type Change, credentialOf, isIssue, type IssueKind } from "../core/change.ts";
import {
  type Entry,
  isRefused,
  type Plan,
  type PlannedChange,
  summarise,
  type Unmanaged,
} from "../core/plan.ts";
import {
  type Circumstances,
  footer,
  NO_CIRCUMSTANCES,
  OFFLINE_NOTE,
  rosterMarkdown,
} from "./circumstances.ts";
import { entryItem } from "./entry-markdown.ts";
import { inMarkdown } from "./markdown-phrase.ts";
import { clipped, counted, listing, type Phrase, plain, say } from "./phrase.ts";
import { refusalSections, warningSections } from "./refusals-markdown.ts";
import { filled, type Item, type Section, sectionsMarkdown } from "./sections.ts";
import { accountWords } from "./words/account.ts";
import { recipientsWords } from "./words/changes.ts";
import { entryWords } from "./words/entries.ts";
import { type Gained, gainedOf } from "./words/gained.ts";
import { takesAway } from "./words/signs.ts";
import { countsWords, destructiveWords, refusedCount } from "./words/summary.ts";

/** The plan as a page for GitHub, whole. Ends with a line break. */
export function renderPlanMarkdown(plan: Plan): string {
  return sectionsMarkdown(planSections(plan, NO_CIRCUMSTANCES));
}

/** The page in its parts, in order: what has to be judged before what is only good to know. */
export function planSections(plan: Plan, circumstances: Circumstances): readonly Section[] {
  return filled([
    verdictSection(plan, circumstances),
    ...refusalSections(plan, NOT_ASKED),
    ...entrySections(plan),
    ...warningSections(plan.warnings),
    unmanagedSection(plan.unmanaged),
    recipientsSection(plan.entries),
    // What was made without the account can be agreed to by nobody.
    footer(circumstances.offline ? undefined : plan.digest, circumstances),
  ]);
}

function verdictSection(plan: Plan, circumstances: Circumstances): Section {
  const { offline } = circumstances;
  const { changes } = summarise(plan.entries);
  const destructive = destructiveWords(plan.entries);
  const parts = [
    ...rosterMarkdown(circumstances),
    offline ? "Account not looked at" : `Account ${inMarkdown(accountWords(plan.account))}`,
    ...(changes === 0 ? [] : [plain(counted(changes, "change"))]),
    ...(destructive === undefined ? [] : [`⚠️ ${inMarkdown(clipped(destructive))}`]),
  ];
  return {
    title: undefined,
    blocks: [`### ${verdict(plan, offline)}`, parts.join(" · "), ...(offline ? [OFFLINE_NOTE] : [])],
    fold: "open",
    essential: true,
  };
}

/** `2 users to create, 1 to deactivate; 1 group to create, 1 entry refused` */
function verdict(plan: Plan, offline: boolean): string {
  const what = plan.entries.length === 0 ? nothingWords(plan, offline) : countsWords(plan.entries);
  const mark = isRefused(plan) ? "⛔ Refused: " : plan.refused.some(isAskedFor) ? "⛔ " : "";
  return `${mark}${[what, ...refusedCount(plan.refused)].join(", ")}`;
}

/** Does it fail the job that this is refused? */
function isAskedFor({ changes }: Entry): boolean {
  return changes.some(isRequested);
}

function nothingWords({ refusals }: Plan, offline: boolean): string {
  if (refusals.length > 0) return "Nothing to apply";
  return offline
    ? "✅ No changes: the files ask for the same as before"
    : "✅ No changes: the account matches the roster";
}

/*
 * What takes something away is first, then what gives, and of each what this change asks for before what was pending or
 * fell due. The rest is folded.
 */
function entrySections({ entries, grants }: Plan): readonly Section[] {
  const gained = gainedOf(grants);
  const asked = entries.flatMap((entry) => partOf(entry, isRequested));
  const other = entries.flatMap((entry) => partOf(withoutRepeating(entry), (change) => !isRequested(change)));
  const quiet = [...asked, ...other].filter(isQuiet);
  const section = (title: string, some: readonly Entry[]): Section => ({
    title,
    blocks: [],
    items: itemsOf(some, gained),
    fold: "open",
    essential: some.some(takesAway),
  });
  const mighty = (which: string, some: readonly Entry[]): Section => ({
    ...section(`🔑 Makes an administrator, or issues anew${which}`, resetsFirst(some.filter(givesMuch))),
    essential: true,
  });
  return [
    section("⚠️ Takes away", asked.filter(takesAway)),
    section(`⚠️ Takes away, ${NOT_ASKED}`, other.filter(takesAway)),
    mighty("", asked),
    mighty(`, ${NOT_ASKED}`, other),
    section("Gives or may give", asked.filter(givesLittle)),
    section(`Gives or may give, ${NOT_ASKED}`, other.filter(givesLittle)),
    { ...section(`Changes nobody's access (${quiet.length})`, quiet), fold: "folded" },
  ];
}

function itemsOf(entries: readonly Entry[], gained: Gained): readonly Item[] {
  return entries.map((entry) => entryItem(entryWords(entry, gained), entry.subject.type));
}

/** Whoever may say who reads the next password of somebody can become that somebody, so that is looked at first. */
function resetsFirst(entries: readonly Entry[]): readonly Entry[] {
  return [...entries.filter(isReset), ...entries.filter((entry) => !isReset(entry))];
}

function isReset({ changes }: Entry): boolean {
  return changes.some((change) => isIssue(change) && change.token !== undefined);
}

/** Shown in full before everything that gives less, so that a crowd of small things does not push it out. */
function givesMuch(entry: Entry): boolean {
  return !takesAway(entry) && (isReset(entry) || entry.changes.some(({ privileged }) => privileged === true));
}

function givesLittle(entry: Entry): boolean {
  return !takesAway(entry) && !isQuiet(entry) && !givesMuch(entry);
}

/** Nothing in it changes what anybody can do. */
function isQuiet(entry: Entry): boolean {
  return !takesAway(entry) && !givesMuch(entry) && entry.changes.every(({ reach }) => reach === "keeps");
}

const NOT_ASKED = "not asked for by this change: pending from before, or due";

/** The entry with those of its changes; nothing where none is. */
function partOf(entry: Entry, isPart: (change: PlannedChange) => boolean): readonly Entry[] {
  const changes = entry.changes.filter(isPart);
  return changes.length === 0 ? [] : [{ ...entry, changes }];
}

function isRequested({ cause }: PlannedChange): boolean {
  return cause === "requested";
}

/** What is known of a user, and what holds after, is told once: with what was requested. */
function withoutRepeating(entry: Entry): Entry {
  return entry.changes.some(isRequested)
    ? { ...entry, evidence: undefined, after: undefined, members: undefined }
    : entry;
}

export function unmanagedSection({ users, groups, members }: Unmanaged): Section {
  const memberships = members.map(({ user, group }) => say`${user} in ${group}`);
  const count = users.length + groups.length + members.length;
  return {
    title: `Not managed, and left alone (${count})`,
    blocks: [],
    items: [
      ...names(users, "user", "users"),
      ...names(groups, "group", "groups"),
      ...names(memberships, "member of a declared group", "members of declared groups"),
    ],
    noun: ["list", "lists"],
    fold: "folded",
    essential: false,
  };
}

/** How many names a line has where there is no room for all. */
const NAMED = 20;

function names(all: readonly (string | Phrase)[], noun: string, plural: string): readonly Item[] {
  if (all.length === 0) return [];
  const count = counted(all.length, noun, plural);
  return [
    {
      whole: inMarkdown(say`${count}: ${listing(all)}`),
      line: `- ${inMarkdown(clipped(say`${count}: ${listing(all, NAMED)}`))}`,
      name: plain(count),
    },
  ];
}

/** Whoever holds one of these keys can sign in as the user. */
function recipientsSection(entries: readonly Entry[]): Section {
  const issues = entries.flatMap(({ changes }) => changes.filter((change) => isIssue(change)));
  return {
    title: "Who can read what is issued",
    blocks: [],
    items: issues.map(recipientsItem),
    noun: ["credential", "credentials"],
    fold: "open",
    essential: false,
  };
}

function recipientsItem(change: Change<IssueKind>): Item {
  const what = credentialOf(change) === "password" ? "a password" : "an access key";
  const words = say`${change.user}: ${[what]} to ${recipientsWords(change.to)}`;
  const line = inMarkdown(clipped(words));
  const many = say`${change.user}: ${[what]} to ${counted(change.to.length, "recipient")}`;
  return {
    whole: `- ${inMarkdown(words)}`,
    line: `- ${line.length <= LINE_ROOM ? line : inMarkdown(clipped(many))}`,
    name: inMarkdown(clipped(say`${change.user}`)),
  };
}

const LINE_ROOM = 600;
