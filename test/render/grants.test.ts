import { expect, test } from "vitest";

import type { Grant } from "../../src/core/grant.ts";
import { plain } from "../../src/render/phrase.ts";
import { grantWords } from "../../src/render/words/grants.ts";

const GRANTS: readonly (readonly [Grant, string])[] = [
  [{ user: "emily", policy: "arn:aws:iam::aws:policy/SecurityAudit" }, "emily gets SecurityAudit"],
  [
    { user: "emily", via: "team", policy: "arn:aws:iam::123456789012:policy/team/base" },
    "emily gets arn:aws:iam::123456789012:policy/team/base through team",
  ],
  [
    { user: "emily", policy: `sha256:0123456789ab${"0".repeat(52)}` },
    "emily gets an inline policy (sha256:0123456789ab…)",
  ],
  [{ user: "emily", group: "team" }, "emily joins team"],
  [{ user: "emily", boundary: "none" }, "emily has no permissions boundary"],
  [
    { user: "emily", boundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    "emily has permissions boundary ReadOnlyAccess",
  ],
  [{ user: "emily", tag: "team", value: "x y" }, 'emily is tagged team = "x y"'],
  [{ user: "emily", tag: "team" }, "emily loses tag team"],
  [{ user: "emily", path: "/people/" }, "emily is at path /people/"],
  [{ user: "emily", renamedFrom: "em" }, "emily is renamed from em"],
  [{ group: "team", path: "/a/" }, "team is at path /a/"],
  [{ group: "team", renamedFrom: "crew" }, "team is renamed from crew"],
];

test.each(GRANTS)("the grant %j is told as: %s", (grant, words) => {
  expect(plain(grantWords(grant))).toBe(words);
});
