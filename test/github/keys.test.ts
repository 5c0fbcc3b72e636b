import { describe, expect, test } from "vitest";
import { publicKeys } from "../../src/github/keys.ts";
import { gitHub } from "./serve.ts";

const key = (id: number) => ({ id, key: `ssh-ed25519 AAAA${id}` });

describe("the public keys of a login", () => {
  test("are all that GitHub shows, page by page, asked for with the token", async () => {
    const { apiUrl, asked } = await gitHub((path, url) =>
      path.includes("page=2")
        ? { body: [key(3)] }
        : {
            headers: { link: `<${url}/users/emilyc/keys?per_page=100&page=2>; rel="next"` },
            body: [key(1), key(2)],
          },
    );
    expect(await publicKeys("emilyc", { apiUrl, token: "t0ken" })).toEqual([
      "ssh-ed25519 AAAA1",
      "ssh-ed25519 AAAA2",
      "ssh-ed25519 AAAA3",
    ]);
    expect(asked.map(({ url }) => url)).toEqual([
      "/users/emilyc/keys?per_page=100",
      "/users/emilyc/keys?per_page=100&page=2",
    ]);
    expect(asked[0]?.headers.authorization).toBe("token t0ken");
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
    expect(asked[0]?.url).toBe("/users/..%2Forgs%2Facme%3Fx/keys?per_page=100");
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
