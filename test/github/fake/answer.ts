/* What the fake answers. An undefined value in a body is a null on the wire. */

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const DOCUMENTATION = "https://docs.github.com/rest";

/** A refusal, as GitHub words it. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${answer.status} ${wireText(answer.body)}`);
    this.answer = answer;
  }
}

export function failed(status: number, message: string, headers: Answer["headers"] = {}): Answer {
  const body = { message, documentation_url: DOCUMENTATION, status: `${status}` };
  return { status, headers, body };
}

export function refuse(status: number, message: string): Refused {
  return new Refused(failed(status, message));
}

export function notFound(): Refused {
  return refuse(404, "Not Found");
}

export interface Fault {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

export function invalid(error: Fault): Refused {
  const body = {
    message: "Validation Failed",
    errors: [error],
    documentation_url: DOCUMENTATION,
    status: "422",
  };
  return new Refused({ status: 422, body });
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: Readonly<Record<string, unknown>>): Answer {
  return { status: 201, headers: { location: String(body["url"]) }, body };
}

/** The text of a body on the wire. */
export function wireText(body: unknown): string {
  // oxlint-disable-next-line unicorn/no-null -- JSON has one
  return JSON.stringify(body, (_, value: unknown) => (value === undefined ? null : value));
}
