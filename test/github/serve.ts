import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { hear } from "../silence/watch.ts";

/* Answers in GitHub's place, over a real socket. */

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Served {
  readonly apiUrl: string;
  readonly asked: IncomingMessage[];
}

/** A server that gives these answers, closed when the test ends. */
export async function gitHub(answer: (path: string, url: string) => Answer): Promise<Served> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    hear("a question to GitHub", `${request.url} ${JSON.stringify(request.rawHeaders)}`);
    const url = `http://${request.headers.host}`;
    const { status = 200, headers = {}, body = [] } = answer(request.url ?? "", url);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** GitHub with these keys for these logins, and nobody else. */
export function gitHubOf(keys: Readonly<Record<string, readonly string[]>>): Promise<Served> {
  return gitHub((path) => {
    const found = keys[/^\/users\/([^/]+)\/keys/.exec(path)?.[1] ?? ""];
    if (found === undefined) return { status: 404, body: { message: "Not Found" } };
    return { body: found.map((key, id) => ({ id, key })) };
  });
}
