import { describe, expect, test } from "vitest";
import { contentsFiles } from "../../src/github/contents.ts";
import type { Files } from "../../src/core/port.ts";
import { type FakeGitHub, fakeGitHub } from "./fake/fake.ts";
import { opened } from "./opened.ts";

type Given = NonNullable<Parameters<FakeGitHub["commit"]>[0]["files"]>;

async function filesOf(
  given: Given,
  root = ".",
  token = "t-read",
): Promise<Files & { readonly github: FakeGitHub }> {
  const github = await fakeGitHub({ repository: "acme/access" });
  const commit = github.commit({ parents: [], files: given });
  github.branch("main", github.commit({ parents: [], files: { "users.yaml": "of main" } }));
  return { github, ...contentsFiles(opened(github, token).repository, commit, root) };
}

const textOf = async (files: Files): Promise<string | undefined> => {
  const bytes = await files.read("users.yaml");
  return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
};

describe("the roster's files in a commit", () => {
  test.each([".", "teams/data", "a b/ü#?%25&+", "-x", "..teams"])(
    "are read from the directory %s",
    async (root) => {
      const path = root === "." ? "users.yaml" : `${root}/users.yaml`;
      expect(await textOf(await filesOf({ [path]: "users: {} # ü\n" }, root))).toBe("users: {} # ü\n");
    },
  );

  test("are none where there is no such file, and empty where it is empty", async () => {
    expect(await textOf(await filesOf({ "other.yaml": "" }))).toBeUndefined();
    expect(await textOf(await filesOf({ "users.yaml": "" }))).toBe("");
  });

  test("are whole whatever their bytes are, above a megabyte too", async () => {
    const bytes = Buffer.alloc(3_000_000, Buffer.from([0, 255, 10, 128]));
    expect(await (await filesOf({ "users.yaml": bytes })).read("users.yaml")).toEqual(bytes);
  });

  test("are read through a link to a file of the repository", async () => {
    const files = await filesOf({ "users.yaml": { symlink: "there.yaml" }, "there.yaml": "linked" });
    expect(await textOf(files)).toBe("linked");
  });

  test.each<readonly [string, Given, RegExp]>([
    ["a directory", { "users.yaml/x": "" }, /^it is a directory; put a file in its place$/],
    ["a submodule", { "users.yaml": { submodule: "https://example.com/x" } }, /^it is a submodule; put/],
    ["a link to elsewhere", { "users.yaml": { symlink: "/etc/passwd" } }, /^it is a symlink; put/],
  ])("are refused where one is %s", async (_, given, message) => {
    await expect((await filesOf(given)).read("users.yaml")).rejects.toThrow(message);
  });

  test("are refused where one is larger than any roster, and it is not fetched", async () => {
    const files = await filesOf({ "users.yaml": Buffer.alloc(40_000_000, "x") });
    await expect(files.read("users.yaml")).rejects.toThrow(/^the file has 40000000 bytes$/);
    expect(files.github.requests.map(({ route }) => route)).toEqual([
      "GET /repos/{owner}/{repo}/contents/{path}",
    ]);
  });

  test("of a commit that is not there are an error, and not none", async () => {
    const { github } = await filesOf({ "users.yaml": "" });
    const gone = contentsFiles(opened(github, "t-read").repository, "e".repeat(40), ".");
    await expect(gone.read("users.yaml")).rejects.toThrow(/404[^\n]*No commit found for the ref e{40}/);
  });

  test("cannot be read without the right to, and the error says which", async () => {
    const files = await filesOf({ "users.yaml": "" }, ".", "t-none");
    await expect(files.read("users.yaml")).rejects.toThrow(/403[\s\S]*contents: read/);
  });
});
