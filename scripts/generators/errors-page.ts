import type { Finding, FindingCode } from "../../src/core/finding.ts";
import type { Refusal, RefusalCode, Warning, WarningCode } from "../../src/core/refusal.ts";
import { findingLine } from "../../src/render/findings.ts";
import { type Phrase, plain, say } from "../../src/render/phrase.ts";
import { OUTCOME_WORDS, type OutcomeName } from "../../src/render/words/outcomes.ts";
import { refusalWords, subjectWords } from "../../src/render/words/refusals.ts";
import { warningWords } from "../../src/render/words/warnings.ts";
import type { Explanation } from "./errors/explanation.ts";
import { FINDINGS } from "./errors/findings.ts";
import { FAILURES } from "./errors/failures.ts";
import { CAUSES, OUTCOMES } from "./errors/outcomes.ts";
import { REFUSALS } from "./errors/refusals.ts";
import { WARNINGS } from "./errors/warnings.ts";
import type { Generator } from "./generator.ts";

/*
 * docs/errors.md: what each code means and what to do. The messages are the program's own; the explanations stand in
 * errors/, in tables over the codes, so that a new code does not compile until it is explained.
 */

const HEADER = `<!-- Made from scripts/generators/errors/ and the program's own words by \`npm run generate\`; do not edit. -->

# What the messages mean

Every message has a code, and every code a section here: \`docs/errors.md#unknown-group\`. The code stands before the
words, behind the place in a file or the name of the user or group. A program finds it in JSON:

| where | codes of |
| --- | --- |
| \`iam-roster check --format json\`, at \`findings[].code\` | findings |
| \`iam-roster check --format github\`, as the title of each annotation | findings |
| \`iam-roster plan --format json\`, at \`findings\`, \`refusals\` and \`warnings\`; each change has its \`cause\` | findings, refusals, warnings, causes |
| \`iam-roster apply --report FILE\`, at each change's \`outcome\` and \`cause\` | outcomes, causes |

Findings that are errors and all refusals make the exit status 1. So does every outcome but \`done\`, except
\`not-reviewed\` on what this change did not request. Warnings do not; with \`iam-roster check --strict\`, those of the
files do. All exit statuses are in [reference/command.md](reference/command.md).
`;

const GENERAL = `A message that begins with \`error:\` ends the run, with status 1. It has no code and no section of its own; a
second line, where there is one, says what to do.

- **A mistake in the call**, such as an option that is not known, a \`--root\` that is no directory, a \`--base\` that is
  neither a directory nor a Git ref, or a file that is no plan. Nothing was asked of the account. \`iam-roster COMMAND
  --help\` shows what can be written. A ref that is not found in a workflow was probably not fetched (\`fetch-depth: 0\`).
- **The account kept changing while it was read.** Run it again when it is quiet.
- **A file that cannot be read or written**, such as that of \`--report\`. Before the first change this stops the run;
  behind the last one it does not undo anything, and what was done is told on the terminal.

\`apply\` also ends with status 1, and without a change, where something is to do and nobody agreed to it: the answer was
not \`yes\`, nobody could be asked, or the digest is that of another plan. Look at the plan as it is now, and agree to
that one. Where nothing is to do, nobody has to agree, and no digest is wrong: the plan that was agreed to may have been
applied already.

AWS itself fails in one of three ways, before a plan as an \`error:\`, during \`apply\` behind the change:`;

export const errorsPage: Generator = {
  path: "docs/errors.md",
  make: () => Promise.resolve([HEADER, ...groups()].join("\n")),
};

interface Section extends Explanation {
  readonly code: string;
  /** Says what follows from it, behind the heading. */
  readonly weight?: string | undefined;
  readonly message?: string | undefined;
}

function groups(): readonly string[] {
  return [
    group(
      "Findings",
      "Something in the files is wrong. An error stops `plan` and `apply` before the account is asked. Where only the files of `--base` are wrong, their names begin with the base's (`main:users.yaml`); what was before cannot be mended, so give `--base` an older ref, or a directory, whose files are sound.",
      entriesOf(FINDINGS).map(([code, explained]) => ({
        ...explained,
        code,
        weight: explained.severities.join(" or "),
        message: findingMessage(code),
      })),
    ),
    group(
      "Refusals",
      "The files are right, and the plan is not carried out: as a whole, or one entry of it while the rest goes on.",
      entriesOf(REFUSALS).map(([code, explained]) => ({
        ...explained,
        code,
        weight: explained.subject === undefined ? "the whole plan" : "one entry, and what needs it",
        message: refusalText(code),
      })),
    ),
    group(
      "Warnings",
      "The account or the settings are odd. The plan is carried out all the same.",
      entriesOf(WARNINGS).map(([code, explained]) => ({ ...explained, code, message: warningText(code) })),
    ),
    group(
      "Outcomes",
      "What became of a change.",
      entriesOf(OUTCOMES).map(([code, explained]) => ({ ...explained, code, weight: shown(code) })),
    ),
    group(
      "Causes",
      "Why a change is in the plan; see [decision 10](decisions/0010-due.md).",
      entriesOf(CAUSES).map(([code, explained]) => ({ ...explained, code })),
    ),
    group(
      "General errors",
      GENERAL,
      entriesOf(FAILURES).map(([code, explained]) => ({ ...explained, code })),
    ),
  ];
}

function entriesOf<Code extends string, Value>(
  table: Readonly<Record<Code, Value>>,
): readonly (readonly [Code, Value])[] {
  return Object.entries(table) as [Code, Value][];
}

function findingMessage(code: FindingCode): string {
  const { example, severities, file = "users.yaml", isOfFile = false } = FINDINGS[code];
  const place = isOfFile ? { line: 1, column: 1 } : { line: 4, column: 5 };
  const [severity = "error"] = severities;
  return findingLine({ code, severity, file, ...place, arguments: example } as Finding);
}

function refusalText(code: RefusalCode): string {
  const { example, subject } = REFUSALS[code];
  const { problem, wayOut } = refusalWords({ code, subject, arguments: example } as Refusal);
  return `${about(subject, say`${[code]}: ${problem}`)}\n  ${plain(wayOut)}`;
}

function warningText(code: WarningCode): string {
  const { example, subject } = WARNINGS[code];
  return about(subject, say`${[code]}: ${warningWords({ code, subject, arguments: example } as Warning)}`);
}

function about(subject: Refusal["subject"], message: Phrase): string {
  return plain(subject === undefined ? message : say`${subjectWords(subject)}: ${message}`);
}

function shown(outcome: OutcomeName): string {
  return `shown as “${OUTCOME_WORDS[outcome]}”`;
}

function group(title: string, lead: string, sections: readonly Section[]): string {
  const index = sections.map(({ code }) => `[${code}](#${code})`).join(" · ");
  return [`## ${title}`, "", lead, "", index, "", ...sections.map(section)].join("\n");
}

function section({ code, weight, message, means, todo }: Section): string {
  const example = message === undefined ? [] : ["```text", message, "```", ""];
  const lead = weight === undefined ? "" : `*${weight[0]?.toUpperCase()}${weight.slice(1)}.* `;
  return [`### ${code}`, "", ...example, `${lead}${means}`, "", `**What to do:** ${todo}`, ""].join("\n");
}
