import { describe, expect, test, vi } from "vitest";
import { sha256 } from "../command/scene.ts";
import { golden, MARCO, pageOf, reviewedAt, verdictOf } from "./review.ts";
import { EMILY_AND_PRIYA, OURS, savedAt, scene, SETTLED, users } from "./scene.ts";

vi.setConfig({ testTimeout: 60_000 });

/** The first public key of RFC 8032, as GitHub shows it. */
const KEY = `ssh-ed25519 ${Buffer.concat([
  Buffer.from("0000000b7373682d6564323535313900000020", "hex"),
  Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex"),
]).toString("base64")}`;

describe("a credential that is asked for", () => {
  const files = {
    "users.yaml": users({ ...EMILY_AND_PRIYA, marco: "{ access: [programmatic], github: marcog }" }),
  };

  test("is shown with the fingerprints of the keys that can read it, as GitHub has them", async () => {
    const story = await scene({ keys: { marcog: [KEY] } });
    const number = story.propose(files);
    const ran = await story.onPull(number);
    expect(ran.status).toBe(0);
    await expect(golden(pageOf(story, number))).toMatchFileSnapshot("../cases/action/credentials.md");
    const reviewed = await reviewedAt(story, story.github.pull(number).pull.head);
    expect(reviewed?.grants).toContainEqual(expect.objectContaining({ user: "marco", credential: "key" }));
  });

  test("is refused in a public repository, and where nobody could read it", async () => {
    const open = await scene({ keys: { marcog: [KEY] }, private: false });
    const inPublic = open.propose(files);
    expect((await open.onPull(inPublic)).status).toBe(1);
    expect(pageOf(open, inPublic)).toContain("⛔ **public-repository**");
    const closed = await scene();
    const keyless = closed.propose(files);
    expect((await closed.onPull(keyless)).status).toBe(1);
    expect(pageOf(closed, keyless)).toContain("⛔ **no-usable-recipient**");
  });
});

describe("the reviewed plan", () => {
  test("is what this change asks for, and nothing that was pending", async () => {
    const account = {
      ...SETTLED,
      users: [{ name: "emily", tags: OURS, groups: [], id: "AIDAEMILY00000000000" }],
    };
    const story = await scene({ account });
    const number = story.propose({ "users.yaml": MARCO });
    const ran = await story.onPull(number);
    // Emily's membership and Priya are pending: they are shown and not reviewed.
    expect(pageOf(story, number)).toContain("pending");
    const reviewed = await reviewedAt(story, story.github.pull(number).pull.head);
    expect(reviewed).toEqual({
      account: "123456789012",
      digest: ran.outputs["digest"],
      subjects: [{ type: "user", name: "marco" }],
      grants: [
        { user: "marco", boundary: "none" },
        { user: "marco", group: "auditors" },
        { user: "marco", path: "/" },
        { user: "marco", via: "auditors", policy: "arn:aws:iam::aws:policy/SecurityAudit" },
      ],
    });
    expect(await savedAt(ran.outputs["plan-file"] ?? "")).toMatchObject({ digest: ran.outputs["digest"] });
  });
});

/** Names as nobody could guess or compress them. */
const strangeName = (index: number): string => sha256(`${index}`).slice(0, 40);

describe("a plan of 5,000 changes", () => {
  test("fits into comment, check runs and summary, and what is reviewed is whole", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2500 }, (_, index) => [strangeName(index), "{ groups: [auditors] }"]),
    );
    const story = await scene();
    const number = story.propose({ "users.yaml": users({ ...EMILY_AND_PRIYA, ...many }) });
    const began = Date.now();
    const ran = await story.onPull(number);
    const seconds = (Date.now() - began) / 1000;
    // A second or two; a plan that is compared with itself in squares takes minutes.
    expect(seconds).toBeLessThan(30);
    expect(ran.status).toBe(0);
    expect(ran.outputs["changes"]).toBe("5000");
    const page = pageOf(story, number);
    expect(page.length).toBeLessThanOrEqual(60_000);
    expect(page.length).toBeGreaterThan(50_000);
    expect(verdictOf(page)).toBe("### 2500 users to create");
    expect(page).toContain("✂️ Shortened. 2500 entries:");
    expect(page).toContain(ran.outputs["digest"] ?? "no digest");
    expect(Buffer.byteLength(ran.summary)).toBeLessThan(1024 * 1024);
    const names = story.github.checkRuns.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names.at(-1)).toBe("iam-roster plan (.)");
    const reviewed = await reviewedAt(story, story.github.pull(number).pull.head);
    expect(reviewed?.subjects).toHaveLength(2500);
    expect(reviewed?.digest).toBe(ran.outputs["digest"]);
  });
});
