import type { IncomingHttpHeaders } from "node:http";
import type { ErrorObject, ValidateFunction } from "ajv";
import { type Answer, wireText } from "./answer.ts";
import type { Description, Schema } from "./description.ts";
import type { Routed } from "./routes.ts";

/* What is wrong with a question, and with an answer of the fake's own. */

export interface Question {
  readonly routed: Routed;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** As it came; empty for none. */
  readonly text: string;
  readonly body: unknown;
}

/** What who names none gets. The next, 2026-03-10, leaves out `merge_commit_sha`, among others: it is not played. */
const VERSION = "2022-11-28";
const JSON_TYPE = /^application\/(?:vnd\.github(?:\.v3)?\+)?json$/;
export const RAW_TYPE = /^application\/vnd\.github(?:\.v3)?\.raw(?:\+json)?$/;

/** GitHub answers these with 422, and so does the fake: who sends too much is told so. */
const TOO_MUCH: ReadonlySet<string> = new Set(["maxLength", "maxItems"]);

export function wrongInQuestion(description: Description, question: Question): readonly string[] {
  return [
    ...wrongHeaders(question),
    ...wrongPath(description, question),
    ...wrongQuery(description, question),
    ...wrongBody(description, question),
  ];
}

function wrongHeaders({ headers, routed, text }: Question): readonly string[] {
  const { accept = "", authorization, "content-type": contentType = "", "user-agent": agent = "" } = headers;
  const version = headers["x-github-api-version"]?.toString();
  const isRaw = RAW_TYPE.test(accept) && routed.route.includes("/contents/");
  return [
    ...(JSON_TYPE.test(accept) || isRaw ? [] : [`accept: ${accept}`]),
    ...(agent === "" ? ["no user-agent"] : []),
    ...(authorization === undefined || /^(?:token|bearer) \S+$/i.test(authorization)
      ? []
      : ["authorization"]),
    ...(version === undefined || version === VERSION ? [] : [`x-github-api-version: ${version}`]),
    ...(text === "" || /^application\/json(?:;|$)/.test(contentType) ? [] : [`content-type: ${contentType}`]),
  ];
}

function wrongPath(description: Description, { routed }: Question): readonly string[] {
  return Object.entries(routed.path).flatMap(([name, text]) =>
    wrongParameter(description, routed, { in: "path", name, text }),
  );
}

function wrongQuery(description: Description, { routed, query }: Question): readonly string[] {
  return [...query].flatMap(([name, text]) => {
    if (query.getAll(name).length > 1) return [`the parameter ${name}, given twice`];
    if (routed.play.query?.includes(name) !== true) return [`the parameter ${name}`];
    return wrongParameter(description, routed, { in: "query", name, text });
  });
}

interface Given {
  readonly in: "path" | "query";
  readonly name: string;
  readonly text: string;
}

function wrongParameter(description: Description, { route }: Routed, given: Given): readonly string[] {
  const parameters = description.operation(route)?.parameters ?? [];
  const found = parameters.find((each) => each.name === given.name && each.in === given.in);
  if (found === undefined) return [`the parameter ${given.name}`];
  const isNumber = found.schema["type"] === "integer" && /^\d+$/.test(given.text);
  return wrong(description.check(found.schema), isNumber ? Number(given.text) : given.text).map(
    (each) => `the parameter ${given.name}: ${each}`,
  );
}

function wrongBody(description: Description, { routed, text, body }: Question): readonly string[] {
  const { route, play } = routed;
  const described = description.operation(route)?.requestBody;
  const keys = body instanceof Object ? Object.keys(body) : [];
  const unknown = keys
    .filter((key) => play.keys?.includes(key) !== true)
    .map((key) => `the key ${key} of the body`);
  if (play.keys === undefined) return text === "" ? [] : ["a body"];
  const schema = described?.content?.["application/json"]?.schema;
  if (schema === undefined) return unknown;
  return [...unknown, ...wrong(description.check(schema, "closed"), body)];
}

function wrong(check: ValidateFunction, value: unknown): readonly string[] {
  if (check(value)) return [];
  return (check.errors ?? []).filter(({ keyword }) => !TOO_MUCH.has(keyword)).map(told);
}

function told({ instancePath, message = "", params }: ErrorObject): string {
  return `${instancePath === "" ? "it" : instancePath} ${message} ${JSON.stringify(params)}`;
}

const BASIC_ERROR: Schema = { $ref: "#/components/schemas/basic-error" };

/**
 * What is wrong with an answer of the fake. Where GitHub's description leaves something out:
 * - the refusals of any route (401, 403, 404, 410, 422) are not listed with each; they look like all others;
 * - what comes raw has no schema;
 * - GraphQL is not described.
 */
export function wrongInAnswer(description: Description, route: string, answer: Answer): readonly string[] {
  const { status, body } = answer;
  const operation = description.operation(route);
  if (operation === undefined || Buffer.isBuffer(body)) return [];
  const listed = operation.responses[`${status}`];
  if (listed === undefined && status < 400) return [`${status} is not in the description`];
  const schema = listed === undefined ? BASIC_ERROR : listed.content?.["application/json"]?.schema;
  if (schema === undefined) return body === undefined ? [] : [`${status} has no body in the description`];
  const check = description.check(schema);
  if (check(JSON.parse(wireText(body)))) return [];
  return (check.errors ?? []).map(told);
}
