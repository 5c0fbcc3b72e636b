import { Readable } from "node:stream";
import { text as wholeOf } from "node:stream/consumers";

import { expect, test } from "vitest";

import { fetchReportText } from "../../src/iam/report-text.ts";
import { clientsOf, HURRY } from "./connect.ts";
import { answerOf, impostor, type Words } from "./impostor.ts";

const OPERATION = "GetCredentialReport";

/** What comes of an answer with this in it; the clients wait a tenth of the time. */
async function textOf(content: string): Promise<string> {
  return answered({ body: answerOf(OPERATION, `${content}<ReportFormat>text/csv</ReportFormat>`) });
}

async function answered(words: Words): Promise<string> {
  const { iam } = clientsOf(await impostor({ [OPERATION]: words }), HURRY);
  return fetchReportText(iam);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

test.each(["a", "ab", "abc", "user,arn\némilie,$&$1\n", "é".repeat(100_000)])(
  "a report is given whole, however long its Base64 is padded: %j",
  async (report) => {
    expect(await textOf(`<Content>${base64(report)}</Content>`)).toBe(report);
  },
);

test.each(["<Content><![CDATA[dXNlcg==]]></Content>", "<Content>dXNlcg&#61;=</Content>"])(
  "a form of XML that is not expected is read all the same: %s",
  async (content) => {
    expect(await textOf(content)).toBe("user");
  },
);

test.each(["<Content>dXNlc</Content>", "<Content>dXNl!g==</Content>", "<Content>dX=N</Content>", "<Other/>"])(
  "what is no report is never read as one: %s",
  async (content) => {
    await expect(textOf(content)).rejects.toMatchObject({ code: "UnreadableAnswer", operation: OPERATION });
  },
);

test("an answer that breaks off is a lost one", async () => {
  const body = answerOf(OPERATION, "<Content>dXNlcg==</Content>");
  await expect(answered({ body, promised: 5000 })).rejects.toMatchObject({
    code: "ECONNRESET",
    operation: OPERATION,
  });
});

test("nothing is kept of an answer that could not be read to its end", async () => {
  const bodies = [
    "<A><Content>Zmlyc3Q=</Content>",
    answerOf(OPERATION, "<Content><![CDATA[c2Vjb25k]]></Content>"),
  ];
  const words = {
    get body() {
      return bodies.shift() ?? "";
    },
  };
  expect(await answered(words)).toBe("second");
});

test("the SDK does not see the text of the report, which it would add up letter by letter", async () => {
  const body = answerOf(OPERATION, "<Content>dXNlcg==</Content><ReportFormat>text/csv</ReportFormat>");
  const { iam } = clientsOf(await impostor({ [OPERATION]: { body } }), HURRY);
  const parsed: string[] = [];
  // Of two at the same place, the client's own comes before that of a command: between it and the SDK.
  iam.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const response = answer.response as { readonly body: Readable };
      const xml = await wholeOf(response.body);
      parsed.push(xml);
      return { ...answer, response: { ...response, body: Readable.from([Buffer.from(xml)]) } };
    },
    { step: "deserialize", priority: "low", name: "whatIsParsed" },
  );
  expect(await fetchReportText(iam)).toBe("user");
  expect(parsed).toEqual([body.replace("dXNlcg==", "")]);
});
