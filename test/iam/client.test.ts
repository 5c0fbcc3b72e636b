import { expect, test, vi } from "vitest";

import { connect } from "./connect.ts";

test("no region needs to be set", async () => {
  const { clients, read } = await connect();
  expect(await clients.iam.config.region()).toBe("us-east-1");
  expect(await read.account()).toMatchObject({ partition: "aws" });
});

test("a region that is set is used", async () => {
  vi.stubEnv("AWS_REGION", "us-gov-west-1");
  const { clients } = await connect({ partition: "aws-us-gov" });
  expect(await clients.iam.config.region()).toBe("us-gov-west-1");
  expect(await clients.sts.config.region()).toBe("us-gov-west-1");
});
