/** What an error that came out of the SDK tells, whatever class it is of. */
export interface SdkError {
  /** The code on the wire, without the `Exception` that the SDK's classes put behind it. */
  readonly code: string;
  readonly message: string;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The network's own code, where there was no whole answer. */
  readonly network: string | undefined;
}

interface Raw {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
  readonly errors?: readonly Raw[];
}

export function parseSdkError(error: unknown): SdkError {
  const raw: Raw = typeof error === "object" && error !== null ? error : { message: String(error) };
  const network = networkCode(raw);
  // An answer that was cut carries the status of its first line as well; the network's word counts.
  const status = network === undefined ? raw.$metadata?.httpStatusCode : undefined;
  const parsed = { status: typeof status === "number" ? status : undefined, network };
  return { ...parsed, code: network ?? wireCode(raw, parsed.status), message: messageOf(raw) };
}

function networkCode(raw: Raw): string | undefined {
  if (typeof raw.code === "string") return raw.code;
  return raw.name === "TimeoutError" ? "TimeoutError" : undefined;
}

function wireCode(raw: Raw, status: number | undefined): string {
  if (typeof raw.Code === "string") return raw.Code;
  const name = typeof raw.name === "string" ? raw.name : "Error";
  // Only the service's own errors carry a fault; without one, the answer was no IAM answer.
  if (status === undefined || (raw.$fault !== undefined && name !== "Unknown")) return name;
  return status < 300 ? "UnreadableAnswer" : `HTTP ${status}`;
}

function messageOf(raw: Raw): string {
  const message = typeof raw.message === "string" ? raw.message : "";
  // A host with several addresses fails with an empty message and one error for each.
  if (message === "" && raw.errors?.[0] !== undefined) return messageOf(raw.errors[0]);
  const [line = ""] = message.split("\n");
  return line.trim();
}
