import { join } from "node:path";
import { expect, test } from "vitest";
import { READ_PERMISSIONS, WRITE_PERMISSIONS } from "../../src/iam/permissions.ts";
import { CHECKOUT, readPages, withTexts } from "./page.ts";

const { account, snapshot, credentials, policyExists } = READ_PERMISSIONS;
const PLAN = new Set([account, snapshot, credentials, policyExists].flat());
const APPLY = new Set([...Object.values(READ_PERMISSIONS), ...Object.values(WRITE_PERMISSIONS)].flat());

function policyText(actions: ReadonlySet<string>): string {
  const statement = { Effect: "Allow", Action: [...actions].toSorted(), Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2);
}

test("the page on permissions has those that the calls need", async () => {
  const page = readPages().find(({ name }) => name === "docs/permissions.md")!;
  const [plan, apply] = page.blocks.filter(({ language }) => language === "json");
  const now = withTexts(
    page,
    new Map([
      [plan!, policyText(PLAN)],
      [apply!, policyText(APPLY.difference(PLAN))],
    ]),
  );
  await expect(now).toMatchFileSnapshot(join(CHECKOUT, page.name));
});
