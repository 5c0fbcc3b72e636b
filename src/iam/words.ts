import { IamFailure, type FailureKind } from "../core/failure.ts";
import { textOf, type Call } from "./call.ts";
import { parseSdkError, type SdkError } from "./sdk-error.ts";

/*
 * The SDK's errors as IamFailure: what was asked, what was answered, what to do about it.
 */

/** Names of errors from the credential chain, and answers that say the credentials are not taken. */
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ProviderError|Expired(Token|TokenException)|RequestExpired|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken)$/;

/** Errors that are neither an answer nor the network's are mistakes of a program, and are given back as they are. */
export function failureOf(error: unknown, call: Call): unknown {
  const seen = parseSdkError(error);
  const kind = kindOf(seen);
  if (kind === undefined) return error;
  const code = seen.code.startsWith("AccessDenied") ? "AccessDenied" : seen.code;
  const secret = textOf(call, "Password");
  const secretive = secret !== undefined || call.operation === "CreateAccessKey";
  const text = messageOf(kind, { ...seen, code }, call);
  return new IamFailure({
    message: secret === undefined ? text : text.replaceAll(secret, "***"),
    code,
    operation: call.operation,
    kind,
    ambiguous: call.tries.has("lost"),
    // The SDK's error holds the answer; where a secret is sent or given, it stops here.
    cause: secretive ? undefined : error,
  });
}

function kindOf(seen: SdkError): FailureKind | undefined {
  if (CREDENTIALS.test(seen.code)) return "credentials";
  if (seen.network !== undefined) return "connection";
  return seen.status === undefined ? undefined : "answer";
}

function messageOf(kind: FailureKind, seen: SdkError, call: Call): string {
  switch (kind) {
    case "connection": {
      const isMaybeMade = call.tries.has("lost") && !/^(Get|List|Generate)/.test(call.operation);
      const warning = isMaybeMade ? " It may have been done all the same: no answer came." : "";
      return `${asked(call)}: AWS cannot be reached: ${seen.message || seen.code}\nCheck the network, and AWS_ENDPOINT_URL where it is set.${warning}`;
    }
    case "credentials":
      return `${asked(call)}: ${credentialProblem(seen)}`;
    case "answer": {
      const advice = adviceFor(seen, call);
      const text = `${asked(call)}: AWS answers ${seen.code}${seen.message && `: ${seen.message}`}`;
      return advice === undefined ? text : `${text}\n${advice}`;
    }
    default:
      return kind satisfies never;
  }
}

/** The call and its subject: `AddUserToGroup emily power-users`. Only names, so that no secret can be among them. */
function asked(call: Call): string {
  const members = ["UserName", "GroupName", "PolicyName", "PolicyArn", "AccessKeyId", "SerialNumber"];
  return [call.operation, ...members.map((member) => textOf(call, member))]
    .filter((text) => text !== undefined)
    .join(" ");
}

function credentialProblem(seen: SdkError): string {
  if (/^(Expired|RequestExpired)/.test(seen.code)) {
    return "the AWS credentials have expired.\nSign in again (aws sso login, aws login), or get new ones, and run this again.";
  }
  if (/Provider/.test(seen.code)) {
    return (
      `no usable AWS credentials: ${seen.message}\n` +
      "Sign in (aws sso login, aws login) or set AWS_PROFILE; in a workflow, run aws-actions/configure-aws-credentials first."
    );
  }
  return (
    `AWS does not take these credentials (${seen.code}: ${seen.message})\n` +
    "Check which ones are in use (aws sts get-caller-identity); outside the aws partition, AWS_REGION must name a region of theirs."
  );
}

/** AWS names what is missing itself: creating a user with tags needs TagUser too. */
function missingPermission({ message }: SdkError, call: Call): string {
  return /to perform: (\w+:\w+)/.exec(message)?.[1] ?? `iam:${call.operation}`;
}

function adviceFor(seen: SdkError, call: Call): string | undefined {
  const { code } = seen;
  switch (code) {
    case "AccessDenied":
      return `The identity that runs this needs ${missingPermission(seen, call)}, and no deny, boundary or SCP against it.`;
    case "Throttling":
    case "ThrottlingException":
    case "TooManyRequestsException":
    case "RequestLimitExceeded":
      return "AWS kept asking to slow down; wait some minutes, then run this again.";
    case "EntityTemporarilyUnmodifiable":
    case "ConcurrentModification":
      return "Somebody else is changing it, or IAM is not done with the last change; run this again.";
    case "DeleteConflict":
      return "Something was added to it in the meantime; run this again.";
    default:
      if (code !== "UnreadableAnswer" && !code.startsWith("HTTP ")) return undefined;
      return "That is no answer of IAM: something else answers in its place (a proxy, or what AWS_ENDPOINT_URL names).";
  }
}
