import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { GetCredentialReportCommand, type IAMClient } from "@aws-sdk/client-iam";

import { required } from "./answer.ts";

/**
 * The finished report as CSV. The SDK adds up the text of an XML element letter by letter, which for the report of 5,000
 * users takes a tenth of a second and a hundred megabytes: so it is cut out before the SDK parses the rest. Throws
 * what the SDK throws; an answer of another form is left to the SDK as a whole.
 */
export async function fetchReportText(iam: IAMClient): Promise<string> {
  const command = new GetCredentialReportCommand({});
  let cut: string | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const response = answer.response as { readonly body: Readable };
      const body = rest(response.body, (content) => (cut = content));
      return { ...answer, response: { ...response, body } };
    },
    // Next to the socket: the SDK parses the answer right after it.
    { step: "deserialize", priority: "low", name: "fetchReportText" },
  );
  const { Content } = await iam.send(command);
  const bytes = cut === undefined ? required(Content, "GetCredentialReport") : Buffer.from(cut, "base64");
  return new TextDecoder().decode(bytes);
}

/** Base64 as the SDK takes it; of anything else it says that it is wrong. */
const CONTENT = /<Content>([A-Za-z0-9+/]+={0,2})<\/Content>/;

/** The answer without the text of the report, which `found` is called with; or the whole answer, and undefined. */
function rest(answer: Readable, found: (content: string | undefined) => void): Readable {
  return Readable.from(
    (async function* () {
      const xml = await text(answer);
      const [element, content = ""] = CONTENT.exec(xml) ?? [];
      const whole = element !== undefined && content.length % 4 === 0;
      found(whole ? content : undefined);
      yield Buffer.from(whole ? xml.replace(element, "<Content></Content>") : xml);
    })(),
  );
}
