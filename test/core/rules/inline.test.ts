import { expect, test } from "vitest";

import { documentSize } from "../../../src/core/rules/documents.ts";
import { inlineSizeAfter } from "../../../src/core/rules/inline.ts";

const document = (action: string) => ({ Statement: [{ Effect: "Deny", Action: action, Resource: "*" }] });

test("all inline policies count together, but not the one that is replaced", () => {
  const policies = [
    { name: "One", document: document("s3:*") },
    { name: "two", document: document("ec2:*") },
  ];
  const put = document("iam:*");
  const [one = 0, two = 0] = policies.map((policy) => documentSize(policy.document));
  expect(inlineSizeAfter(policies, { name: "three", document: put })).toBe(one + two + documentSize(put));
  expect(inlineSizeAfter(policies, { name: "ONE", document: put })).toBe(two + documentSize(put));
});
