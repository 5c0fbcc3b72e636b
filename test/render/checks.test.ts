import { describe, expect, test } from "vitest";
import type { Check, CheckArguments, CheckCode } from "../../src/core/check.ts";
import { renderChecks } from "../../src/render/checks.ts";

/** Text from outside, in each place that takes it: it would end the line, begin another and clear the screen. */
const NASTY = "evil\u001b[2J\u202e\nok       all is well";

const EACH: Readonly<CheckArguments> = {
  node: { version: "24.1.0" },
  git: { version: NASTY },
  "no-git": {},
  files: { users: 1, groups: 2 },
  "files-wrong": { errors: 1 },
  caller: { arn: NASTY },
  "no-account": { problem: NASTY },
  endpoint: { endpoint: NASTY, region: NASTY },
  account: { account: NASTY },
  "account-not-set": { account: NASTY },
  "owner-not-set": { owner: NASTY },
  "other-account": { account: NASTY, ours: NASTY },
  root: {},
  "caller-is-user": { user: NASTY },
  reads: { count: 13, of: 14 },
  "read-denied": { permission: NASTY },
  "read-unknown": { permission: NASTY, because: NASTY },
  writes: { job: "apply", count: 40 },
  "write-denied": { permission: NASTY, resource: NASTY },
  "writes-denied": { job: "apply", count: 1 },
  "writes-unknown": { job: "apply", because: NASTY },
  "account-unread": { problem: NASTY },
  report: {},
  passwords: { usersMayChange: true },
  quota: { what: "groups", count: 299, most: 300 },
  protected: { user: NASTY },
  "protected-absent": { user: NASTY },
  "protected-case": { written: NASTY, live: NASTY },
};

function check(code: CheckCode, status: Check["status"]): Check {
  return { code, status, arguments: EACH[code] } as unknown as Check;
}

describe("checks", () => {
  test.each(Object.keys(EACH) as readonly CheckCode[])(
    "%s is told in a line that no name can leave",
    (code) => {
      const [first = "", ...more] = renderChecks([check(code, "note")])
        .trimEnd()
        .split("\n");
      expect(first).toMatch(/^note {5}\S/);
      const end = more.splice(-2);
      expect(end).toEqual(["", "Nothing that is needed is missing."]);
      // A second line is further in, so that it is not taken for a check.
      expect(more.filter((line) => !line.startsWith(" ".repeat(9)))).toEqual([]);
      expect(`${first}${more.join("")}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    },
  );

  test("end with what is missing", () => {
    const checks = [check("root", "missing"), check("report", "ok"), check("files-wrong", "missing")];
    expect(renderChecks(checks)).toMatch(
      /^missing {2}these are .*\nok {7}the .*\nmissing {2}the files.*\n\n2 missing\.\n$/,
    );
  });
});
