import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, onTestFinished, test } from "vitest";

import { recipientsFrom } from "../../src/host/credentials.ts";

test("the keys of many people are asked for ten at a time, and each is told by itself", async () => {
  let asked = 0;
  let most = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked += 1;
    most = Math.max(most, asked);
    // Long enough for all others to come that are not held back.
    await sleep(20);
    asked -= 1;
    const status = request.url?.includes("/user-7/") === true ? 404 : 200;
    response.writeHead(status, { "content-type": "application/json" });
    response.end("[]");
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const texts = Array.from({ length: 40 }, (_, index) => `github:user-${index}`);
  const resolved = await recipientsFrom({ apiUrl, token: undefined })(texts);
  expect(new Set(resolved.keys())).toEqual(new Set(texts));
  expect(resolved.get("github:user-7")).not.toEqual(resolved.get("github:user-8"));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(10);
});
