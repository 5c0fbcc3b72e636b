import { expect, test } from "vitest";

import { story } from "../apply/story.ts";
import { client } from "../sandbox/start.ts";
import { giveCredentials, goTheWay, WITHOUT } from "./way.ts";

test("the core goes its whole way in the sandbox", async () => {
  // The codes of an MFA device are those of the true time.
  const told = await story({}, { clock: Date.now });
  const iam = client(told.sandbox);
  await goTheWay(told, () => giveCredentials(iam));
});

test("the way does without nothing that moto can do", () => {
  const needless = Object.entries(WITHOUT).filter(([, difference]) => difference === undefined);
  expect(needless.map(([what]) => `moto can do it now, so it belongs into the way: ${what}`)).toEqual([]);
});
