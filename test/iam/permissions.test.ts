import { expect, test } from "vitest";

import type { IamRead } from "../../src/core/port.ts";
import { READ_PERMISSIONS } from "../../src/iam/permissions.ts";
import { connect } from "./connect.ts";
import { ACCOUNT } from "./samples.ts";

const READS: Readonly<Record<keyof IamRead, (read: IamRead) => Promise<unknown>>> = {
  account: (read) => read.account(),
  snapshot: (read) => read.snapshot(),
  credentials: (read) => read.credentials("emily"),
  user: (read) => read.user("emily"),
  group: (read) => read.group("readers"),
  members: (read) => read.members("readers"),
  policy: (read) => read.policy("arn:aws:iam::123456789012:policy/base"),
  tags: (read) => read.tags("emily"),
};

test.each(Object.keys(READS) as readonly (keyof IamRead)[])(
  "%s makes the calls that its permissions name, and no others",
  async (name) => {
    const { read, operations } = await connect({ state: { ...ACCOUNT, policies: [{ name: "base" }] } });
    await READS[name](read);
    // Nobody can be denied GetCallerIdentity.
    const called = new Set(operations().filter((operation) => operation !== "GetCallerIdentity"));
    expect([...called].map((operation) => `iam:${operation}`).toSorted()).toEqual(
      [...READ_PERMISSIONS[name]].toSorted(),
    );
  },
);
