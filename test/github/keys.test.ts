import { describe, expect, test } from "vitest";
import { publicKeys } from "../../src/github/keys.ts";
import { type Answer, gitHub } from "./serve.ts";

const key = (id: number) => ({ id, key: `ssh-ed25519 AAAA${id}` });

describe("the public keys of a login", () => {
  test("are all that GitHub shows, page by page, asked for with the token", async () => {
    const many = Array.from({ length: 100 }, (_, id) => key(id));
    const { apiUrl, asked } = await gitHub((path) => ({ body: path.endsWith("page=1") ? many : [key(100)] }));
    const keys = await publicKeys("emilyc", { apiUrl, token: "t0ken" });
    expect(keys).toEqual([...many, key(100)].map((each) => each.key));
    expect(asked.map(({ url }) => url)).toEqual([
      "/users/emilyc/keys?per_page=100&page=1",
      "/users/emilyc/keys?per_page=100&page=2",
    ]);
    expect(asked[0]?.headers.authorization).toBe("token t0ken");
  });

  test.each<readonly [string, Answer]>([
    ["nothing", { status: 204 }],
    ["an empty text", { body: "" }],
    ["something else than a list", { body: { total_count: 0 } }],
    ["a list of something else", { body: [{ id: 1 }] }],
    ["keys that are no text", { body: [{ id: 1, key: 7 }] }],
    ["a list without end", { body: Array.from({ length: 100 }, (_, id) => key(id)) }],
    ["another place", { status: 302, headers: { location: "http://127.0.0.1:1/" } }],
  ])(
    "are an error where the answer is %s: fewer keys than there are would shut somebody out",
    async (_, answer) => {
      const { apiUrl, asked } = await gitHub(() => answer);
      await expect(publicKeys("emilyc", { apiUrl, token: "t0ken" })).rejects.toThrow(
        /^cannot ask http:\S+ for the keys of emilyc: [^\n]+$/,
      );
      expect(asked.length).toBeLessThanOrEqual(10);
    },
  );

  test("are asked of nobody whom the answer names", async () => {
    const other = await gitHub(() => ({ body: [key(666)] }));
    const { apiUrl } = await gitHub(() => ({
      headers: { link: `<${other.apiUrl}/users/emilyc/keys>; rel="next"` },
      body: [key(1)],
    }));
    expect(await publicKeys("emilyc", { apiUrl, token: "t0ken" })).toEqual(["ssh-ed25519 AAAA1"]);
    expect(other.asked).toEqual([]);
  });

  test("are asked for without a token too", async () => {
    const { apiUrl, asked } = await gitHub(() => ({ body: [] }));
    expect(await publicKeys("emilyc", { apiUrl, token: undefined })).toEqual([]);
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  test("of nobody are none at all", async () => {
    const { apiUrl } = await gitHub(() => ({ status: 404, body: { message: "Not Found" } }));
    expect(await publicKeys("nobody", { apiUrl, token: undefined })).toBeUndefined();
  });

  test("stand in no path but their own, whatever the login is", async () => {
    const { apiUrl, asked } = await gitHub(() => ({ body: [] }));
    await publicKeys("../orgs/acme?x", { apiUrl, token: undefined });
    expect(asked[0]?.url).toBe("/users/..%2Forgs%2Facme%3Fx/keys?per_page=100&page=1");
  });

  test.each([
    { status: 403, says: "it wants fewer questions (403); set GITHUB_TOKEN, or wait an hour" },
    { status: 429, says: "it wants fewer questions (429); set GITHUB_TOKEN, or wait an hour" },
    { status: 401, says: "it does not take GITHUB_TOKEN (401)" },
    { status: 502, says: "it does not answer (502)" },
    { status: 422, says: "422" },
  ])("are an error where GitHub answers $status, asked once, without the token", async ({ status, says }) => {
    const { apiUrl, asked } = await gitHub(() => ({ status, body: { message: "no" } }));
    const failure = publicKeys("emilyc", { apiUrl, token: "t0ken" });
    await expect(failure).rejects.toThrow(`cannot ask ${apiUrl} for the keys of emilyc: ${says}`);
    await expect(failure).rejects.not.toThrow("t0ken");
    expect(asked).toHaveLength(1);
  });

  test("are an error where nobody listens", async () => {
    const failure = publicKeys("emilyc", { apiUrl: "http://127.0.0.1:1", token: undefined });
    await expect(failure).rejects.toThrow(/^cannot ask http:\/\/127\.0\.0\.1:1 for the keys of emilyc: /);
  });
});
