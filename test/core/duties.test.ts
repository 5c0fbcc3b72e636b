import { expect, test } from "vitest";
import { DUE_PART, READING } from "../../src/core/duties.ts";
import { JOBS } from "../../src/core/job.ts";

const kinds = Object.entries(DUE_PART).map(([kind, part]) => ({ kind, part }));

test("time alone creates nothing, renames nobody, lets nobody in and changes no group", () => {
  const giving = /^Create|^Add|^Untag|^UpdateUser$|Boundary$/;
  const ofGroups = /^(?:Create|Update|Delete|Attach|Detach|Put)Group|^DeleteGroupPolicy$/;
  const asked = kinds.filter(({ part }) => part !== "nothing").map(({ kind }) => kind);
  expect(asked.filter((kind) => giving.test(kind) || ofGroups.test(kind))).toEqual([]);
});

test("of what gives, time alone asks for the deny and for the tag that says when", () => {
  const parts = kinds.filter(({ part }) => part === "deny" || part === "mark");
  expect(parts).toEqual([
    { kind: "TagUser", part: "mark" },
    { kind: "AttachUserPolicy", part: "deny" },
    { kind: "PutUserPolicy", part: "deny" },
  ]);
});

test("every job plans on the whole account, and only those that write look at one user again", () => {
  expect(JOBS).toEqual(["plan", "apply", "expire"]);
  expect(READING.snapshot).toEqual(JOBS);
  expect(READING.user).toEqual(["apply", "expire"]);
});
