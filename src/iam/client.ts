import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";

import type { Clock } from "../core/port.ts";
import { currentCall, youngNames, type Call, type CurrentCall, type Young } from "./call.ts";
import { limiter, type Limit } from "./limit.ts";
import { IamRetryStrategy } from "./retry.ts";
import { failureOf } from "./words.ts";

/** How the program names itself in each call, which CloudTrail keeps: `iam-roster/0.1.0 job/apply`. */
export interface Agent {
  readonly version: string;
  /** A name for what the calls are made for. */
  readonly job: string;
}

export interface Clients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
}

/** More than this at a time only earns throttling: IAM allows an account some twenty calls a second. */
const IN_FLIGHT = 10;

/**
 * The SDK's clients for one run. Credentials, profile and endpoint come from the SDK's own chain. Whatever is sent
 * through them is retried as IAM needs it, with at most ten calls in flight, and fails with an IamFailure.
 */
export function iamClients(clock: Pick<Clock, "sleep">, { version, job }: Agent): Clients {
  const watch: Watch = { call: currentCall(), young: youngNames(), limit: limiter(IN_FLIGHT) };
  const agent: [name: string, value: string][] = [
    ["iam-roster", version],
    ["job", job],
  ];
  const config = {
    region: region(),
    customUserAgent: agent,
    retryStrategy: new IamRetryStrategy({ call: watch.call, young: watch.young, sleep: clock.sleep }),
    logger: QUIET,
    // An answer of a thousand users may take some seconds; keep-alive is the SDK's default.
    requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 },
  };
  const iam = new IAMClient(config);
  // The chain may ask a person or another service, so it is asked once.
  const sts = new STSClient({ ...config, credentials: iam.config.credentials });
  watchCalls(iam, watch);
  // The stack is the same; only the types of what passes through it differ.
  watchCalls(sts as unknown as IAMClient, watch);
  return { iam, sts };
}

/**
 * The SDK's own silence has an `info`, for which the SDK copies every answer, to throw the copy away: a tenth of the
 * time that a large account takes.
 */
const QUIET = { debug() {}, warn() {}, error() {}, info: undefined } as unknown as NonNullable<
  IAMClientConfig["logger"]
>;

/**
 * IAM has one endpoint for a partition, and any region of it leads there; so none needs to be set. (The SDK's own
 * default asks the instance metadata service, which off EC2 takes seconds to fail.)
 */
function region(): () => Promise<string> {
  return loadConfig({ ...NODE_REGION_CONFIG_OPTIONS, default: "us-east-1" }, NODE_REGION_CONFIG_FILE_OPTIONS);
}

interface Watch {
  readonly call: CurrentCall;
  readonly young: Young;
  readonly limit: Limit;
}

function watchCalls(client: IAMClient, { call: current, young, limit }: Watch): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context["commandName"]).replace(/Command$/, "");
      const call: Call = { operation, input: { ...args.input }, tries: new Map() };
      try {
        const answer = await limit(() => current.run(call, () => next(args)));
        young.note(call);
        return answer;
      } catch (error) {
        if (call.tries.has("lost")) young.note(call);
        throw failureOf(error, call);
      }
    },
    { step: "initialize", priority: "high", name: "watchCalls" },
  );
}
