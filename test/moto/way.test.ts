import { expect, test } from "vitest";

import { storyAt } from "../apply/story.ts";
import { end } from "../contract/line.ts";
import { sceneAt } from "../contract/scene.ts";
import { giveCredentials, goTheWay } from "../contract/way.ts";
import { openDoor } from "./door.ts";

/** What is answered in moto's place, so that users can be read at all. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  [
    "ListServiceSpecificCredentials",
    `<ListServiceSpecificCredentialsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
      <ListServiceSpecificCredentialsResult>
        <ServiceSpecificCredentials/><IsTruncated>false</IsTruncated>
      </ListServiceSpecificCredentialsResult>
    </ListServiceSpecificCredentialsResponse>`,
  ],
]);

test("the core goes its whole way at moto", { timeout: 60_000 }, async () => {
  const door = await openDoor({ instead: INSTEAD });
  const { iam } = sceneAt(door.url, door.account);
  await goTheWay(storyAt(door), () => giveCredentials(iam));
});

test("moto still does not answer what is answered in its place", async () => {
  const { url, account } = await openDoor();
  const { iam } = sceneAt(url, account);
  await iam.createUser({ UserName: "emily" });
  expect([...INSTEAD.keys()]).toEqual(["ListServiceSpecificCredentials"]);
  expect(await end(iam.listServiceSpecificCredentials({ UserName: "emily" }))).toBe("HTTP 500");
});
