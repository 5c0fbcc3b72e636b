import { STSClient } from "@aws-sdk/client-sts";
import { onTestFinished } from "vitest";

import { client, clientConfig } from "../sandbox/start.ts";
import type { Scene } from "./line.ts";

/** Clients for an account of the server there, closed when the test ends. One attempt a call, so that every error shows. */
export function sceneAt(url: string, account: string): Scene {
  const sts = new STSClient(clientConfig({ url }, {}));
  onTestFinished(() => sts.destroy());
  return { iam: client({ url }), sts, account };
}
