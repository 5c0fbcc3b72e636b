import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

export interface Words {
  readonly status?: number;
  readonly body: string;
  /** More than the body has: the connection breaks in the middle of it. */
  readonly promised?: number;
  /** When it says that it answers; default: now. */
  readonly date?: Date;
}

/** Something that answers in IAM's place: for each operation the same words every time, and `body` for all others. */
export async function impostor(
  answers: Readonly<Record<string, Words>>,
  otherwise: Words = { body: "" },
): Promise<string> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const { status = 200, body, promised, date } = answers[form.get("Action") ?? ""] ?? otherwise;
    const length = promised ?? Buffer.byteLength(body);
    const when = date === undefined ? {} : { date: date.toUTCString() };
    response.writeHead(status, { "content-type": "text/xml", "content-length": length, ...when });
    response.write(body, () => {
      if (promised === undefined) response.end();
      else request.socket.destroy();
    });
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An answer of IAM to this operation, around the given XML. */
export function answerOf(operation: string, result: string): string {
  const space = "https://iam.amazonaws.com/doc/2010-05-08/";
  return `<${operation}Response xmlns="${space}"><${operation}Result>${result}</${operation}Result></${operation}Response>`;
}

export function errorOf(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}
