import type { Difference, Drift } from "../core/drift/drift.ts";
import type { Edit, Unadoptable } from "../core/drift/edit.ts";
import type { Ending } from "../core/drift/endings.ts";
import type { HygieneCode, HygieneFinding } from "../core/drift/hygiene.ts";
import type { Unmanaged } from "../core/plan.ts";
import {
  type AccountJson,
  accountJson,
  changeJson,
  type EntryJson,
  entryJson,
  type FindingJson,
  findingJson,
  jsonText,
  type MessageJson,
  NONE,
  NOTHING,
  refusalJson,
  warningJson,
} from "./json.ts";
import { plain } from "./phrase.ts";
import { hygieneWords } from "./words/hygiene.ts";
import { sidesOf } from "./words/sides.ts";

/*
 * What other programs read of drift. Version 1 may gain keys and never loses one, as with plans.
 */

export interface DriftJson {
  readonly version: 1;
  /** null where wrong files kept anything from being looked at. */
  readonly account: AccountJson | null;
  readonly findings: readonly FindingJson[];
  readonly differences: readonly DifferenceJson[];
  /** The name of this set of differences. */
  readonly key: string | null;
  /** What `apply --digest` takes. */
  readonly digest: string | null;
  readonly hygiene: { readonly findings: readonly HygieneJson[]; readonly unknown: readonly string[] };
  readonly endsSoon: readonly EndingJson[];
  readonly unmanaged: Unmanaged;
  readonly refusals: readonly MessageJson[];
  readonly warnings: readonly MessageJson[];
}

export interface DifferenceJson extends EntryJson {
  readonly refused: boolean;
  /** What to write to keep what the account has. */
  readonly adopt: readonly Edit[];
  /** Why no line keeps it. */
  readonly unadoptable: readonly Unadoptable[];
}

export interface HygieneJson {
  readonly code: HygieneCode;
  /** null: the account's root user. */
  readonly user: string | null;
  readonly managed: boolean;
  readonly message: string;
}

export interface EndingJson {
  readonly user: string;
  /** null: the whole user ends. */
  readonly group: string | null;
  readonly until: string;
}

/** What `drift --format json` prints; without drift, the findings that kept it from being found. */
export function renderDriftJson(drift: Drift | undefined, findings: readonly FindingJson[]): string {
  return jsonText(driftJson(drift, findings));
}

function driftJson(drift: Drift | undefined, findings: readonly FindingJson[]): DriftJson {
  const plan = drift?.plan;
  return {
    version: 1,
    account: plan === undefined ? NONE : accountJson(plan.account),
    findings: findings.map(findingJson),
    differences: (drift?.differences ?? []).map(differenceJson),
    key: drift?.key ?? NONE,
    digest: plan?.digest ?? NONE,
    hygiene: {
      findings: (drift?.hygiene.findings ?? []).map(hygieneJson),
      unknown: drift?.hygiene.unknown ?? [],
    },
    endsSoon: (drift?.endsSoon ?? []).map(endingJson),
    unmanaged: plan?.unmanaged ?? NOTHING,
    refusals: (plan?.refusals ?? []).map(refusalJson),
    warnings: (plan?.warnings ?? []).map(warningJson),
  };
}

/** Each change also says in words what the roster says and what the account has. */
function differenceJson({ entry, isRefused, adoption, live }: Difference): DifferenceJson {
  const { type } = entry.subject;
  const changes = entry.changes.map((change) => {
    const { roster, account } = sidesOf(change, { type, live });
    return { ...changeJson(change), roster: plain(roster), account: plain(account) };
  });
  const { edits: adopt, unadoptable } = adoption;
  return { ...entryJson(entry), changes, refused: isRefused, adopt, unadoptable };
}

function hygieneJson(finding: HygieneFinding): HygieneJson {
  const { code, user, managed } = finding;
  return { code, user: user ?? NONE, managed, message: plain(hygieneWords(finding)) };
}

function endingJson({ user, group, until }: Ending): EndingJson {
  return { user, group: group ?? NONE, until };
}
