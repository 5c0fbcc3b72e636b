import type { Account } from "./account.ts";
import { type Input, type Members, readInput } from "./members.ts";
import type { Answer, FormTree } from "./wire.ts";

/** Who calls. */
export interface Caller {
  readonly arn: string;
  /** The part of GetCallerIdentity that stays the same over a rename. */
  readonly userId: string;
  /** The id of the user whose access key signed; undefined for the administrator's role. */
  readonly user: string | undefined;
}

/** One IAM operation: it reads its form, looks at the account and perhaps changes it, and answers or throws IamError. */
export interface Operation {
  readonly writes: boolean;
  readonly run: (account: Account, form: FormTree, caller: Caller) => Answer;
}

export type Operations = Readonly<Record<string, Operation>>;

type Body<Declared extends Members> = (
  account: Account,
  input: Input<Declared>,
  caller: Caller,
) => Answer | void;

/** An operation that changes nothing. */
export function reading<Declared extends Members>(members: Declared, body: Body<Declared>): Operation {
  return { writes: false, run: runner(members, body) };
}

/** An operation that may change the account. It checks all before it changes anything. */
export function writing<Declared extends Members>(members: Declared, body: Body<Declared>): Operation {
  return { writes: true, run: runner(members, body) };
}

function runner<Declared extends Members>(members: Declared, body: Body<Declared>): Operation["run"] {
  return (account, form, caller) => body(account, readInput(members, form), caller) ?? undefined;
}
