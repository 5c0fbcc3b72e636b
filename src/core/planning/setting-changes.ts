import type { Warning } from "../refusal.ts";
import type { Settings } from "../roster.ts";
import { canonicalJson, jsonOf } from "../rules/documents.ts";
import { formatDuration } from "../rules/duration.ts";
import { compareText } from "../rules/names.ts";

/**
 * What the files change of the settings that guard plans. A plan is held to the new settings only, and shows nothing of
 * what the old ones would have stopped; so whoever reviews it has to be told.
 */
export function settingWarnings(base: Settings | undefined, head: Settings): readonly Warning[] {
  if (base === undefined) return [];
  const [old, now] = [guards(base), guards(head)];
  return Object.keys(now).flatMap((setting): readonly Warning[] => {
    const [before, after] = [old[setting], now[setting]];
    if (before === after) return [];
    return [{ code: "guard-changed", subject: undefined, arguments: { setting, before, after } }];
  });
}

/** Each setting that guards, by its name in roster.yaml, as JSON; undefined where it is not set. */
function guards({
  account,
  owner,
  protected: guarded,
  ignore,
  admins,
  limits: { losing, override },
  offboarding,
  // These stop nothing.
  credentials: _,
  hygiene: __,
}: Settings): Readonly<Record<string, string | undefined>> {
  const { deleteAfter, verifyAfter } = offboarding;
  return {
    account: textOf(account),
    owner: textOf(owner),
    protected: listText(guarded),
    "ignore.users": listText(ignore.users),
    "ignore.groups": listText(ignore.groups),
    "ignore.tags": listText(ignore.tags),
    "admins.groups": listText(admins.groups),
    "admins.atLeast": textOf(admins.atLeast),
    "limits.losing": textOf(losing),
    "limits.override": textOf(override),
    "offboarding.deleteAfter": deleteAfter === "never" ? deleteAfter : formatDuration(deleteAfter),
    "offboarding.verifyAfter": formatDuration(verifyAfter),
  };
}

function textOf(value: string | number | object | undefined): string | undefined {
  return value === undefined ? undefined : canonicalJson(jsonOf(value));
}

/** In which order names stand makes no difference. */
function listText(names: readonly string[]): string {
  return JSON.stringify(names.toSorted(compareText));
}
