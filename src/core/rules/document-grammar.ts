import { isObject, type Json, type JsonObject } from "./documents.ts";
import { nearest } from "./nearest.ts";

/*
 * The grammar of an identity-based policy document, as PutUserPolicy and PutGroupPolicy hold it against a document
 * (MalformedPolicyDocument; User Guide, "Grammar of the IAM JSON policy language"). Only what IAM is known to refuse is
 * a problem here. Actions and resources are not looked up: IAM does not either.
 */

const DOCUMENT_KEYS: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);
/** The elements that a statement of an identity-based policy may have. */
export const STATEMENT_KEYS: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** What is wrong with an identity-based policy document, at which JSON Pointer inside it. */
export interface DocumentProblem {
  readonly pointer: string;
  readonly problem: string;
}

export function documentProblems(document: Json): readonly DocumentProblem[] {
  if (!isObject(document))
    return [{ pointer: "", problem: "a policy document is a map with Version and Statement" }];
  const { Version: version, Id: id, Statement: statement } = document;
  const isVersion = version === undefined || version === "2012-10-17" || version === "2008-10-17";
  return [
    ...unknownElements(document, DOCUMENT_KEYS, ""),
    ...(isVersion ? [] : [{ pointer: "/Version", problem: 'Version is "2012-10-17"' }]),
    ...(id === undefined || typeof id === "string" ? [] : [{ pointer: "/Id", problem: "Id is a text" }]),
    ...(statement === undefined
      ? missing(document, DOCUMENT_KEYS, { pointer: "", elements: ["Statement"] })
      : statementsProblems(statement)),
    ...characterProblems(document),
  ];
}

function statementsProblems(statement: Json): readonly DocumentProblem[] {
  if (!Array.isArray(statement)) return statementProblems(statement, "/Statement");
  const list = statement as readonly Json[];
  if (list.length === 0) return [{ pointer: "/Statement", problem: "Statement has no entry" }];
  return [
    ...list.flatMap((each, index) => statementProblems(each, `/Statement/${index}`)),
    ...repeatedSids(list),
  ];
}

function statementProblems(statement: Json, pointer: string): readonly DocumentProblem[] {
  if (!isObject(statement))
    return [{ pointer, problem: "a statement is a map with Effect, Action and Resource" }];
  return [
    ...unknownElements(statement, STATEMENT_KEYS, pointer),
    ...sidProblems(statement, pointer),
    ...effectProblems(statement, pointer),
    ...eitherProblems(statement, pointer, "Action"),
    ...eitherProblems(statement, pointer, "Resource"),
    ...conditionProblems(statement, pointer),
  ];
}

/** Sid: letters and digits only, and once in a document (User Guide, "Sid"). */
function sidProblems({ Sid: sid }: JsonObject, pointer: string): readonly DocumentProblem[] {
  if (sid === undefined || (typeof sid === "string" && /^[0-9A-Za-z]*$/.test(sid))) return [];
  return [{ pointer: `${pointer}/Sid`, problem: "Sid is a text of letters and digits only" }];
}

function repeatedSids(statements: readonly Json[]): readonly DocumentProblem[] {
  const seen = new Set<Json>();
  return statements.flatMap((statement, index) => {
    const sid = isObject(statement) ? statement["Sid"] : undefined;
    if (typeof sid !== "string" || sid === "") return [];
    if (!seen.has(sid)) {
      seen.add(sid);
      return [];
    }
    return [{ pointer: `/Statement/${index}/Sid`, problem: `Sid "${sid}" stands here a second time` }];
  });
}

function effectProblems(statement: JsonObject, pointer: string): readonly DocumentProblem[] {
  const { Effect: effect } = statement;
  if (effect === "Allow" || effect === "Deny") return [];
  if (effect === undefined) return missing(statement, STATEMENT_KEYS, { pointer, elements: ["Effect"] });
  return [{ pointer: `${pointer}/Effect`, problem: "Effect is Allow or Deny, written like that" }];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: one of the two, with texts that IAM can take for such. */
function eitherProblems(
  statement: JsonObject,
  pointer: string,
  element: "Action" | "Resource",
): readonly DocumentProblem[] {
  const keys = [element, `Not${element}`].filter((key) => statement[key] !== undefined);
  if (keys.length === 0)
    return missing(statement, STATEMENT_KEYS, { pointer, elements: [element, `Not${element}`] });
  const both = {
    pointer: `${pointer}/Not${element}`,
    problem: `${element} and Not${element} exclude each other`,
  };
  return [
    ...(keys.length > 1 ? [both] : []),
    ...keys.flatMap((key) => textsProblems(statement[key], `${pointer}/${key}`, { key, element })),
  ];
}

interface Element {
  readonly key: string;
  readonly element: "Action" | "Resource";
}

function textsProblems(
  value: Json | undefined,
  pointer: string,
  { key, element }: Element,
): readonly DocumentProblem[] {
  const isList = Array.isArray(value);
  const values = (isList ? value : [value]) as readonly Json[];
  if (values.length === 0 || !values.every((text) => typeof text === "string" && text !== ""))
    return [{ pointer, problem: `${key} is a text or a list of texts` }];
  return (values as readonly string[]).flatMap((text, index) => {
    // With a wildcard or a variable in it nobody can say.
    if (/[:*?$]/.test(text)) return [];
    const problem =
      element === "Action"
        ? `the action "${text}" lacks its service, as in s3:GetObject`
        : `the resource "${text}" is neither an ARN nor *`;
    return [{ pointer: isList ? `${pointer}/${index}` : pointer, problem }];
  });
}

function conditionProblems(
  { Condition: condition }: JsonObject,
  pointer: string,
): readonly DocumentProblem[] {
  if (condition === undefined) return [];
  const at = `${pointer}/Condition`;
  if (!isObject(condition)) return [{ pointer: at, problem: "Condition is a map of operators" }];
  return Object.entries(condition)
    .filter(([, operands]) => !isObject(operands))
    .map(([operator]) => ({
      pointer: `${at}/${escaped(operator)}`,
      problem: `the operator "${operator}" holds a map of condition keys`,
    }));
}

/** Put*Policy takes nothing above U+00FF in a document (service model, policyDocumentType). */
function characterProblems(document: JsonObject): readonly DocumentProblem[] {
  const [character] = /[^\0-\xff]/u.exec(JSON.stringify(document)) ?? [];
  if (character === undefined) return [];
  return [
    {
      pointer: "",
      problem: `IAM takes no "${character}" in a policy document, only characters up to U+00FF`,
    },
  ];
}

/** Says so, unless one of the elements is there and only misspelt, which is told already. */
function missing(
  object: JsonObject,
  known: ReadonlySet<string>,
  { pointer, elements }: { readonly pointer: string; readonly elements: readonly string[] },
): readonly DocumentProblem[] {
  const meant = new Set(Object.keys(object).map((key) => (known.has(key) ? key : nearest(key, known))));
  if (elements.some((element) => meant.has(element))) return [];
  return [{ pointer, problem: `${elements.join(" or ")} is missing` }];
}

function unknownElements(
  object: JsonObject,
  known: ReadonlySet<string>,
  pointer: string,
): readonly DocumentProblem[] {
  return Object.keys(object)
    .filter((key) => !known.has(key))
    .map((key) => ({ pointer: `${pointer}/${escaped(key)}`, problem: unknownElement(key, known) }));
}

function unknownElement(key: string, known: ReadonlySet<string>): string {
  if (key === "Principal" || key === "NotPrincipal")
    return `the policy of a user or group has no ${key}: it speaks of whoever has it`;
  const meant = nearest(key, known);
  return meant === undefined
    ? `unknown element "${key}"`
    : `unknown element "${key}"; did you mean "${meant}"?`;
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
