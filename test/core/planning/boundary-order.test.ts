import { describe, expect, test } from "vitest";
import { kinds, plan } from "../ask.ts";
import { declaredGroup, declaredUser, group, roster, state, user } from "../build.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const CUSTOM = "arn:aws:iam::123456789012:policy/team";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
describe("a boundary", () => {
  test("is taken away only when all that it bounded and that goes is gone", () => {
    const live = state(
      [user("ann", { groups: ["old"], boundary: BOUNDARY })],
      [group("old", { policies: [CUSTOM, ADMIN] }), group("new", { policies: [CUSTOM] })],
    );
    const files = roster(
      [declaredUser("ann", { groups: ["new"], boundary: "none" })],
      [
        declaredGroup("old", { policies: [CUSTOM, "AdministratorAccess"] }),
        declaredGroup("new", { policies: [CUSTOM] }),
      ],
    );
    const order = kinds(plan(files, live));
    expect(order.indexOf("DeleteUserPermissionsBoundary")).toBeGreaterThan(
      order.indexOf("RemoveUserFromGroup"),
    );
  });
});
