import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { keepPlan, keptPage, keptPlan, planCheckName } from "../../src/github/reviewed-plan.ts";
import { sha256 } from "../command/scene.ts";
import { ACTIONS, type App } from "./fake/world.ts";
import { type Talk, talk } from "./talk.ts";

const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const OTHER = { id: 1, slug: "other" };

const keep = ({ repository, head, number }: Talk, file: string | undefined, roster = ".") =>
  keepPlan(repository, {
    roster,
    commit: head,
    pull: number,
    into: "main",
    sha256,
    file,
    title: "Plan: 1 user to create.",
    summary: "### The page\n",
    conclusion: "success",
  });

const kept = (
  { repository, head, number }: Talk,
  roster = ".",
  app = ACTIONS.id,
): Promise<string | undefined> =>
  keptPlan(repository, {
    roster,
    commit: head,
    pull: number,
    into: "main",
    sha256,
    mergedAt: undefined,
    app,
  });

const pageOf = ({ repository, head, number }: Talk): Promise<string | undefined> =>
  keptPage(repository, { roster: ".", commit: head, pull: number, into: "main", app: ACTIONS.id });

interface Made {
  readonly part: number;
  readonly output: object;
}

/** A check run that says what it likes, under the name of ours. */
function madeBy(app: App, { github, head, number }: Talk, { part, output }: Made): void {
  const ended = { status: "completed", conclusion: "success" };
  const name = planCheckName(".", part);
  github.checkRunAs(app, { name, head_sha: head, external_id: `pull ${number} into main`, ...ended, output });
}

/** Text that no compression makes much shorter. */
function noise(length: number, seed = "x"): string {
  let text = "";
  for (let count = 0; text.length < length; count += 1) text += sha256(`${seed}${count}`);
  return text.slice(0, length);
}

/** More than one check run holds. */
const LARGE = noise(300_000);

describe("the plan in a check run", () => {
  test("is read back as it was, and stands beside a page for people", async () => {
    const world = await talk();
    const run = await keep(world, '{"grants":[]}');
    expect(await kept(world)).toBe('{"grants":[]}');
    expect(run.app).toBe(ACTIONS.id);
    const [made] = world.github.checkRuns;
    expect(made).toMatchObject({
      name: "iam-roster plan (.)",
      externalId: `pull ${world.number} into main`,
      headSha: world.head,
      conclusion: "success",
      output: { title: "Plan: 1 user to create.", summary: "### The page\n" },
    });
    expect(await pageOf(world)).toBe("### The page\n");
  });

  test("goes on in others, numbered, where it is too large for one", async () => {
    const world = await talk();
    await keep(world, LARGE);
    const names = world.github.checkRuns.map(({ name }) => name);
    expect(names).toEqual(["(.) 4", "(.) 3", "(.) 2", "(.)"].map((end) => `iam-roster plan ${end}`));
    expect(await kept(world)).toBe(LARGE);
  });

  test("is none where there never was one, where the newest has none, and for another roster or app", async () => {
    const world = await talk();
    expect(await kept(world)).toBeUndefined();
    expect(await pageOf(world)).toBeUndefined();
    await keep(world, "plan");
    expect(await kept(world, "teams")).toBeUndefined();
    expect(await kept(world, ".", OTHER.id)).toBeUndefined();
    await keep(world, undefined);
    expect(await kept(world)).toBeUndefined();
    await keep(world, "newer plan");
    expect(await kept(world)).toBe("newer plan");
  });

  test("is not what another app says under its name, before or after", async () => {
    const world = await talk();
    const { github, head } = world;
    await keep(world, "forged");
    const output = github.checkRuns[0]?.output ?? {};
    const other = await talk();
    const forge = (): void => madeBy(OTHER, other, { part: 1, output });
    forge();
    expect(await kept(other)).toBeUndefined();
    await keep(other, "ours");
    forge();
    expect(await kept(other)).toBe("ours");
    expect(head).toBe(other.head);
  });

  test("is that of its own pull request, where another has the same commit", async () => {
    const world = await talk();
    await keep(world, "plan");
    const number = world.github.openPull({ head: world.head });
    expect(await kept({ ...world, number })).toBeUndefined();
    await keep({ ...world, number }, "what the same files ask for elsewhere");
    expect(await kept(world)).toBe("plan");
    expect(await kept({ ...world, number })).toBe("what the same files ask for elsewhere");
    await keep({ ...world, number }, undefined);
    expect(await kept(world)).toBe("plan");
  });

  test("is whole where two runs keep theirs at the same time, part by part", async () => {
    const world = await talk();
    let isOver = false;
    world.github.on(CREATE, async () => {
      if (isOver) return;
      isOver = true;
      await keep(world, noise(250_000, "other"));
    });
    await keep(world, LARGE);
    expect(await kept(world)).toBe(LARGE);
  });

  test("is kept once more where the answer was lost, and read back all the same", async () => {
    const world = await talk();
    world.github.fault({ on: CREATE, answer: "lost-answer" });
    await keep(world, "plan");
    expect(world.github.checkRuns).toHaveLength(2);
    expect(await kept(world)).toBe("plan");
  });
});

const BOMB = "\0".repeat(65 * 1024 * 1024);

describe("a plan that is not whole", () => {
  const text = (words: string): object => ({ title: "t", summary: "s", text: words });
  const fence = (line: string, piece: string): string =>
    `\`\`\`text\niam-roster plan 1: ${line}\n${piece}\n\`\`\`\n`;
  const packed = (file: string): string => deflateRawSync(file).toString("base64");
  const BROKEN =
    /^the check run "iam-roster plan \(\.\)[^"]*" on [0-9a-f]{12} does not hold the whole reviewed plan\.\nApply/;

  test.each<readonly [string, readonly (readonly [number, string])[]]>([
    ["a part is missing", [[1, fence(`part 1 of 2, sha256 ${sha256("plan")}`, packed("plan"))]]],
    [
      "a part is of another plan",
      [
        [1, fence(`part 1 of 2, sha256 ${sha256("plan")}`, packed("plan").slice(0, 4))],
        [2, fence(`part 2 of 2, sha256 ${sha256("other")}`, packed("plan").slice(4))],
      ],
    ],
    [
      "a part says that it is another",
      [
        [1, fence(`part 1 of 2, sha256 ${sha256("plan")}`, packed("plan").slice(0, 4))],
        [2, fence(`part 3 of 2, sha256 ${sha256("plan")}`, packed("plan").slice(4))],
      ],
    ],
    ["its digest is that of another", [[1, fence(`part 1 of 1, sha256 ${sha256("other")}`, packed("plan"))]]],
    ["it is no compressed text", [[1, fence(`part 1 of 1, sha256 ${sha256("plan")}`, "AAAA")]]],
    ["it is cut", [[1, fence(`part 1 of 1, sha256 ${sha256("plan")}`, packed("plan").slice(0, 4))]]],
    [
      "it has more parts than there can be",
      [[1, fence(`part 1 of 99999999999, sha256 ${sha256("plan")}`, packed("plan"))]],
    ],
    [
      "it unpacks to more than any plan has",
      [
        [1, fence(`part 1 of 2, sha256 ${sha256(BOMB)}`, packed(BOMB).slice(0, 60_000))],
        [2, fence(`part 2 of 2, sha256 ${sha256(BOMB)}`, packed(BOMB).slice(60_000))],
      ],
    ],
  ])("is an error where %s", async (_, parts) => {
    const world = await talk();
    for (const [part, words] of parts) {
      madeBy(ACTIONS, world, { part, output: text(words) });
    }
    await expect(kept(world)).rejects.toThrow(BROKEN);
    expect(world.github.requests.length).toBeLessThan(5);
  });

  test.each(["", "words", "iam-roster plan 2: part 1 of 1, sha256 x\nAAAA\n```"])(
    "is none where its text is %o",
    async (words) => {
      const world = await talk();
      madeBy(ACTIONS, world, { part: 1, output: text(words) });
      expect(await kept(world)).toBeUndefined();
    },
  );
});
