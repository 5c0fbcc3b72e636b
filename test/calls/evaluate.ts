/*
 * Whether a policy lets a call through, by IAM's rules: a statement that denies wins, and what nothing allows is denied. It
 * knows the operators that our policies use, and refuses every other.
 */

export interface Asked {
  readonly permission: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface StatementToRead {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  /** None in a trust policy, which stands on its resource. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Condition;
}

export interface PolicyToRead {
  readonly Statement: readonly StatementToRead[];
}

export function decide(policy: PolicyToRead, asked: Asked): "allowed" | "denied" | "not allowed" {
  const effects = new Set(
    policy.Statement.filter((each) => applies(each, asked)).map(({ Effect }) => Effect),
  );
  if (effects.has("Deny")) return "denied";
  return effects.has("Allow") ? "allowed" : "not allowed";
}

export function applies(statement: StatementToRead, { permission, resource, context }: Asked): boolean {
  const { Action, NotAction, Resource = "*", Condition = {} } = statement;
  const isNamed = (names: string | readonly string[]): boolean =>
    list(names).some((name) => globs(name.toLowerCase(), permission.toLowerCase()));
  return (
    (Action === undefined || isNamed(Action)) &&
    (NotAction === undefined || !isNamed(NotAction)) &&
    list(Resource).some((pattern) => globs(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, context[key], list(wanted))),
    )
  );
}

type Value = string | readonly string[] | undefined;

function holds(operator: string, found: Value, wanted: readonly string[]): boolean {
  const values = found === undefined ? [] : list(found);
  switch (operator) {
    case "StringEquals":
    case "ArnEquals":
      return values.length > 0 && values.every((value) => wanted.includes(value));
    case "StringLike":
      return values.length > 0 && values.every((value) => wanted.some((pattern) => globs(pattern, value)));
    case "StringNotEquals":
    case "ArnNotEquals":
      return values.every((value) => !wanted.includes(value));
    case "ForAllValues:StringEquals":
      return values.every((value) => wanted.includes(value));
    case "Null":
      return wanted.includes(String(found === undefined));
    default:
      throw new Error(`no condition of ours has the operator ${operator}`);
  }
}

export function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** With regard to case, as in the resource of an ARN. */
export function globs(pattern: string, text: string): boolean {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${source.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
