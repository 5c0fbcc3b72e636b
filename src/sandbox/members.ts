import {
  isExistingUserName,
  isGroupName,
  isPath,
  isPolicyName,
  isUserName,
  NAME_LIMITS,
} from "../core/rules/names.ts";
import { IamError } from "./errors.ts";
import type { Form, FormTree } from "./wire.ts";

/*
 * The members of an operation's input and what the service model, or the live service, asks of each. What is wrong is
 * said as IAM says it: all problems of one request in one ValidationError.
 */

/** Reads one member; throws a Constraint where the value is not one IAM takes. */
export interface Member<Value> {
  readonly read: (raw: Form | undefined) => Value;
}

export type Members = Readonly<Record<string, Member<unknown>>>;

/** What an operation gets for the members it declares. */
export type Input<Declared extends Members> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Member<infer Value> ? Value : never;
};

/** A problem with one member; the text follows "failed to satisfy constraint: ". */
class Constraint extends Error {
  readonly value: string;

  constructor(problem: string, value = "") {
    super(problem);
    this.value = value;
  }
}

/** Reads an input; undeclared members are ignored, as IAM ignores them. */
export function readInput<Declared extends Members>(members: Declared, form: FormTree): Input<Declared> {
  const problems: string[] = [];
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    try {
      input[name] = member.read(form.get(name));
    } catch (error) {
      if (!(error instanceof Constraint)) throw error;
      const value = error.value === "null" ? "Value null" : "Value";
      problems.push(`${value} at '${lowerFirst(name)}' failed to satisfy constraint: ${error.message}`);
    }
  }
  if (problems.length > 0) {
    const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
    throw new IamError("ValidationError", `${count}: ${problems.join("; ")}`);
  }
  return input as Input<Declared>;
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

export function optional<Value>(member: Member<Value>): Member<Value | undefined> {
  return { read: (raw) => (raw === undefined ? undefined : member.read(raw)) };
}

interface TextLimits {
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: RegExp;
}

export function text({ least = 0, most = Infinity, pattern }: TextLimits): Member<string> {
  return {
    read: (raw) => {
      const value = textOf(raw);
      if (value.length > most) throw new Constraint(`Member must have length less than or equal to ${most}`);
      if (value.length < least)
        throw new Constraint(`Member must have length greater than or equal to ${least}`);
      if (pattern !== undefined && !pattern.test(value)) {
        throw new Constraint(`Member must satisfy regular expression pattern: ${pattern.source}`);
      }
      return value;
    },
  };
}

function textOf(raw: Form | undefined): string {
  if (raw === undefined) throw new Constraint("Member must not be null", "null");
  if (typeof raw !== "string") throw new IamError("MalformedInput", "Expected a text, found a structure");
  return raw;
}

/** A text that one of the core's rules decides on; the length is complained about first, as IAM does. */
function ruled(rule: (value: string) => boolean, most: number, problem: string): Member<string> {
  const limited = text({ least: 1, most });
  return {
    read: (raw) => {
      const value = limited.read(raw);
      if (!rule(value)) throw new Constraint(problem);
      return value;
    },
  };
}

const NAME_PROBLEM = "It must contain only alphanumeric characters and/or the following: +=,.@_-";
const PATH_PROBLEM = "It must begin and end with / and contain only printable ASCII characters";

/** The name of a user to be: 64 characters. */
export const newUserName: Member<string> = ruled(isUserName, NAME_LIMITS.user, NAME_PROBLEM);
/** The name of a user there is: 128 characters are taken. */
export const userName: Member<string> = ruled(isExistingUserName, NAME_LIMITS.existingUser, NAME_PROBLEM);
export const groupName: Member<string> = ruled(isGroupName, NAME_LIMITS.group, NAME_PROBLEM);
export const policyName: Member<string> = ruled(isPolicyName, NAME_LIMITS.policy, NAME_PROBLEM);
export const path: Member<string> = ruled(isPath, NAME_LIMITS.path, PATH_PROBLEM);
export const pathPrefix: Member<string> = text({ least: 1, most: 512, pattern: /^\/[\x21-\x7f]*$/ });
export const policyPath: Member<string> = text({
  least: 1,
  most: 512,
  pattern: /^(?:\/[A-Za-z0-9.,+@=_-]+)*\/$/,
});
export const arn: Member<string> = text({ least: 20, most: 2048 });
export const document: Member<string> = text({ least: 1, most: 131_072, pattern: /^[\t\n\r\x20-\xff]+$/ });
export const password: Member<string> = text({ least: 1, most: 128, pattern: /^[\t\n\r\x20-\xff]+$/ });
export const accessKeyId: Member<string> = text({ least: 16, most: 128, pattern: /^\w+$/ });
export const credentialId: Member<string> = text({ least: 20, most: 128, pattern: /^\w+$/ });
export const certificateId: Member<string> = text({ least: 24, most: 128, pattern: /^\w+$/ });
export const keyMaterial: Member<string> = text({ least: 1, most: 16_384, pattern: /^[\t\n\r\x20-\xff]+$/ });
export const serialNumber: Member<string> = text({ least: 9, most: 256, pattern: /^[\w+=/:,.@-]+$/ });
export const authenticationCode: Member<string> = text({ least: 6, most: 6, pattern: /^\d+$/ });
export const accountAlias: Member<string> = text({
  least: 3,
  most: 63,
  pattern: /^(?!\d{12}$)[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/,
});
export const status: Member<"Active" | "Inactive" | "Expired"> = oneOf(["Active", "Inactive", "Expired"]);

export function oneOf<const Value extends string>(values: readonly Value[]): Member<Value> {
  return {
    read: (raw) => {
      const value = textOf(raw);
      const known = values.find((one) => one === value);
      if (known === undefined)
        throw new Constraint(`Member must satisfy enum value set: [${values.join(", ")}]`);
      return known;
    },
  };
}

/** Only what a 32-bit integer's own notation allows is a number; `1.0` and ` 1 ` are malformed. */
export function integer(least: number, most: number): Member<number> {
  return {
    read: (raw) => {
      const value = textOf(raw);
      if (!/^[+-]?\d{1,10}$/.test(value) || Math.abs(Number(value)) > 2 ** 31 - 1) {
        throw new IamError("MalformedInput", `${value} is not an integer`);
      }
      if (Number(value) < least)
        throw new Constraint(`Member must have value greater than or equal to ${least}`);
      if (Number(value) > most) throw new Constraint(`Member must have value less than or equal to ${most}`);
      return Number(value);
    },
  };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

export const boolean: Member<boolean> = {
  read: (raw) => {
    const value = BOOLEANS.get(textOf(raw));
    if (value === undefined) throw new IamError("MalformedInput", "Expected true or false");
    return value;
  },
};

/** A list as `Name.member.1`, in the order of its numbers; an empty one is an empty text. */
export function listOf<Value>(member: Member<Value>): Member<readonly Value[]> {
  return {
    read: (raw) => {
      if (raw === undefined || raw === "") return [];
      const members = typeof raw === "string" ? undefined : raw.get("member");
      if (members === undefined || typeof members === "string") {
        throw new IamError("MalformedInput", "Expected a list");
      }
      const numbered = [...members].map(([index, value]) => ({ index: Number(index), value }));
      return numbered
        .toSorted((one, other) => one.index - other.index)
        .map(({ value }) => member.read(value));
    },
  };
}

export interface WireTag {
  readonly key: string;
  readonly value: string;
}

/** Only that both parts are there is checked here; the rest is for the tag rules. */
const tag: Member<WireTag> = {
  read: (raw) => {
    if (typeof raw !== "object") throw new Constraint("Member must not be null", "null");
    return { key: textOf(raw.get("Key")), value: textOf(raw.get("Value")) };
  },
};

export const tags: Member<readonly WireTag[]> = listOf(tag);

/** The members of every paginated operation. */
export const PAGE: {
  readonly Marker: Member<string | undefined>;
  readonly MaxItems: Member<number | undefined>;
} = {
  Marker: optional(text({ least: 1, most: 320, pattern: /^[\x20-\xff]+$/ })),
  MaxItems: optional(integer(1, 1000)),
};
