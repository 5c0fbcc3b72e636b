import type { Duration, Roster, Until } from "../roster.ts";
import { compareNames } from "../rules/names.ts";
import type { GroupName, Instant, UserName } from "../state.ts";
import { DAY, endOf, isPast } from "../time.ts";

/** What ends soon by what the files say. */
export interface Ending {
  readonly user: UserName;
  /** The membership that ends; undefined: the whole user. */
  readonly group: GroupName | undefined;
  readonly until: Until;
}

const SOON: Duration = 14 * DAY;

/** The first to end first. A membership that does not end before its user does is not told. */
export function endsSoon({ users }: Pick<Roster, "users">, now: Instant): readonly Ending[] {
  return [...users.values()]
    .filter(({ status, until }) => status === "active" && !isPast(until, now))
    .flatMap(({ name: user, until, groups }) => [
      ...ending({ user, group: undefined, until }, now),
      ...[...groups.values()]
        .filter((membership) => isBefore(membership.until, until))
        .toSorted((one, other) => compareNames(one.group, other.group))
        .flatMap((membership) => ending({ user, group: membership.group, until: membership.until }, now)),
    ])
    .toSorted(inOrderOfTheirEnds);
}

/** As a list, which is empty where the line ends at another time, or never. */
function ending(
  { until, ...line }: Omit<Ending, "until"> & { until: Until | undefined },
  now: Instant,
): readonly Ending[] {
  const isSoon = until !== undefined && !isPast(until, now) && endOf(until) <= Date.parse(now) + SOON;
  return isSoon ? [{ ...line, until }] : [];
}

function isBefore(one: Until | undefined, other: Until | undefined): boolean {
  return one !== undefined && (other === undefined || endOf(one) < endOf(other));
}

function inOrderOfTheirEnds(one: Ending, other: Ending): number {
  return endOf(one.until) - endOf(other.until) || compareNames(one.user, other.user);
}
