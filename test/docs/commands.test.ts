import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type Block, CHECKOUT, inlineCode, type Page, readPages, withTexts } from "./page.ts";
import { SETTINGS } from "./settings.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

/*
 * Every fenced `sh` block of the pages is run, section by section, and the `text` block behind it is what it shows. A
 * `yaml` block that begins with the name of a file in a comment writes that file. `npm run bless` rewrites the outputs.
 */

interface Instead {
  /** undefined: the line is not run. */
  readonly run: string | undefined;
  readonly because: string;
}

/** Lines that are not run as they stand. */
const INSTEAD: ReadonlyMap<string, Instead> = new Map([
  ["npm ci", { run: undefined, because: "it would replace the packages that this test runs on" }],
  ["npm ci && npm run demo", { run: "npm run demo", because: "as above, for npm ci" }],
  ["npm ci && npm test", { run: undefined, because: "it would run this very test again" }],
  [
    "npm run build",
    { run: undefined, because: "npm test has just done so, and other tests run what it made" },
  ],
  [
    `alias iam-roster="'$PWD/node_modules/.bin/node' '$PWD/dist/cli.js'"`,
    { run: undefined, because: "iam-roster is on the path here, from source" },
  ],
  [
    "iam-roster apply --root access",
    { run: "iam-roster apply --root access --yes", because: "it asks a person, and here is none" },
  ],
  [
    "iam-roster sandbox --port 4600 --state account.json",
    {
      run: "iam-roster sandbox --state account.json > said & until grep -q Ctrl-C said; do sleep 0.1; done; kill $!; wait $!",
      because: "it runs until Ctrl-C, and the port may be taken",
    },
  ],
  [
    "gh api repos/acme/access --jq '.owner.id, .id'",
    { run: undefined, because: "it asks GitHub, and there is no such repository" },
  ],
  [
    "aws cloudformation deploy --template-file examples/aws/roles.yaml --stack-name iam-roster --capabilities CAPABILITY_NAMED_IAM --parameter-overrides Owner=acme Repository=access OwnerId=1234567 RepositoryId=7654321 ProtectedUsers=break-glass",
    { run: undefined, because: "it asks AWS; test/examples looks at the template" },
  ],
  [
    "aws cloudformation describe-stacks --stack-name iam-roster --query 'Stacks[0].Outputs'",
    { run: undefined, because: "as above" },
  ],
  [
    "aws iam create-policy --policy-name iam-roster-expire --policy-document file://expire.json",
    { run: undefined, because: "it asks AWS" },
  ],
  [
    "ssh-keygen -t ed25519 -C emily@laptop -f emily",
    {
      run: "cp ~/keys/emily ~/keys/emily.pub .",
      because:
        "another key each time would be another fingerprint and digest in the page, and it asks a person",
    },
  ],
  ["age-keygen -o build-bot.txt", { run: "cp ~/keys/build-bot.txt .", because: "as above" }],
  [
    "aws configure import --csv file://emily-key.csv",
    { run: undefined, because: "the tests need no AWS command line; test/credentials looks at the file" },
  ],
  [
    "aws sts get-caller-identity --profile emily --region us-east-1",
    { run: undefined, because: "it asks AWS" },
  ],
  [
    "export AWS_ENDPOINT_URL=http://127.0.0.1:4600",
    { run: undefined, because: "the test has a sandbox of its own" },
  ],
]);

function scriptOf({ text }: Block): string {
  const lines = text.split("\n").map((line) => {
    const instead = INSTEAD.get(line.trim());
    return instead === undefined ? line : (instead.run ?? ":");
  });
  return lines.join("\n");
}

/** A block that is meant to fail says so at its end: `# exit status 1`. */
function expectedStatus({ text }: Block): number {
  return Number(/# exit status (\d+)$/.exec(text)?.[1] ?? 0);
}

async function writeFiles(shop: Workshop, { text }: Block): Promise<void> {
  const parts = text.split(/^# (?=\w+\.yaml$)/m).slice(1);
  for (const part of parts) {
    const end = part.indexOf("\n");
    // With the comment, so that places are as in the block.
    await shop.write(part.slice(0, end), `# ${part.trimEnd()}\n`);
  }
}

/** Runs the blocks of one section, and gives what their outputs are now. */
async function runSection(page: Page, blocks: readonly Block[]): Promise<ReadonlyMap<Block, string>> {
  const outputs = new Map<Block, string>();
  const shop = await openWorkshop(SETTINGS[`${page.name}: ${blocks[0]?.section}`] ?? {});
  let shown: string | undefined;
  for (const block of blocks) {
    if (block.language === "yaml") await writeFiles(shop, block);
    if (block.language === "text") {
      if (shown === undefined) throw new Error(`${page.name}:${block.start}: an output without its command`);
      outputs.set(block, shown);
    }
    if (block.language !== "sh") continue;
    const ran = await shop.run(scriptOf(block));
    shown = ran.shown.trimEnd();
    expect(ran.status, `${page.name}:${block.start}\n${block.text}\n\n${shown}\n`).toBe(
      expectedStatus(block),
    );
  }
  return outputs;
}

const pages = readPages();
const withCommands = pages.filter(({ blocks }) => blocks.some(({ language }) => language === "sh"));

function raise(reason: unknown): never {
  throw reason;
}

describe("the commands shown in", () => {
  test.each(withCommands)("$name run, and show what the page shows", { timeout: 60_000 }, async (page) => {
    const sections = Map.groupBy(page.blocks, ({ section }) => section).values();
    const running = [...sections].filter((blocks) => blocks.some(({ language }) => language === "sh"));
    // All of them end before the test does, since then their directories go.
    const ended = await Promise.allSettled(running.map((blocks) => runSection(page, blocks)));
    const outputs = ended.map((each) => (each.status === "rejected" ? raise(each.reason) : each.value));
    const now = withTexts(page, new Map(outputs.flatMap((each) => [...each])));
    await expect(now).toMatchFileSnapshot(join(CHECKOUT, page.name));
  });
});

test("every line that is not run as it stands is in a page", () => {
  const shell = withCommands.flatMap(({ blocks }) => blocks.filter(({ language }) => language === "sh"));
  const lines = new Set(shell.flatMap(({ text }) => text.split("\n").map((line) => line.trim())));
  expect([...INSTEAD.keys()].filter((line) => !lines.has(line))).toEqual([]);
});

const execute = promisify(execFile);

async function helpOf(command: string): Promise<string> {
  const { stdout } = await execute(process.execPath, [join(CHECKOUT, "src/cli.ts"), command, "--help"]);
  return stdout;
}

test("the commands and options named in the text exist", async () => {
  const named = pages.flatMap((page) =>
    [...inlineCode(page), ...page.blocks.filter(({ language }) => language === "sh").map(({ text }) => text)]
      .flatMap((code) => [...code.matchAll(/iam-roster ([a-z]+)((?: [^\s`|&;#]+)*)/g)])
      .map(([, command = "", rest = ""]) => ({ command, options: rest.match(/--[a-z-]+/g) ?? [] })),
  );
  const commands = [...new Set(named.map(({ command }) => command))];
  const helps = new Map(await Promise.all(commands.map(async (name) => [name, await helpOf(name)] as const)));
  for (const { command, options } of named) {
    expect(helps.get(command)).toContain(`Usage: iam-roster ${command} `);
    for (const option of options) expect(helps.get(command)).toContain(` ${option} `);
  }
});

test("the scripts named in the text are those of package.json", () => {
  const { scripts } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = pages.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
  expect(new Set(named).difference(new Set(Object.keys(scripts)))).toEqual(new Set());
});
