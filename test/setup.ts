// Before each test file: no network but loopback, nothing of the accounts of whoever runs the tests, and no secret told.
import { Socket } from "node:net";
import { afterAll, afterEach } from "vitest";
import { keepRecorded } from "./calls/recorder.ts";
import { expectSilence, keepCounts, watch } from "./silence/watch.ts";

afterAll(keepRecorded);
watch();
afterEach(expectSilence);
afterAll(keepCounts);

for (const name of Object.keys(process.env)) {
  if (name.startsWith("AWS_") || name.startsWith("GITHUB_")) delete process.env[name];
}
process.env["AWS_CONFIG_FILE"] = "/nonexistent";
process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent";
process.env["AWS_EC2_METADATA_DISABLED"] = "true";

const LOOPBACK = /^(?:localhost|::1|127\.[\d.]+)$/;

/** What connect may be given: (port, host), (path), (options), or those as one list; undefined is this machine. */
function hostOf(target: readonly unknown[]): string | undefined {
  const [first, second] = target;
  if (Array.isArray(first)) return hostOf(first);
  const host: unknown = first instanceof Object && "host" in first ? first.host : second;
  return typeof host === "string" && host !== "" ? host : undefined;
}

// oxlint-disable-next-line typescript/unbound-method -- called below with the socket it belongs to
const connect = Socket.prototype.connect as (...target: unknown[]) => Socket;

Socket.prototype.connect = function connectToLoopback(this: Socket, ...target: unknown[]): Socket {
  const host = hostOf(target);
  if (host === undefined || LOOPBACK.test(host)) return Reflect.apply(connect, this, target);
  throw new Error(`a test tried to reach ${host}: tests have no network but loopback`);
};
