import type { Answer } from "./answer.ts";
import type { Level, Permission, Token, World } from "./world.ts";

/** One question, checked against the description. */
export interface Call {
  readonly world: World;
  /** None: nobody said who asks. */
  readonly token: Token | undefined;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Without what was null. */
  readonly body: unknown;
  /** Whether the bytes of a file are asked for, instead of JSON. */
  readonly isRaw: boolean;
  /** The path as it was asked, with the host. */
  readonly url: string;
}

export type Needs = readonly [Permission, Level];

export interface Play {
  /** What the token needs; undefined where the question is of no repository. */
  readonly needs: ((call: Call) => Needs) | undefined;
  /** The query parameters that are played; any other is a violation, although GitHub has it. */
  readonly query?: readonly string[];
  /** The keys of the body that are played. */
  readonly keys?: readonly string[];
  readonly play: (call: Call) => Answer;
}

export type Plays = Readonly<Record<string, Play>>;

/** Where things of the repository are. */
export function repositoryUrl({ apiUrl, owner, name }: World): string {
  return `${apiUrl}/repos/${owner}/${name}`;
}

export function pageUrl({ owner, name }: World): string {
  return `https://github.com/${owner}/${name}`;
}

/** Node ids are opaque: this one says what it is of, for who reads a failure. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString("base64url");
}
