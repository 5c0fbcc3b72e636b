import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { inject, onTestFinished } from "vitest";

import { loggedInput } from "../../src/sandbox/calls.ts";
import { parseForm } from "../../src/sandbox/wire.ts";
import type { Noted, Place } from "../apply/story.ts";

/*
 * A door to moto: what goes through it reaches an account of its own, and is noted. moto takes the account from a header.
 */

export interface Door extends Place<Noted> {
  readonly account: string;
}

interface DoorOptions {
  /** Answers, as XML, in the place of moto to the operations of these names. */
  readonly instead?: ReadonlyMap<string, string>;
}

/** Open until the test ends. */
export async function openDoor({ instead = new Map() }: DoorOptions = {}): Promise<Door> {
  const account = String(100_000_000_000 + Math.floor(Math.random() * 900_000_000_000));
  const calls: Noted[] = [];

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const form = parseForm(body);
    const action = form.get("Action");
    const operation = typeof action === "string" ? action : "";
    const answer = instead.get(operation) ?? (await ask(request, { account, body }));
    const { status, content } = typeof answer === "string" ? { status: 200, content: answer } : answer;
    const outcome = status === 200 ? "done" : (/<Code>(.*?)<\/Code>/.exec(content)?.[1] ?? `HTTP ${status}`);
    calls.push({ operation, input: loggedInput(form), outcome });
    response.writeHead(status, { "content-type": "text/xml" }).end(content);
  };

  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, account, calls };
}

async function ask(
  { headers }: IncomingMessage,
  { account, body }: { readonly account: string; readonly body: string },
): Promise<{ readonly status: number; readonly content: string }> {
  const { authorization = "", "content-type": type = "" } = headers;
  const answer = await fetch(inject("moto"), {
    method: "POST",
    headers: { authorization, "content-type": type, "x-moto-account-id": account },
    body,
  });
  return { status: answer.status, content: await answer.text() };
}
