import type { Check, CheckStatus } from "../core/check.ts";
import { type Paint, PLAIN } from "./paint.ts";
import { plain } from "./phrase.ts";
import { checkWords } from "./words/checks.ts";

/** One line for each check, and one that sums up. */
export function renderChecks(checks: readonly Check[], paint: Paint = PLAIN): string {
  const lines = checks.map(
    (check) => `${paint[PAINTS[check.status]](check.status.padEnd(WIDTH))}  ${text(check)}`,
  );
  const missing = checks.filter(({ status }) => status === "missing").length;
  const end = missing === 0 ? "Nothing that is needed is missing." : `${missing} missing.`;
  return [...lines, "", end].map((line) => `${line}\n`).join("");
}

function text(check: Check): string {
  return plain(checkWords(check)).replaceAll("\n", `\n${" ".repeat(WIDTH + 2)}`);
}

const WIDTH = "missing".length;

const PAINTS: Readonly<Record<CheckStatus, keyof Paint>> = {
  ok: "gives",
  missing: "alarm",
  unknown: "changes",
  note: "changes",
};
