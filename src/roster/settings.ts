import type { Duration, Override, Settings } from "../core/roster.ts";
import { parseDuration } from "../core/rules/duration.ts";
import type { RosterFile as WrittenSettings } from "./schema/written.ts";

/** roster.yaml with its defaults, which the schema states too. */
export function resolveSettings(written: WrittenSettings): Settings {
  const { ignore, admins, limits, offboarding, credentials, hygiene } = written;
  const deleteAfter = offboarding?.deleteAfter ?? "never";
  return {
    account: written.account,
    owner: written.owner,
    protected: written.protected ?? [],
    ignore: { users: ignore?.users ?? [], groups: ignore?.groups ?? [], tags: ignore?.tags ?? ["AKIA*"] },
    admins: { groups: admins?.groups ?? [], atLeast: admins?.atLeast ?? 1 },
    limits: {
      losing: { people: limits?.losing?.people ?? 3, percent: limits?.losing?.percent ?? 10 },
      override: override(limits?.override),
    },
    offboarding: {
      deleteAfter: deleteAfter === "never" ? "never" : duration(deleteAfter),
      verifyAfter: duration(offboarding?.verifyAfter ?? "15s"),
    },
    credentials: {
      unclaimedAfter: duration(credentials?.unclaimedAfter ?? "7d"),
      rotationOverlap: duration(credentials?.rotationOverlap ?? "7d"),
    },
    hygiene: { keyAge: duration(hygiene?.keyAge ?? "90d"), unused: duration(hygiene?.unused ?? "90d") },
  };
}

type WrittenOverride = NonNullable<NonNullable<WrittenSettings["limits"]>["override"]>;

/** An override that lifts nothing is none. */
function override(written: WrittenOverride | undefined): Override | undefined {
  const { losing, firstContact = false, until, reason } = written ?? {};
  if (until === undefined || reason === undefined || (losing === undefined && !firstContact))
    return undefined;
  return { losing, firstContact, until, reason };
}

function duration(text: string): Duration {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new Error(`not a duration, which the schema should have found: ${text}`);
  return parsed;
}
