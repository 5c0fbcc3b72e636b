import type { IncomingHttpHeaders } from "node:http";
import { type Answer, failed, Refused } from "./answer.ts";
import type { Call } from "./call.ts";
import { type Question, RAW_TYPE, wrongInAnswer, wrongInQuestion } from "./checks.ts";
import type { Description } from "./description.ts";
import { BAD_GATEWAY, type Faults } from "./faults.ts";
import { allow, tokenOf } from "./rights.ts";
import { routeOf } from "./routes.ts";
import type { World } from "./world.ts";

/* One question and its answer. */

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A question that was asked, for tests to look at. */
export interface Request {
  readonly method: string;
  /** As `GET /user`; undefined where the fake knows none. */
  readonly route: string | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Undefined until it is answered, and where the connection broke. */
  status: number | undefined;
}

export type Hook = (call: Pick<Call, "path" | "query" | "body">) => void | Promise<void>;

export interface Fake {
  readonly world: World;
  readonly description: Description;
  readonly violations: string[];
  readonly requests: Request[];
  readonly faults: Faults;
  readonly hooks: { readonly on: string; readonly hook: Hook }[];
  /** For tests of the checks of answers: what is changed of an answer before it is checked. */
  alter: (answer: Answer) => Answer;
}

export type Exchanged = { readonly answer: Answer; readonly isCut?: boolean } | "drop";

/** Never rejects: what the fake does not know is a violation, and answered with 500. */
export async function exchange(fake: Fake, asked: Asked): Promise<Exchanged> {
  const request: Request = {
    method: asked.method,
    route: undefined,
    path: asked.url.pathname,
    query: Object.fromEntries(asked.url.searchParams),
    body: undefined,
    status: undefined,
  };
  const at = fake.requests.push(request) - 1;
  const note = (known: Partial<Request>) => Object.assign(fake.requests[at] ?? {}, known);
  try {
    const exchanged = await answered(fake, asked, note);
    if (exchanged !== "drop" && exchanged.isCut !== true) note({ status: exchanged.answer.status });
    return exchanged;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    fake.violations.push(`${asked.method} ${asked.url.pathname}: ${message}`);
    note({ status: 500 });
    return { answer: failed(500, message) };
  }
}

type Note = (known: Partial<Request>) => void;

async function answered(fake: Fake, asked: Asked, note: Note): Promise<Exchanged> {
  const routed = routeOf(asked.method, asked.url.pathname);
  if (routed === undefined) throw new Error(`the fake does not know ${asked.method} ${asked.url.pathname}`);
  const body: unknown = asked.text === "" ? undefined : JSON.parse(asked.text);
  note({ route: routed.route, body });
  const { searchParams: query } = asked.url;
  const question: Question = { routed, query, headers: asked.headers, text: asked.text, body };
  const wrong = wrongInQuestion(fake.description, question);
  if (wrong.length > 0) throw new Error(`the fake does not know ${wrong.join(", ")}`);
  const fault = fake.faults.take(routed.route);
  if (fault === "drop") return fault;
  if (fault instanceof Object) return { answer: fault };
  const answer = fake.alter(await carriedOut(fake, asked, question));
  const wrongs = wrongInAnswer(fake.description, routed.route, answer);
  if (wrongs.length > 0) throw new Error(`the fake answers against the description: ${wrongs.join(", ")}`);
  if (fault === "lost-answer") return { answer: BAD_GATEWAY };
  if (fault === "drop-after") return "drop";
  return { answer, isCut: fault === "cut-answer" };
}

async function carriedOut({ world, hooks }: Fake, asked: Asked, { routed, body }: Question): Promise<Answer> {
  try {
    const call: Call = {
      world,
      token: tokenOf(world, asked.headers.authorization),
      path: routed.path,
      query: Object.fromEntries(asked.url.searchParams),
      body: withoutNulls(body),
      isRaw: RAW_TYPE.test(asked.headers.accept ?? ""),
      url: asked.url.href,
    };
    const { needs, play } = routed.play;
    if (needs !== undefined) allow(call, needs(call));
    const answer = play(call);
    for (const each of hooks) if (each.on === routed.route) await each.hook(call);
    return answer;
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

/** A null says as much as nothing. */
function withoutNulls(body: unknown): unknown {
  if (!(body instanceof Object) || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
