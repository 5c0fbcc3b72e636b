import type { IAM } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";

import { parseSdkError } from "../../src/iam/sdk-error.ts";

/*
 * One line of the contract: a sentence about IAM, the calls that show it, and what IAM gives. What is seen is plain data
 * without ids and times, so that one line can be held against any server that claims to be IAM.
 */

/** An account of the line's own, empty at the beginning, and clients of its administrator. */
export interface Scene {
  readonly iam: IAM;
  readonly sts: STSClient;
  /** The account's id. */
  readonly account: string;
}

export type Seen = string | number | boolean | readonly Seen[] | { readonly [name: string]: Seen };

export interface Line {
  readonly does: (scene: Scene) => Promise<Seen>;
  readonly gives: Seen;
}

/** The lines on one subject, each under its sentence. */
export type Lines = Readonly<Record<string, Line>>;

/** What the line shows; a line that an error cuts short shows that error. */
export async function see({ does }: Line, scene: Scene): Promise<Seen> {
  try {
    return await does(scene);
  } catch (error) {
    return wordsOf(error);
  }
}

/** How a call ends: `done`, or the error's code and HTTP status, `NoSuchEntity 404`. No IAM answer at all: `HTTP 500`. */
export async function end(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return wordsOf(error);
  }
  return "done";
}

function wordsOf(error: unknown): string {
  const { code, status } = parseSdkError(error);
  if (status === undefined) throw error;
  return code.startsWith("HTTP ") ? code : `${code} ${status}`;
}

/** How several calls end, one after the other. */
export async function ends(calls: readonly (() => Promise<unknown>)[]): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const call of calls) seen.push(await end(call()));
  return seen;
}

/** How a call ends for each of these inputs, one after the other. */
export async function endsFor<Input extends string>(
  inputs: readonly Input[],
  call: (input: Input) => Promise<unknown>,
): Promise<Readonly<Record<string, string>>> {
  const seen: Record<string, string> = {};
  for (const input of inputs) seen[input] = await end(call(input));
  return seen;
}

/** The same end for each of these inputs. */
export function allEnd(inputs: readonly string[], how: string): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.map((input) => [input, how]));
}
