import type { DeclaredUser, Duration, Roster, Until } from "../roster.ts";
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
    .flatMap((user) => [
      ...soon({ user: user.name, group: undefined, until: user.until }, now),
      ...memberships(user, now),
    ])
    .toSorted(inOrderOfTheirEnds);
}

function memberships({ name: user, until: end, groups }: DeclaredUser, now: Instant): readonly Ending[] {
  return [...groups.values()]
    .toSorted((one, other) => compareNames(one.group, other.group))
    .flatMap(({ group, until }) => soon({ user, group, until }, now))
    .filter(({ until }) => end === undefined || endOf(until) < endOf(end));
}

interface Line extends Omit<Ending, "until"> {
  readonly until: Until | undefined;
}

/** As a list, which is empty where the line ends at another time, or never. */
function soon({ until, ...line }: Line, now: Instant): readonly Ending[] {
  if (until === undefined || isPast(until, now) || endOf(until) > Date.parse(now) + SOON) return [];
  return [{ ...line, until }];
}

function inOrderOfTheirEnds(one: Ending, other: Ending): number {
  return endOf(one.until) - endOf(other.until) || compareNames(one.user, other.user);
}
