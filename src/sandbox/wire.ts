import { IamError } from "./errors.ts";

/*
 * The AWS query protocol: a form comes in (`Tags.member.1.Key=team`), XML goes out. Nothing here knows IAM.
 */

/** A form as a tree; the parts of a name between dots are its levels. */
export type Form = string | FormTree;
export type FormTree = ReadonlyMap<string, Form>;

/** What an operation answers: objects are elements, lists hold `member`s, maps hold `entry`s; undefined is left out. */
export type Answer =
  | string
  | number
  | boolean
  | undefined
  | readonly Answer[]
  | ReadonlyMap<string, Answer>
  | { readonly [name: string]: Answer };

export function parseForm(body: string): FormTree {
  const root = new Map<string, Form>();
  for (const [name, value] of new URLSearchParams(body)) {
    const levels = name.split(".");
    const last = levels.pop() ?? name;
    let tree = root;
    for (const level of levels) tree = subtree(tree, level);
    if (tree.get(last) instanceof Map) throw malformed(name);
    tree.set(last, value);
  }
  return root;
}

function subtree(tree: Map<string, Form>, level: string): Map<string, Form> {
  const found = tree.get(level);
  if (typeof found === "string") throw malformed(level);
  if (found !== undefined) return found as Map<string, Form>;
  const child = new Map<string, Form>();
  tree.set(level, child);
  return child;
}

function malformed(name: string): IamError {
  return new IamError("MalformedInput", `Unexpected value for ${name}`);
}

/** A value a program may write instead of a form: lists and objects as they are in the SDK's input. */
export type Plain =
  | string
  | number
  | boolean
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** The form that an SDK would send for this input. */
export function formOf(input: { readonly [name: string]: Plain }): FormTree {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  return new Map(entries.map(([name, value]) => [name, formValue(value)]));
}

function formValue(value: Plain): Form {
  if (Array.isArray(value)) {
    const members = (value as readonly Plain[]).map((member, index) => [
      String(index + 1),
      formValue(member),
    ]);
    return members.length === 0 ? "" : new Map([["member", new Map(members as [string, Form][])]]);
  }
  return typeof value === "object" ? formOf(value as { readonly [name: string]: Plain }) : String(value);
}

export interface Envelope {
  readonly operation: string;
  readonly namespace: string;
  readonly requestId: string;
}

/** The XML of a success. An operation without a result has no Result element. */
export function renderAnswer({ operation, namespace, requestId }: Envelope, answer: Answer): string {
  const result = answer === undefined ? "" : element(`${operation}Result`, answer);
  const metadata = element("ResponseMetadata", { RequestId: requestId });
  return `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`;
}

export function renderError({ namespace, requestId }: Omit<Envelope, "operation">, error: IamError): string {
  const type = error.status < 500 ? "Sender" : "Receiver";
  const body = element("Error", { Type: type, Code: error.code, Message: error.message });
  return `<ErrorResponse xmlns="${namespace}">${body}${element("RequestId", requestId)}</ErrorResponse>`;
}

function element(name: string, answer: Answer): string {
  return answer === undefined ? "" : `<${name}>${content(answer)}</${name}>`;
}

function content(answer: Answer): string {
  if (typeof answer === "string") return escapeXml(answer);
  if (typeof answer !== "object") return String(answer);
  if (Array.isArray(answer))
    return (answer as readonly Answer[]).map((one) => element("member", one)).join("");
  if (answer instanceof Map) {
    const entries = [...(answer as ReadonlyMap<string, Answer>)];
    return entries.map(([key, value]) => element("entry", { key, value })).join("");
  }
  const members = Object.entries(answer as { readonly [name: string]: Answer });
  return members.map(([name, value]) => element(name, value)).join("");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["\r", "&#xD;"],
]);

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => ENTITIES.get(character) ?? character);
}
