import { posix } from "node:path";
import { type Answer, notFound, ok, refuse } from "./answer.ts";
import { type Call, nodeId, pageUrl, type Plays, repositoryUrl } from "./call.ts";
import { blobSha, bytesOf, resolve } from "./git.ts";
import type { Commit, FileEntry, World } from "./world.ts";

type View = Readonly<Record<string, unknown>>;

const MIB = 1024 * 1024;
const RAW = "application/vnd.github.raw+json";

interface Found {
  readonly call: Call;
  readonly commit: Commit;
  readonly path: string;
}

function entryView({ call, path }: Found, type: string, entry: FileEntry | undefined): View {
  const ref = call.query["ref"] ?? call.world.defaultBranch;
  const sha = entry === undefined ? "0".repeat(40) : blobSha(entry);
  const self = `${repositoryUrl(call.world)}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const isFile = type === "file";
  const git = `${repositoryUrl(call.world)}/git/${isFile ? "blobs" : "trees"}/${sha}`;
  const html = `${pageUrl(call.world)}/blob/${encodeURIComponent(ref)}/${encodeURI(path)}`;
  return {
    type,
    size: isFile && entry !== undefined ? bytesOf(entry).length : 0,
    name: posix.basename(path),
    path,
    sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: isFile ? html.replace("/blob/", "/raw/") : undefined,
    _links: { self, git, html },
  };
}

function fileAnswer(found: Found, bytes: Buffer): Answer {
  // Larger ones are only to be had as a blob.
  if (bytes.length > 100 * MIB) throw refuse(403, "This API returns blobs up to 100 MB in size.");
  if (found.call.isRaw)
    return { status: 200, headers: { "content-type": `${RAW}; charset=utf-8` }, body: bytes };
  // Over 1 MB there is no content in JSON, and no error either.
  const isLarge = bytes.length > MIB;
  const content = isLarge ? "" : bytes.toString("base64").replace(/.{1,60}/g, "$&\n");
  return ok({ ...entryView(found, "file", bytes), content, encoding: isLarge ? "none" : "base64" });
}

function answerOf(found: Found, entry: FileEntry): Answer {
  if (Buffer.isBuffer(entry)) return fileAnswer(found, entry);
  if (found.call.isRaw) throw new Error("the fake gives only files raw");
  if ("submodule" in entry) {
    return ok({ ...entryView(found, "submodule", entry), submodule_git_url: entry.submodule });
  }
  // A symlink to a file of the repository is answered as that file.
  const target = found.commit.files.get(posix.join(posix.dirname(found.path), entry.symlink));
  if (Buffer.isBuffer(target)) return fileAnswer(found, target);
  return ok({ ...entryView(found, "symlink", entry), target: entry.symlink });
}

/** What lies in a directory; a submodule says that it is a file there, as it always did. */
function listOf(found: Found): readonly View[] {
  const prefix = found.path === "" ? "" : `${found.path}/`;
  const listed = new Map<string, View>();
  for (const [path, entry] of found.commit.files) {
    if (!path.startsWith(prefix)) continue;
    const [name = "", ...deeper] = path.slice(prefix.length).split("/");
    const isSymlink = !Buffer.isBuffer(entry) && "symlink" in entry;
    const type = deeper.length > 0 ? "dir" : isSymlink ? "symlink" : "file";
    const view = entryView({ ...found, path: prefix + name }, type, deeper.length > 0 ? undefined : entry);
    listed.set(name, view);
  }
  return [...listed].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, view]) => view);
}

function blobAt(world: World, sha: string): Buffer | undefined {
  for (const { files } of world.commits.values()) {
    for (const entry of files.values()) if (Buffer.isBuffer(entry) && blobSha(entry) === sha) return entry;
  }
  return undefined;
}

export const CONTENTS: Plays = {
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": {
    needs: () => ["contents", "read"],
    play({ world, path }) {
      const sha = path["file_sha"] ?? "";
      const bytes = blobAt(world, sha);
      if (bytes === undefined) throw notFound();
      const content = bytes.toString("base64").replace(/.{1,60}/g, "$&\n");
      const url = `${repositoryUrl(world)}/git/blobs/${sha}`;
      return ok({ sha, node_id: nodeId("Blob", sha), size: bytes.length, url, content, encoding: "base64" });
    },
  },
  "GET /repos/{owner}/{repo}/contents/{path}": {
    needs: () => ["contents", "read"],
    query: ["ref"],
    play(call) {
      const ref = call.query["ref"] ?? call.world.defaultBranch;
      const commit = resolve(call.world, ref);
      if (commit === undefined) throw refuse(404, `No commit found for the ref ${ref}`);
      const path = call.path["path"] ?? "";
      const found = { call, commit, path };
      const entry = commit.files.get(path);
      if (entry !== undefined) return answerOf(found, entry);
      const list = listOf(found);
      if (list.length === 0) throw notFound();
      if (call.isRaw) throw new Error("the fake gives only files raw");
      return ok(list);
    },
  },
};
