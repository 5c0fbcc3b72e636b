import { type FakeGitHub, fakeGitHub } from "./fake.ts";
import type { Settings } from "./world.ts";

export interface Scene {
  readonly github: FakeGitHub;
  readonly head: string;
  readonly pull: number;
  readonly issue: number;
}

/** A repository with a commit, a pull request and an issue. */
export async function scene(settings: Partial<Settings> = {}): Promise<Scene> {
  const github = await fakeGitHub({ repository: "acme/access", ...settings });
  const head = github.commit({ files: { "users.yaml": "" } });
  github.branch("main", head);
  const pull = github.openPull({ head: github.commit({ parents: [head] }) });
  return { github, head, pull, issue: github.openIssue({ title: "Drift", login: "emilyc" }) };
}
