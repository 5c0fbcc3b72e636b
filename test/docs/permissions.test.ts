import { join } from "node:path";
import { expect, test } from "vitest";
import { JOBS } from "../../src/core/job.ts";
import { jobPolicy } from "../../src/iam/job-policy.ts";
import { decide, type StatementToRead } from "../calls/evaluate.ts";
import { CHECKOUT, readPages } from "./page.ts";

const PAGE = readPages().find(({ name }) => name === "docs/permissions.md")!;
const SCOPE = { partition: "aws", account: "123456789012", paths: ["/"], protected: [] };

/** Every permission with what it is asked for on, and the jobs that have it; `part` where a condition narrows it. */
function table(): string {
  const rows = new Map<string, Record<string, string>>();
  for (const job of JOBS) {
    const allowing = jobPolicy(job, SCOPE).Statement.filter(({ Effect }) => Effect === "Allow");
    for (const { Action = [], Resource, Condition } of allowing) {
      const on = [Resource].flat().at(-1)!.replace("arn:aws:iam::123456789012:", "");
      for (const action of Action) {
        rows.set(action, { ...rows.get(action), on, [job]: Condition === undefined ? "yes" : "part" });
      }
    }
  }
  const lines = [...rows]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([action, row]) =>
        `| \`${action}\` | \`${row["on"]}\` | ${JOBS.map((job) => row[job] ?? "").join(" | ")} |`,
    );
  return [`| permission | on | ${JOBS.join(" | ")} |`, "| --- | --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
}

test("the page on permissions has every permission of every job", async () => {
  const now = PAGE.text.replace(
    /(<!-- permissions -->\n)[^]*(<!-- end -->)/,
    (_, begin: string, end: string) => `${begin}\n${table()}\n\n${end}`,
  );
  await expect(now).toMatchFileSnapshot(join(CHECKOUT, PAGE.name));
});

test("the statements that the page offers to narrow apply deny what it says", () => {
  const block = PAGE.blocks.find(({ language }) => language === "json")!;
  const Statement = [
    ...jobPolicy("apply", SCOPE).Statement,
    ...(JSON.parse(block.text) as StatementToRead[]),
  ];
  const may = (permission: string, context = {}): string =>
    decide({ Statement }, { permission, resource: "arn:aws:iam::123456789012:user/x", context });
  const boundary = { "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/boundary" };
  expect(may("iam:CreateUser", boundary)).toBe("allowed");
  expect(may("iam:CreateUser")).toBe("denied");
  expect(
    may("iam:PutUserPermissionsBoundary", {
      "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  ).toBe("denied");
  expect(may("iam:DeleteUserPermissionsBoundary", boundary)).toBe("denied");
  expect(
    may("iam:AttachUserPolicy", { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" }),
  ).toBe("denied");
  expect(may("iam:AttachUserPolicy", { "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSDenyAll" })).toBe(
    "allowed",
  );
});
