import type { Change } from "../../core/change.ts";
import { STATEMENT_KEYS } from "../../core/rules/document-grammar.ts";
import { canonicalDocument, isObject, type Json, type JsonObject } from "../../core/rules/documents.ts";
import { listing, type Phrase, say, verbatim } from "../phrase.ts";
import type { Sign } from "./signs.ts";

/** One line below a change. */
export interface Detail {
  /** undefined: it shares the fate of the change. */
  readonly sign: Sign | undefined;
  readonly words: Phrase;
}

/** The statements of an inline policy, or what it gains and loses where it is replaced; all of them: what is not shown is not reviewed. */
export function documentDetails(change: Change): readonly Detail[] {
  switch (change.kind) {
    case "PutUserPolicy":
    case "PutGroupPolicy":
      return change.replaces === undefined
        ? signed(undefined, statements(change.document))
        : differences(change.replaces, change.document);
    case "DeleteUserPolicy":
    case "DeleteGroupPolicy":
      return signed(undefined, statements(change.document));
    default:
      return [];
  }
}

function differences(before: JsonObject, after: JsonObject): readonly Detail[] {
  const old = new Map(statements(before).map((statement) => [meaning(statement), statement]));
  const fresh = new Map(statements(after).map((statement) => [meaning(statement), statement]));
  const rest = restOf(after);
  return [
    ...signed(
      "-",
      [...old].filter(([key]) => !fresh.has(key)).map(([, statement]) => statement),
    ),
    ...signed(
      "+",
      [...fresh].filter(([key]) => !old.has(key)).map(([, statement]) => statement),
    ),
    ...(restOf(before) === rest
      ? []
      : [{ sign: "~", words: verbatim(`${restOf(before)} → ${rest}`) } as const]),
  ];
}

function signed(sign: Sign | undefined, list: readonly Json[]): readonly Detail[] {
  return list.map((statement) => ({ sign, words: statementWords(statement) }));
}

function statements(document: JsonObject): readonly Json[] {
  const statement = document["Statement"] ?? [];
  return Array.isArray(statement) ? (statement as readonly Json[]) : [statement];
}

function meaning(statement: Json): string {
  return canonicalDocument({ Statement: [statement] });
}

/** All of the document but its statements: the version decides how variables are read. */
function restOf(document: JsonObject): string {
  return JSON.stringify(Object.fromEntries(Object.entries(document).filter(([key]) => key !== "Statement")));
}

/** `Deny iam:CreateAccessKey on *`; a statement of any other shape as the JSON it is. */
function statementWords(statement: Json): Phrase {
  if (!isObject(statement) || !Object.keys(statement).every((key) => STATEMENT_KEYS.has(key)))
    return asJson(statement);
  const actions = oneOf(statement, "Action", "NotAction");
  const resources = oneOf(statement, "Resource", "NotResource");
  const effect = statement["Effect"];
  if (actions === undefined || resources === undefined) return asJson(statement);
  if (effect !== "Allow" && effect !== "Deny") return asJson(statement);
  const condition = statement["Condition"];
  return say`${[effect]} ${actions} on ${resources}${condition === undefined ? [] : say` if ${asJson(condition)}`}`;
}

function oneOf(statement: JsonObject, key: string, opposite: string): Phrase | undefined {
  const [value, other] = [statement[key], statement[opposite]];
  if ((value === undefined) === (other === undefined)) return undefined;
  const list = texts(value ?? other ?? []);
  if (list === undefined) return undefined;
  return value === undefined ? say`everything but ${listing(list)}` : listing(list);
}

function texts(value: Json): readonly string[] | undefined {
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return values.length > 0 && values.every((each) => typeof each === "string") ? values : undefined;
}

function asJson(value: Json): Phrase {
  return verbatim(JSON.stringify(value));
}
