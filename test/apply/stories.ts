import { readFile } from "node:fs/promises";

import type { AccountData } from "../../src/sandbox/data.ts";
import { BEFORE, NO_WAIT, rosterOf, TEXTS, type Texts } from "./short-story.ts";
import { story } from "./story.ts";

/* The stories of the end-to-end tests: the two acts of `demo`, and one with each kind of change. */

export interface Told {
  readonly before: AccountData;
  readonly texts: Texts;
}

export const STORIES: Readonly<Record<string, () => Promise<Told>>> = {
  "the examples in an empty account": async () => ({ before: {}, texts: await examples() }),
  "somebody who leaves the examples": leaving,
  "each kind of change": async () => ({ before: BEFORE, texts: TEXTS }),
};

async function examples(): Promise<Texts> {
  const read = (file: string): Promise<string> =>
    readFile(new URL(`../../examples/${file}`, import.meta.url), "utf8");
  return {
    "users.yaml": await read("users.yaml"),
    "groups.yaml": await read("groups.yaml"),
    "roster.yaml": (await read("roster.yaml")) + NO_WAIT,
  };
}

/** Marco, who was given a password and a key by hand, as in `demo`. */
async function leaving(): Promise<Told> {
  const texts = await examples();
  const { apply, sandbox } = await story();
  await apply(await rosterOf(texts));
  sandbox.act("CreateLoginProfile", { UserName: "marco", Password: "By-hand-1!" });
  sandbox.act("CreateAccessKey", { UserName: "marco" });
  const marco = /^ {2}marco:\n(?: {4}.*\n)+/m;
  return {
    before: { ...sandbox.snapshot(), report: undefined },
    texts: { ...texts, "users.yaml": texts["users.yaml"].replace(marco, "") },
  };
}
