import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { hear } from "../../silence/watch.ts";
import { wireText } from "./answer.ts";
import { exchange, type Exchanged, type Fake } from "./exchange.ts";

/* The socket. */

export interface Listening {
  readonly apiUrl: string;
  readonly close: () => Promise<void>;
}

export async function listen(fake: Fake): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(fake, request, response).catch((error: unknown) => {
      fake.violations.push(`the fake broke: ${String(error)}`);
      request.socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(fake: Fake, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const { method = "", url = "/", headers } = request;
  hear("a question to GitHub", `${method} ${url} ${JSON.stringify(request.rawHeaders)} ${body}`);
  const asked = { method, url: new URL(url, `http://${headers.host}`), headers, text: body };
  const exchanged = await exchange(fake, asked);
  if (exchanged === "drop") {
    request.socket.destroy();
    return;
  }
  send(response, exchanged);
}

const HOUR = 3600;

type Sent = Exclude<Exchanged, "drop">;

function send(response: ServerResponse, { answer: { status, headers, body }, isCut }: Sent): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? "" : wireText(body));
  const limits = { "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "999", "x-ratelimit-used": "1" };
  response.writeHead(status, {
    ...(body !== undefined && { "content-type": "application/json; charset=utf-8" }),
    ...(status !== 204 && { "content-length": bytes.length }),
    ...limits,
    "x-ratelimit-reset": `${Math.ceil(Date.now() / 1000) + HOUR}`,
    ...headers,
  });
  if (isCut !== true) response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}
