import { isMap, isNode, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { PolicyToRead, StatementToRead } from "../calls/evaluate.ts";

/*
 * As much of CloudFormation as our template needs: its parameters are put in, and its functions carried out.
 */

/** A value of a template: a function stands there as `{fn, of}`. */
type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

interface Call {
  readonly fn: string;
  readonly of: Value;
}

export type Parameters = Readonly<Record<string, string>>;

const PSEUDO: Parameters = { "AWS::Partition": "aws", "AWS::AccountId": "123456789012" };

interface Template {
  readonly Parameters: Readonly<
    Record<string, { readonly Default?: string; readonly Type: string; readonly AllowedPattern?: string }>
  >;
  readonly Conditions: Readonly<Record<string, Value>>;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Condition?: string; readonly Properties: Value }>
  >;
}

export interface Role {
  readonly RoleName: string;
  readonly MaxSessionDuration: number;
  readonly AssumeRolePolicyDocument: {
    readonly Statement: readonly (StatementToRead & { readonly Principal: unknown })[];
  };
  readonly Policies: readonly { readonly PolicyDocument: PolicyToRead }[];
}

export interface Stack {
  readonly resources: readonly string[];
  readonly role: (name: string) => Role;
}

/** The resources as CloudFormation would make them with these parameters. Throws where one is not taken. */
export function deploy(text: string, given: Parameters): Stack {
  const template = plain(parseDocument(text, { logLevel: "silent" }).contents) as unknown as Template;
  const values = new Map<string, Value>(Object.entries(PSEUDO));
  for (const [name, { Default, Type, AllowedPattern = "" }] of Object.entries(template.Parameters)) {
    const value = given[name] ?? Default;
    if (value === undefined || !new RegExp(AllowedPattern).test(value)) throw new Error(`${name}: ${value}`);
    values.set(name, Type === "CommaDelimitedList" ? value.split(",").map((each) => each.trim()) : value);
  }
  const resolver = resolverFor(template, values);
  const made = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || resolver.holds(Condition),
  );
  return {
    resources: made.map(([name]) => name),
    role: (name) => resolver.resolve(template.Resources[name]?.Properties ?? "") as unknown as Role,
  };
}

function plain(node: unknown): Value {
  if (!isNode(node)) throw new Error("nothing is no value of a template");
  const value = untagged(node);
  const isCall = node.tag?.startsWith("!") === true;
  return isCall ? { fn: node.tag?.slice(1) ?? "", of: value } : value;
}

function untagged(node: Node): Value {
  if (isScalar(node)) return node.value as Value;
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(key), plain(value)]));
  throw new Error("an alias is no value of a template");
}

interface Resolver {
  readonly resolve: (value: Value) => Value;
  readonly holds: (condition: string) => boolean;
}

const NOTHING = "AWS::NoValue";

function resolverFor({ Conditions }: Template, values: ReadonlyMap<string, Value>): Resolver {
  const known = (name: string, more: Readonly<Record<string, Value>> = {}): Value => {
    const value = more[name] ?? values.get(name);
    if (value === undefined) throw new Error(`the template has no ${name}`);
    return value;
  };
  const substituted = (text: string, more?: Readonly<Record<string, Value>>): string =>
    text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
      const value = known(name, more);
      if (typeof value !== "string") throw new Error(`${name} is no text`);
      return value;
    });
  const functions: Readonly<Record<string, (of: never) => Value>> = {
    Ref: (name: string) => (name === "Provider" ? "the-provider" : name === NOTHING ? NOTHING : known(name)),
    Sub: (of: string | readonly [string, Readonly<Record<string, Value>>]) =>
      typeof of === "string" ? substituted(of) : substituted(of[0], of[1]),
    Join: ([between, parts]: readonly [string, readonly string[]]) => parts.join(between),
    Split: ([between, text]: readonly [string, string]) => text.split(between),
    Equals: ([one, other]: readonly [Value, Value]) => one === other,
    Not: ([condition]: readonly [boolean]) => !condition,
    If: ([condition, one, other]: readonly [string, Value, Value]) => (holds(condition) ? one : other),
  };
  const holds = (condition: string): boolean => resolve(Conditions[condition] ?? false) === true;
  const resolve = (value: Value): Value => {
    if (Array.isArray(value))
      return (value as readonly Value[]).map(resolve).filter((each) => each !== NOTHING);
    if (typeof value !== "object") return value;
    if ("fn" in value) {
      const { fn, of } = value as unknown as Call;
      const carryOut = functions[fn];
      if (carryOut === undefined) throw new Error(`no function ${fn} is known here`);
      return carryOut((fn === "If" ? resolveBranches(of) : resolve(of)) as never);
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]));
  };
  // The branches may be NoValue, which a list would lose.
  const resolveBranches = (of: Value): Value => (of as readonly Value[]).map((each) => resolve(each));
  return { resolve, holds };
}
