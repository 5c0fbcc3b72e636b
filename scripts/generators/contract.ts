import { CONTRACT, type Subject } from "../../test/contract/contract.ts";
import { type Difference, differenceOf, SOURCES } from "../../test/contract/differences.ts";
import type { Line, Seen } from "../../test/contract/line.ts";
import { WITHOUT } from "../../test/contract/way.ts";
import { code, row } from "./cells.ts";
import type { Generator } from "./generator.ts";

/*
 * docs/contract.md: what we hold IAM to do, and where moto does otherwise.
 */

const HEADER = `<!-- Made from test/contract by \`npm run generate\`; do not edit. -->

# What we hold IAM to do

iam-roster is tested against a sandbox of its own (\`src/sandbox\`). A sandbox that is wrong about IAM would let wrong code
pass. So what we hold IAM to do is written down once, in \`test/contract/lines\`: a sentence, the calls that show it, made
through the AWS SDK, and what IAM gives. \`npm test\` holds the sandbox to every line.

\`npm run test:moto\` holds [moto](https://github.com/getmoto/moto), which other people wrote, to the same lines. It needs
Python 3.11 or later and a package index: it installs moto and the AWS command line, in the versions of
\`test/moto/requirements.txt\`, below \`node_modules/.cache\`, and starts moto on a free port of 127.0.0.1. It then

- tries every line on moto. A line holds, or moto differs in just the way that is listed below. Any other difference
  fails, and so does one that has disappeared: then it is taken off \`test/contract/differences.ts\`.
- lets the core go its whole way (plan, apply, plan again; deactivate, reactivate, delete) in an account of moto's, as in
  one of the sandbox. The way is in \`test/contract/way.ts\`.
- drives the sandbox with the AWS command line, and looks at what our plan says of what was done by hand.

Before that it has [zizmor](https://github.com/zizmorcore/zizmor), installed with the others, look at our own workflows and
at those in \`examples\`.

Neither server is AWS. What can be shown by no call is not in here: throttling, the seconds until everybody sees a change, a
password that is locked while it is made, and quotas of thousands.

`;

export const contractPage: Generator = {
  path: "docs/contract.md",
  async make() {
    const subjects = Object.entries<Readonly<Record<string, Line>>>(CONTRACT);
    const sections = subjects.map(([subject, lines]) => section(subject as Subject, lines));
    return [HEADER, way(), ...sections, sources()].join("");
  },
};

function way(): string {
  const lines = Object.entries(WITHOUT).map(([what, difference]) => row([what, difference?.because ?? ""]));
  return [
    "## What the way of the core does without at moto",
    "",
    row(["left out", "because"]),
    row(["---", "---"]),
    ...lines,
    "",
    "moto cannot list service-specific credentials either, which reading a user needs. There, and nowhere else, the test answers",
    "in moto's place, with an empty list.",
    "",
    "",
  ].join("\n");
}

function section(subject: Subject, lines: Readonly<Record<string, Line>>): string {
  const sentences = Object.keys(lines).map((sentence) => `- ${sentence}`);
  const differing = Object.entries(lines).flatMap(([sentence, line]) => {
    const difference = differenceOf(subject, sentence);
    return difference === undefined ? [] : [differenceRow(sentence, line, difference)];
  });
  const table = [
    "",
    row(["where moto does otherwise", "IAM gives", "moto gives", "why", "source"]),
    row(["---", "---", "---", "---", "---"]),
    ...differing,
  ];
  return [`## ${subject}`, "", ...sentences, ...(differing.length > 0 ? table : []), "", ""].join("\n");
}

function differenceRow(sentence: string, { gives }: Line, { moto, because, source }: Difference): string {
  return row([sentence, words(gives), words(moto), because, `[${source}][]`]);
}

/** What was seen, for a reader: what is the same of many things stands once. */
function words(seen: Seen): string {
  if (typeof seen !== "object") return code(String(seen));
  if (Array.isArray(seen)) return `(${(seen as readonly Seen[]).map(words).join(", ")})`;
  const entries = Object.entries(seen as Readonly<Record<string, Seen>>);
  if (entries.length === 0) return "nothing";
  const same = Map.groupBy(entries, ([, value]) => words(value));
  if (same.size === 1 && entries.length > 1) return `${[...same.keys()].join("")} for all`;
  const parts = [...same].map(
    ([value, each]) => `${value} for ${each.map(([name]) => shortly(name)).join(", ")}`,
  );
  return parts.join("; ");
}

/** A long text of one letter over and over says so. */
function shortly(name: string): string {
  if (name === "") return "an empty one";
  const repeated = /(.)\1{40,}/.exec(name);
  return repeated === null ? code(JSON.stringify(name).slice(1, -1)) : `${name.length} letters`;
}

function sources(): string {
  const links = Object.entries(SOURCES).map(([name, url]) => `[${name}]: ${url}`);
  return [
    "## Sources",
    "",
    'The pages are those of AWS. What begins with "recorded" are answers of AWS itself, which the authors of another emulator',
    "recorded in September 2026 and keep as test data.",
    "",
    ...links,
    "",
  ].join("\n");
}
